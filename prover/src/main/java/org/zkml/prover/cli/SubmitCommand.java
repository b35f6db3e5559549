package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.MarketCheck;
import org.zkml.prover.cli.chain.MessageSigner;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.relation.TrainStatement;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml submit}. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description =
                "Contributes the proved model of the present round to a campaign: commitments and the proof, signed by the account.",
        footer = {
            "",
            "Examples:",
            "  zkml submit --campaign 1 -w hospital-a",
            "  zkml submit --campaign 1 --direct --yes -w hospital-a",
            "",
            "The model itself does not leave: it is split into shares, one an aggregator, which say nothing unless all are put together."
        })
final class SubmitCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SetupOption setup;

    @Mixin
    private SendOptions send;

    @Mixin
    private CampaignOption campaignOption;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Where \"zkml prove\" wrote the proof, if not into the workspace.")
    private Path from;

    @Option(
            names = "--least-seats",
            defaultValue = "3",
            paramLabel = "N",
            description =
                    "Contribute only with so many seats in the campaign (default: ${DEFAULT-VALUE}): with few, others learn more about this model.")
    private int leastSeats;

    @Option(
            names = "--report",
            description =
                    "Also tell the server, without proof, how long the proof took and how good the model is here.")
    private boolean report;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final Address account = opened.settings().account();
        try (Chain chain = ChainAccess.open(opened)) {
            final CampaignsContract contract =
                    new CampaignsContract(chain, opened.deployment().trainingCampaigns());
            final Campaign campaign = contract.campaign(campaignOption.id());
            final Seat seat = contract.seat(campaign.id(), account);
            if (seat == null) {
                throw new CommandException(
                        ExitCode.CONFLICT,
                        account + " has no seat in campaign " + campaign.id() + "; run \"zkml join\" first");
            }
            if (seat.nextRound() > campaign.round()) {
                return report(campaign, null);
            }
            campaign.requireState(CampaignState.RUNNING);
            requireCompany(campaign);
            final ProofFiles files =
                    new ProofFiles(from != null ? from : opened.roundFolder(campaign.id(), campaign.round()));
            final TrainStatement statement = proved(files, campaign);
            final byte[] proof = files.readProof();
            if (!files.provesTrain(statement)) {
                throw new CommandException(
                        ExitCode.PROOF_FALSE, files.proof() + ": the proof is not valid; prove again with --force");
            }
            MarketCheck.require(chain, opened.deployment(), statement.key());
            StatementCheck.requireTrain(
                    statement.encode(),
                    contract.trainStatement(campaign.id(), campaign.round(), seat.datasetId(), statement.out()));
            final ObjectNode told = report ? reported(files) : null;
            send.confirm(console, leaving(campaign, statement, proof, told));
            final Receipt receipt = submit(opened, chain, campaign, seat, statement, proof, told);
            if (contract.seat(campaign.id(), account).nextRound() <= campaign.round()) {
                throw new CommandException(
                        ExitCode.REFUSED, "transaction " + receipt.transactionHash() + " did not contribute the model");
            }
            JsonFile.write(files.folder().resolve("submission.json"), receipt.writeTo(result(campaign)));
            return report(campaign, receipt);
        }
    }

    private void requireCompany(Campaign campaign) {
        if (campaign.seats() < leastSeats) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "campaign " + campaign.id() + " has " + campaign.seats() + " seats, this site wants " + leastSeats
                            + " (--least-seats); the others could work out what was trained here");
        }
    }

    private static TrainStatement proved(ProofFiles files, Campaign campaign) {
        if (!files.exist()) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    files.folder() + ": there is no proof for round " + campaign.round() + " of campaign "
                            + campaign.id() + "; run \"zkml prove --campaign " + campaign.id() + "\" first");
        }
        return files.readTrain();
    }

    private Receipt submit(
            Workspace opened,
            Chain chain,
            Campaign campaign,
            Seat seat,
            TrainStatement statement,
            byte[] proof,
            ObjectNode told) {
        final Committer committer = SetupOption.committer(
                setup.open(console, opened), statement.shape().lk(), statement.chainId(), Progress.SILENT);
        try (Vault vault = opened.unlock(passphrase, console)) {
            final TrainedModels models =
                    TrainedModels.ofCampaign(vault, campaign.id(), campaign.round(), seat.datasetId());
            requireOpens(models, statement, committer);
            final List<G1Affine> shares = models.shares(
                            statement.out(),
                            campaign.aggregators().size(),
                            statement.shape().lk())
                    .commit(committer);
            final Identity identity = new Secrets(vault).identity();
            final Authorization authorization = new MessageSigner(identity, opened.deployment())
                    .contribute(statement, seat.datasetId(), shares, proof, chain.tomorrow());
            return send.relay(opened, chain, identity, console)
                    .contribute(new Contribution(statement, seat.datasetId(), shares, proof, authorization, told));
        }
    }

    /** Whether the vault can hand out the shares of this very model later. */
    private static void requireOpens(TrainedModels models, TrainStatement statement, Committer committer) {
        final ModelOpening model = models.opening(statement.out());
        if (model == null || !model.commit(committer).equals(statement.out())) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the vault does not open the model of this proof as one of the campaign's; use the workspace that proved it,"
                            + " or prove again with --campaign and --force");
        }
    }

    /** What the run was like, as "zkml prove" noted it. */
    private static ObjectNode reported(ProofFiles files) {
        final Path file = files.folder().resolve("run.json");
        if (!Files.exists(file)) {
            throw new CommandException(
                    ExitCode.CONFLICT, file + ": there is no record of the run; leave --report out, or prove again");
        }
        final JsonFile run = JsonFile.read(file);
        return Console.object()
                .put("proofMillis", run.integer("millis", 0, Long.MAX_VALUE))
                .put("metric", run.text("metric"))
                .put("score", run.node().get("score").asDouble());
    }

    private static List<String> leaving(Campaign campaign, TrainStatement statement, byte[] proof, ObjectNode told) {
        return List.of(
                "account      " + Address.of(statement.contributor()),
                "campaign     " + campaign.id() + ", round " + campaign.round(),
                "commitments  C_out of the trained model, and of its shares: they hide it perfectly",
                "proof        " + proof.length + " bytes, zero-knowledge",
                "signature    of the account",
                "report       " + (told == null ? "none" : told + ", to the server"));
    }

    private static ObjectNode result(Campaign campaign) {
        return Console.object().put("campaignId", campaign.id().toString()).put("round", campaign.round());
    }

    private int report(Campaign campaign, Receipt receipt) {
        final ObjectNode result = result(campaign).put("repeated", receipt == null);
        if (receipt == null) {
            console.say(
                    "Round %d of campaign %s has this account's contribution already.",
                    campaign.round(), campaign.id());
        } else {
            receipt.writeTo(result);
            console.say("Contributed to round %d of campaign %s.", campaign.round(), campaign.id());
            console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
        }
        console.result(result);
        return ExitCode.DONE.value();
    }
}
