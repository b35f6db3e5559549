package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.data.CsvTable;
import org.zkml.prover.data.DatasetEncoder;
import org.zkml.prover.data.EncodedDataset;
import org.zkml.prover.data.Split;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.training.IntegerModel;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zkml evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Tries an averaged model of a campaign on the rows of a file.",
            "Tells how good it is, on this machine, without proof. For seats and aggregators, who have the model."
        },
        footer = {
            "",
            "Examples:",
            "  zkml evaluate held-out.csv --campaign 1 -w hospital-a",
            "  zkml evaluate data/wdbc.csv --split data/splits/split_wdbc.txt --campaign 1 --round 2 -w owner",
            "      the held-out rows, by the model after two averages"
        })
final class EvaluateCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SetupOption setup;

    @Parameters(paramLabel = "CSV", description = "The rows, with the target.")
    private Path file;

    @Mixin
    private CampaignOption campaignOption;

    @Option(
            names = "--round",
            paramLabel = "R",
            description =
                    "The model after R averages, 0 for the one that the campaign began with. Without it: the latest.")
    private Integer round;

    @Mixin
    private SchemaOption schema;

    @Option(names = "--split", paramLabel = "FILE", description = "One 0 or 1 a row of the file: try those with 1.")
    private Path split;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final CampaignTerms terms = terms(opened);
        final int number = ModelFetchCommand.number(opened, campaignOption.id(), round);
        final EncodedDataset rows = new DatasetEncoder(schema.find(opened, campaignOption.id(), terms))
                .encode(CsvTable.open(file), 0, split == null ? row -> true : Split.read(split)::isHeldOut);
        final ModelOpening model;
        try (Vault vault = opened.unlock(passphrase, console)) {
            model = ModelFetchCommand.fetch(opened, console, setup, vault, campaignOption.id(), number);
        }
        final double[] predictions = new IntegerModel(ActivationTable.of(terms.kind(), terms.b()), model.weights())
                .predictAll(rows.x(), rows.n());
        final ObjectNode result = Console.object()
                .put("campaignId", campaignOption.id().toString())
                .put("round", number);
        console.say(
                "The model after %d averages, on %d rows: %s.",
                number, rows.n(), Scores.of(terms.kind(), predictions, rows.realTargets(), result));
        rows.wipe();
        console.result(result);
        return ExitCode.DONE.value();
    }

    private CampaignTerms terms(Workspace opened) {
        try (Chain chain = ChainAccess.open(opened)) {
            return new CampaignsContract(chain, opened.deployment().trainingCampaigns())
                    .campaign(campaignOption.id())
                    .terms();
        }
    }
}
