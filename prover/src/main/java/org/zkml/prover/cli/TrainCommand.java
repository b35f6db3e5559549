package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.zkml.prover.data.CsvTable;
import org.zkml.prover.data.DatasetEncoder;
import org.zkml.prover.data.EncodedDataset;
import org.zkml.prover.data.Schema;
import org.zkml.prover.data.Split;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.training.FloatTrainer;
import org.zkml.prover.training.IntegerModel;
import org.zkml.prover.training.LearningCurve;
import org.zkml.prover.training.RealDataset;
import org.zkml.prover.training.TrainingTrace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Trains on a committed data set, without proof, and shows how it goes.",
            "In the integers that are proved, and in float64 beside it. Nothing is stored: \"zkml prove\" trains "
                    + "again, and gets the same."
        },
        footer = {
            "",
            "Examples:",
            "  zkml train --campaign 1 -w hospital-a",
            "  zkml train --task task.json -w hospital-a",
            "      to try hyper-parameters without a campaign",
            "  zkml train --task task.json --test data/wdbc.csv --split data/splits/split_wdbc.txt -w hospital-a",
            "      and how good the model is on the held-out rows"
        })
final class TrainCommand implements Callable<Integer> {

    static final String DIVERGED = "the loss is larger after training than before: the rate is too large for this data";

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SetupOption setup;

    @Mixin
    private TaskOption taskOption;

    @Option(names = "--test", paramLabel = "CSV", description = "Rows to try the trained model on.")
    private Path test;

    @Option(
            names = "--split",
            paramLabel = "FILE",
            description = "One 0 or 1 a row of the test file: try those with 1.")
    private Path split;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        try (RoundInputs inputs = TrainingRound.read(taskOption, opened).unlock(opened, passphrase, console, setup)) {
            final TrainingTask task = inputs.task();
            final TrainingRun run = new TrainingRun(inputs.round());
            final TrainingTrace trace = run.train(inputs);
            final RealDataset real = inputs.realData();
            final LearningCurve fixed =
                    LearningCurve.of(trace, run.table(), inputs.data().x(), real.y());
            final FloatTrainer floatTrainer = new FloatTrainer(task.kind(), task.rate(), task.decay());
            final double[][] models = floatTrainer.train(run.shape(), real, inputs.realModelIn());
            final LearningCurve floating = LearningCurve.of(floatTrainer, models, real);
            final ObjectNode result = show(task, fixed, floating);
            if (fixed.diverged()) {
                console.warn(DIVERGED);
            }
            if (test != null) {
                test(inputs, run, trace, result);
            }
            trace.wipe();
            console.result(result);
        }
        return ExitCode.DONE.value();
    }

    private ObjectNode show(TrainingTask task, LearningCurve fixed, LearningCurve floating) {
        final String score = scoreName(task.kind());
        final ObjectNode result = Console.object()
                .put("campaignId", task.campaignId().toString())
                .put("round", task.round())
                .put("metric", score)
                .put("loss", fixed.last().loss())
                .put("score", fixed.last().score())
                .put("floatLoss", floating.last().loss())
                .put("floatScore", floating.last().score());
        final ArrayNode steps = result.putArray("steps");
        final TextTable table = new TextTable("step", "loss", "loss in float64", score, score + " in float64");
        for (int i = 0; i < fixed.points().size(); i++) {
            final LearningCurve.Point ours = fixed.points().get(i);
            final LearningCurve.Point theirs = floating.points().get(i);
            table.row(ours.step(), six(ours.loss()), six(theirs.loss()), six(ours.score()), six(theirs.score()));
            steps.addObject()
                    .put("step", ours.step())
                    .put("loss", ours.loss())
                    .put("score", ours.score())
                    .put("floatLoss", theirs.loss())
                    .put("floatScore", theirs.score());
        }
        table.print(console);
        AsciiCurve.lines(fixed.points().stream()
                        .mapToDouble(LearningCurve.Point::loss)
                        .toArray())
                .forEach(line -> console.say("%s", line));
        return result;
    }

    private void test(RoundInputs inputs, TrainingRun run, TrainingTrace trace, ObjectNode result) {
        final Schema schema = inputs.round().schema();
        final EncodedDataset rows = new DatasetEncoder(schema)
                .encode(CsvTable.open(test), 0, split == null ? row -> true : Split.read(split)::isHeldOut);
        final double[] predictions = new IntegerModel(run.table(), trace.weightsOut()).predictAll(rows.x(), rows.n());
        final double[] targets = rows.realTargets();
        final ModelKind kind = inputs.task().kind();
        final String scores = Scores.of(kind, predictions, targets, result.putObject("test"));
        console.say("On %d other rows: %s.", rows.n(), scores);
        rows.wipe();
    }

    static String scoreName(ModelKind kind) {
        return kind == ModelKind.LOGISTIC ? "accuracy" : "R2";
    }

    private static String six(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
