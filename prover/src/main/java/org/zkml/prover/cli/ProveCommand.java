package org.zkml.prover.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.zkml.prover.averaging.ContributedWeights;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.relation.TrainStatement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml prove}. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Trains on a committed data set and proves it.",
            "Writes proof.bin and statement.json. The proof is verified before it is written; the trained model "
                    + "goes to the vault."
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
        try (ProgressBar progress = new ProgressBar(console, RoundProof.PHASES);
                RoundInputs inputs = round.unlock(opened, passphrase, console, setup)) {
            final TrainingTask task = round.task();
            progress.phase(RoundProof.PHASES.getFirst());
            final TrainingRun.Key key = loading.await();
            final ProofFiles files =
                    new ProofFiles(out != null ? out : opened.roundFolder(task.campaignId(), task.round()));
            final RoundProof proof = new RoundProof(deployment, run, key, progress);
            final RoundProof.Made made =
                    proof.make(inputs, models(deployment, inputs), files, force, (statement, model) -> {
                        if (taskOption.campaign() != null) {
                            requireContractsOwn(opened, inputs, statement);
                            new ContributedWeights(inputs.vault())
                                    .require(deployment.round(task.campaignId(), task.round()), model);
                        }
                    });
            if (made == null) {
                return existing(files);
            }
            if (made.curve().diverged()) {
                console.warn(TrainCommand.DIVERGED);
            }
            return report(made);
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
    private TrainedModels models(Deployment deployment, RoundInputs inputs) {
        final TrainingTask task = inputs.task();
        final RoundId round = deployment.round(task.campaignId(), task.round());
        final byte[] datasetId = inputs.round().datasetId();
        return taskOption.campaign() != null
                ? TrainedModels.ofCampaign(inputs.vault(), round, datasetId)
                : TrainedModels.ofTask(inputs.vault(), round, datasetId);
    }

    private int existing(ProofFiles files) {
        console.say("This is proved already: %s.", files.proof());
        console.result(Console.object()
                .put("proof", files.proof().toString())
                .put("statement", files.statement().toString())
                .put("repeated", true));
        return ExitCode.DONE.value();
    }

    private int report(RoundProof.Made made) {
        final TrainStatement statement = made.statement();
        console.say(
                "Proved: %d steps in campaign %s, round %s; %s %s.",
                statement.shape().steps(),
                statement.taskId(),
                statement.round(),
                made.record().get("metric").asText(),
                String.format(Locale.ROOT, "%.4f", made.curve().last().score()));
        console.say(
                "  proof      %s (%d bytes)",
                made.files().proof(), made.record().get("proofBytes").asInt());
        console.say("  statement  %s", made.files().statement());
        console.result(made.record());
        return ExitCode.DONE.value();
    }
}
