package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.relation.StatementJson;
import org.zkml.prover.relation.TrainStatement;
import org.zkml.prover.training.LearningCurve;
import org.zkml.prover.training.TrainingTrace;

/** A round trained and proved into files; the trained model is in the vault before its commitment is anywhere else. */
final class RoundProof {

    /** Phases, from reading the setup on. */
    static final List<String> PHASES = Stream.of(
                    List.of("reading powers", "checking the data", "training"), TrainingRun.PHASES, List.of("writing"))
            .flatMap(List::stream)
            .toList();

    private final Deployment deployment;
    private final TrainingRun run;
    private final TrainingRun.Key key;
    private final ProgressBar progress;

    RoundProof(Deployment deployment, TrainingRun run, TrainingRun.Key key, ProgressBar progress) {
        this.deployment = deployment;
        this.run = run;
        this.key = key;
        this.progress = progress;
    }

    /**
     * A proof that was made.
     *
     * @param record what the run was like: {@code run.json}
     */
    record Made(ProofFiles files, TrainStatement statement, LearningCurve curve, ObjectNode record) {}

    /**
     * Proves; a model trained before keeps its blinder, so that its statement stays the same.
     *
     * @param force whether to replace a proof of something else
     * @param check refuses a statement, or a trained model, before it is proved
     * @return null if the very same is proved already
     */
    Made make(
            RoundInputs inputs,
            TrainedModels models,
            ProofFiles files,
            boolean force,
            BiConsumer<TrainStatement, ModelOpening> check) {
        progress.phase("checking the data");
        requireOpens(inputs, key.committer());
        progress.phase("training");
        final TrainingTrace trace = run.train(inputs);
        final ModelOpening earlier = models.withWeights(trace.weightsOut());
        final ModelOpening modelOut =
                earlier != null ? earlier : ModelOpening.of(trace.weightsOut().clone());
        final TrainStatement statement = run.statement(deployment, inputs.modelIn(), modelOut, key);
        check.accept(statement, modelOut);
        if (files.exist() && !force) {
            requireSame(files, statement);
            return null;
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
        final ObjectNode record = record(inputs.task(), files, statement, proof.length, curve);
        JsonFile.write(files.folder().resolve("run.json"), record);
        return new Made(files, statement, curve, record);
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

    /** Proving the same again changes nothing; a proof of something else would be in the way. */
    private static void requireSame(ProofFiles files, TrainStatement statement) {
        if (!files.readTrain().equals(statement) || !files.provesTrain(statement)) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    files.folder() + ": there is a proof of another statement, or a damaged one;"
                            + " move the folder away, or replace what is in it by \"zkml prove\" with --force");
        }
    }

    private ObjectNode record(
            TrainingTask task, ProofFiles files, TrainStatement statement, int proofBytes, LearningCurve curve) {
        final ObjectNode record = Console.object()
                .put("proof", files.proof().toString())
                .put("statement", files.statement().toString())
                .put("proofBytes", proofBytes)
                .put("campaignId", statement.taskId().toString())
                .put("round", statement.round().longValueExact())
                .put("metric", TrainCommand.scoreName(task.kind()))
                .put("score", curve.last().score())
                .put("loss", curve.last().loss())
                .put("repeated", false);
        progress.writeTo(record);
        return record;
    }
}
