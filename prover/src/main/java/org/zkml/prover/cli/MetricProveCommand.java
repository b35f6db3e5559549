package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.MarketCheck;
import org.zkml.prover.cli.chain.MetricsContract;
import org.zkml.prover.cli.chain.TransactionSender;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.relation.EvaluateStatement;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml metric prove}. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Proves how good an averaged model is on this workspace's registered data set.",
            "The proof is sent by a transaction of the account's own. Public are hits and the sum of squared "
                    + "errors, and for good. Only for seats and aggregators: the model has to be known, and so have the "
                    + "rows."
        },
        footer = {
            "",
            "Examples:",
            "  zkml metric prove --campaign 1 --yes -w test-site",
            "  zkml metric prove --campaign 1 --base-rate --yes -w test-site",
            "      how many rows are of class 1, without which hits say little: once a data set"
        })
final class MetricProveCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SetupOption setup;

    @Mixin
    private FeeOption fee;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private CampaignOption campaign;

    @Mixin
    private DatasetOption dataset;

    @Option(
            names = "--round",
            paramLabel = "R",
            description = "The model after R averages, from 1. Without it: the latest.")
    private Integer round;

    @Option(names = "--base-rate", description = "Prove the data set's base rate instead: no model is needed.")
    private boolean baseRate;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final SetupFile setupFile = setup.open(console, opened);
        try (Chain chain = ChainAccess.open(opened)) {
            MarketCheck.require(chain, opened.deployment(), setupFile.verifierKey());
            final MetricsContract metrics =
                    new MetricsContract(chain, opened.deployment().modelMetrics());
            final Campaign of =
                    new CampaignsContract(chain, opened.deployment().trainingCampaigns()).campaign(campaign.id());
            final TrainingRound data = TrainingRound.of(of.task(), true, dataset.name(), opened);
            final int number = baseRate ? 0 : ModelFetchCommand.number(opened, campaign.id(), round);
            requireProvable(of, number);
            final byte[] id = data.datasetId();
            final boolean repeated = baseRate ? metrics.isBaseRateProved(id) : metrics.isProved(of.id(), number, id);
            final ObjectNode result = Console.object()
                    .put("campaignId", of.id().toString())
                    .put("round", number)
                    .put("datasetId", Hex.of(id))
                    .put("repeated", repeated);
            if (repeated) {
                console.say("This is proved already.");
            } else {
                requireBaseRate(of, metrics, id);
                prove(opened, setupFile, chain, metrics, new Scored(of, data, number), result);
            }
            console.result(result);
        }
        return ExitCode.DONE.value();
    }

    private void requireProvable(Campaign of, int number) {
        if (baseRate && of.terms().kind() != ModelKind.LOGISTIC) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--base-rate: campaign " + of.id() + " is "
                            + of.terms().kind().id() + "; only targets that are classes have a base rate");
        }
        if (!baseRate && number == 0) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "campaign " + of.id() + " has no averaged model yet; metrics are proved of models from round 1 on");
        }
    }

    /** Hits say nothing beside a class that most rows have: the contract takes them only of test sets whose base rate is proved. */
    private void requireBaseRate(Campaign of, MetricsContract metrics, byte[] datasetId) {
        if (!baseRate && of.terms().kind() == ModelKind.LOGISTIC && !metrics.isBaseRateProved(datasetId)) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the base rate of data set " + Hex.of(datasetId)
                            + " is not proved; prove it first: zkml metric prove --campaign " + of.id()
                            + " --base-rate");
        }
    }

    /** @param number of averages behind the model, 0 for the zero model */
    private record Scored(Campaign campaign, TrainingRound data, int number) {}

    private void prove(
            Workspace opened,
            SetupFile setupFile,
            Chain chain,
            MetricsContract metrics,
            Scored scored,
            ObjectNode result) {
        try (Vault vault = opened.unlock(passphrase, console);
                ProgressBar progress = new ProgressBar(console, ScoreProof.PHASES)) {
            final ModelOpening model = baseRate
                    ? ModelOpening.zero(scored.campaign().terms().lk())
                    : ModelFetchCommand.fetch(opened, console, setup, vault, campaign.id(), scored.number());
            final ScoreProof proof = ScoreProof.of(
                    opened.deployment(),
                    setupFile,
                    scored.data().inputs(vault, model),
                    baseRate ? BigInteger.ZERO : campaign.id(),
                    scored.number());
            final EvaluateStatement claim = proof.statement();
            final byte[] id = scored.data().datasetId();
            StatementCheck.requireEvaluate(
                    claim, baseRate ? metrics.baseRateStatement(claim, id) : metrics.metricStatement(claim, id));
            final String said = said(claim);
            console.say("%s", said);
            confirmation.require(console, "publish this for good");
            final byte[] bytes = proof.prove(progress);
            final TransactionSender sender = fee.sender(chain, vault, console);
            final Receipt receipt = baseRate
                    ? metrics.proveBaseRate(sender, claim, id, bytes)
                    : metrics.proveMetric(sender, claim, id, bytes);
            console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
            result.put("rows", claim.n())
                    .put("hits", claim.hits())
                    .put("squaredErrorSum", claim.squaredErrorSum().toString())
                    .put("meanSquaredError", claim.meanSquaredError())
                    .put("proofBytes", bytes.length);
            receipt.writeTo(result);
        }
    }

    private String said(EvaluateStatement claim) {
        if (baseRate) {
            return claim.hits() + " of " + claim.n() + " rows are of class 1.";
        }
        final String error = String.format(Locale.ROOT, "a mean squared error of %.6g", claim.meanSquaredError());
        return claim.regression()
                ? "The model has " + error + " on " + claim.n() + " rows."
                : claim.hits() + " of " + claim.n() + " rows are predicted rightly, with " + error + ".";
    }
}
