package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.relation.StatementJson;
import org.zkml.prover.relation.TrainStatement;
import org.zkml.prover.training.LearningCurve;
import org.zkml.prover.training.TrainingTrace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml prove}. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Trains on a committed data set and proves it: writes proof.bin and statement.json.",
            "The proof is verified before it is written; the trained model goes to the vault."
        },
        footer = {
            "",
            "Examples:",
            "  zkml prove --campaign 1 -w hospital-a",
            "  zkml prove --task task.json --out proofs -w hospital-a",
            "",
            "Nothing leaves this machine: see \"zkml submit\"."
        })
final class ProveCommand implements Callable<Integer> {

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

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write the proof. Without it: the round's folder in the workspace.")
    private Path out;

    @Option(names = "--force", description = "Replace a proof of something else that is there.")
    private boolean force;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final Deployment deployment = opened.deployment();
        final TrainingRound round = TrainingRound.read(taskOption, opened);
        final TrainingRun run = new TrainingRun(round);
        final SetupFile setupFile = setup.open(console, opened);
        // Needs no secret: goes on while the passphrase is asked for and turned into a key.
        final Background<TrainingRun.Key> loading = Background.start(() -> run.key(setupFile, deployment.chainId()));
        try (ProgressBar progress = new ProgressBar(console, phases());
                RoundInputs inputs = round.unlock(opened, passphrase, console)) {
            final TrainingTask task = round.task();
            progress.phase("reading powers");
            final TrainingRun.Key key = loading.await();
            progress.phase("checking the data");
            requireOpens(inputs, key.committer());
            progress.phase("training");
            final TrainingTrace trace = run.train(inputs);
            final TrainedModels models = models(inputs);
            final ModelOpening earlier = models.withWeights(trace.weightsOut());
            final ModelOpening modelOut = earlier != null
                    ? earlier
                    : ModelOpening.of(trace.weightsOut().clone());
            final TrainStatement statement = run.statement(deployment, inputs.modelIn(), modelOut, key);
            if (taskOption.campaign() != null) {
                requireContractsOwn(opened, inputs, statement);
            }
            final ProofFiles files =
                    new ProofFiles(out != null ? out : opened.roundFolder(task.campaignId(), task.round()));
            if (files.exist() && !force) {
                return existing(files, statement);
            }
            if (earlier == null) {
                models.keep(statement.out(), modelOut);
            }
            final byte[] proof = run.prove(statement, inputs, trace, modelOut, key, progress);
            progress.phase("writing");
            files.write(StatementJson.write(statement), proof);
            final LearningCurve curve = LearningCurve.of(
                    trace, run.table(), inputs.data().x(), inputs.realData().y());
            trace.wipe();
            if (curve.diverged()) {
                console.warn(TrainCommand.DIVERGED);
            }
            return report(files, statement, proof, curve, task, progress);
        }
    }

    private static List<String> phases() {
        final List<String> phases = new ArrayList<>(List.of("reading powers", "checking the data", "training"));
        phases.addAll(TrainingRun.PHASES);
        phases.add("writing");
        return phases;
    }

    /** Whether the vault's data is what was registered. */
    private static void requireOpens(RoundInputs inputs, Committer committer) {
        final DatasetOpening data = inputs.data();
        if (!data.commitX(committer).equals(inputs.round().dataset().x())
                || !data.commitY(committer).equals(inputs.round().dataset().y())) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "the vault's data does not open the commitments of "
                            + inputs.round().folder()
                            + " with this setup; use the setup that it was committed with, or commit it again");
        }
    }

    /** Whether this is what the contract would verify: everything but C_out comes from the chain. */
    private static void requireContractsOwn(Workspace opened, RoundInputs inputs, TrainStatement statement) {
        try (Chain chain = ChainAccess.open(opened)) {
            final byte[] words = new CampaignsContract(
                            chain, opened.deployment().trainingCampaigns())
                    .trainStatement(
                            statement.taskId(),
                            inputs.task().round(),
                            inputs.round().datasetId(),
                            statement.out());
            StatementCheck.requireTrain(statement.encode(), words);
        }
    }

    /** Where trained models are: one trained before keeps its blinder, so that its statement stays the same. */
    private TrainedModels models(RoundInputs inputs) {
        final TrainingTask task = inputs.task();
        final byte[] datasetId = inputs.round().datasetId();
        return taskOption.campaign() != null
                ? TrainedModels.ofCampaign(inputs.vault(), task.campaignId(), task.round(), datasetId)
                : TrainedModels.ofTask(inputs.vault(), task.campaignId(), task.round(), datasetId);
    }

    /** Proving the same again changes nothing; a proof of something else would be in the way. */
    private int existing(ProofFiles files, TrainStatement statement) {
        if (!files.readTrain().equals(statement) || !files.provesTrain(statement)) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    files.folder() + ": there is a proof of another statement, or a damaged one;"
                            + " choose another --out, or --force to replace it");
        }
        console.say("This is proved already: %s.", files.proof());
        console.result(Console.object()
                .put("proof", files.proof().toString())
                .put("statement", files.statement().toString())
                .put("repeated", true));
        return ExitCode.DONE.value();
    }

    private int report(
            ProofFiles files,
            TrainStatement statement,
            byte[] proof,
            LearningCurve curve,
            TrainingTask task,
            ProgressBar progress) {
        final String metric = TrainCommand.scoreName(task.kind());
        final ObjectNode result = Console.object()
                .put("proof", files.proof().toString())
                .put("statement", files.statement().toString())
                .put("proofBytes", proof.length)
                .put("campaignId", statement.taskId().toString())
                .put("round", statement.round().longValueExact())
                .put("metric", metric)
                .put("score", curve.last().score())
                .put("loss", curve.last().loss())
                .put("repeated", false);
        progress.writeTo(result);
        JsonFile.write(files.folder().resolve("run.json"), result);
        console.say(
                "Proved: %d steps in campaign %s, round %s; %s %s.",
                statement.shape().steps(),
                statement.taskId(),
                statement.round(),
                metric,
                String.format(Locale.ROOT, "%.4f", curve.last().score()));
        console.say("  proof      %s (%d bytes)", files.proof(), proof.length);
        console.say("  statement  %s", files.statement());
        console.result(result);
        return ExitCode.DONE.value();
    }
}
