package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.StepConstants;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.relation.TrainRelation;
import org.zkml.prover.relation.TrainStatement;
import org.zkml.prover.relation.TrainWitness;
import org.zkml.prover.training.IntegerTrainer;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.training.TrainingTrace;

/** One provider's run of a training task: trained in integers, and proved. */
final class TrainingRun {

    /** Phases of {@link #prove} in their order. */
    static final List<String> PHASES =
            List.of("columns", "lookups", "first sum-check", "second sum-check", "opening", "self-verification");

    private final TrainingTask task;
    private final DatasetOpening data;
    private final ModelOpening modelIn;
    private final TrainingShape shape;
    private final StepConstants constants;
    private final ActivationTable table;

    /** @throws CommandException if task, data and model do not fit together */
    TrainingRun(TrainingTask task, DatasetOpening data, ModelOpening modelIn) {
        this.task = task;
        this.data = data;
        this.modelIn = modelIn;
        if (data.lk() != task.lk() || modelIn.weights().length != 1 << task.lk()) {
            throw unfit("2^" + task.lk() + " features, the data set has 2^" + data.lk());
        }
        final int rowsOfOthers = data.ln() < task.lb() ? 0 : (1 << data.ln()) - (1 << (data.ln() - task.lb()));
        if (data.ln() < task.lb() || data.n() <= rowsOfOthers) {
            throw unfit((1 << task.lb()) + " batches with data in each, the data set has " + data.n() + " rows");
        }
        try {
            shape = task.shape(data.ln());
            constants = task.constants(data.n(), data.ln());
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.BAD_INPUT, "the task cannot be proved: " + e.getMessage(), e);
        }
        table = ActivationTable.of(task.kind(), task.b());
    }

    private static CommandException unfit(String demand) {
        return new CommandException(
                ExitCode.BAD_INPUT, "the task asks for " + demand + "; commit data for this task's schema and batches");
    }

    TrainingShape shape() {
        return shape;
    }

    /** log2 of the largest table of the proof: n2 of docs/proof-system.md. */
    int variables() {
        return IntStream.of(
                        shape.lk() + shape.lb() + shape.li(),
                        shape.lt() + shape.li(),
                        shape.lt() + 3 + shape.lk(),
                        shape.b() + 1)
                .max()
                .getAsInt();
    }

    ActivationTable table() {
        return table;
    }

    /** Trains; {@link org.zkml.prover.training.OutOfRangeException} if a value leaves its range. */
    TrainingTrace train() {
        return new IntegerTrainer(shape, table, constants).train(data.x(), data.y(), modelIn.weights());
    }

    /** The commitment of the activation table, which anybody can compute. */
    static G1Affine commitTable(Committer committer, ActivationTable table) {
        return committer.commit(
                TrainWitness.fixedTable(table.values(), table.format().b()), Scalar.ZERO);
    }

    /** The statement of this run, from what is known here alone. */
    TrainStatement statement(
            BigInteger chainId,
            Address registry,
            Address contributor,
            G1Affine commitmentX,
            G1Affine commitmentY,
            ModelOpening modelOut,
            Committer committer) {
        return new TrainStatement(
                chainId,
                registry.toBigInteger(),
                contributor.toBigInteger(),
                task.campaignId(),
                BigInteger.valueOf(task.round()),
                new TrainStatement.Shape(shape.lb(), shape.li(), shape.lk(), shape.lt(), shape.steps(), shape.b()),
                table.fp(),
                unsigned(constants.c()),
                unsigned(constants.d()),
                commitTable(committer, table),
                commitmentX,
                commitmentY,
                modelIn.commit(committer),
                modelOut.commit(committer),
                committer.setup().verifierKey());
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    /** Proves the statement about a trace of {@link #train}; the proof has been verified. */
    byte[] prove(
            TrainStatement statement,
            TrainingTrace trace,
            ModelOpening modelOut,
            Committer committer,
            ProverProgress progress) {
        final TrainWitness witness = new TrainWitness(
                statement,
                new TrainWitness.Inputs(data.features(), data.targets(), modelIn.blinded(), modelOut.blinded()),
                new TrainWitness.Columns(
                        MultilinearPolynomial.ofSmall(trace.zi()),
                        MultilinearPolynomial.ofSmall(trace.rem()),
                        MultilinearPolynomial.ofSmall(trace.p()),
                        MultilinearPolynomial.ofSmall(trace.aux())),
                table.values());
        return Prover.prove(new TrainRelation(statement), witness, committer, progress);
    }
}
