package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.StepConstants;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.relation.TrainRelation;
import org.zkml.prover.relation.TrainStatement;
import org.zkml.prover.relation.TrainWitness;
import org.zkml.prover.training.IntegerTrainer;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.training.TrainingTrace;

/** One provider's run of a round: trained in integers, and proved. */
final class TrainingRun {

    /** Phases of {@link #prove} in their order. */
    static final List<String> PHASES =
            List.of("columns", "lookups", "first sum-check", "second sum-check", "opening", "self-verification");

    private final TrainingRound round;
    private final TrainingShape shape;
    private final StepConstants constants;
    private final ActivationTable table;

    /** @throws CommandException if task and data set do not fit together */
    TrainingRun(TrainingRound round) {
        this.round = round;
        final TrainingTask task = round.task();
        final DatasetStatement dataset = round.dataset();
        final int ln = dataset.ln();
        final int n = Math.toIntExact(dataset.n());
        if (ln < task.lb() || n <= (1 << ln) - (1 << (ln - task.lb()))) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "the task asks for " + (1 << task.lb()) + " batches with data in each, the data set has " + n
                            + " rows; commit data for this task's batches");
        }
        try {
            shape = task.shape(ln);
            constants = task.constants(n, ln);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.BAD_INPUT, "the task cannot be proved: " + e.getMessage(), e);
        }
        table = ActivationTable.of(task.kind(), task.b());
    }

    TrainingShape shape() {
        return shape;
    }

    ActivationTable table() {
        return table;
    }

    /** Trains; {@link org.zkml.prover.training.OutOfRangeException} if a value leaves its range. */
    TrainingTrace train(RoundInputs inputs) {
        return new IntegerTrainer(shape, table, constants)
                .train(inputs.data().x(), inputs.data().y(), inputs.modelIn().weights());
    }

    /** What proves the run beside its secrets: the part of the setup that is needed, and the commitment of the activation table. */
    record Key(Committer committer, G1Affine table) {}

    /** Reads the setup, which must be large enough, and safe enough for the chain. */
    Key key(SetupFile setup, BigInteger chainId) {
        final Committer committer = SetupOption.committer(setup, variables(), chainId, Progress.SILENT);
        return new Key(committer, commitTable(committer, table));
    }

    /** log2 of the largest table of the proof: n2 of docs/proof-system.md. */
    private int variables() {
        return IntStream.of(
                        shape.lk() + shape.lb() + shape.li(),
                        shape.lt() + shape.li(),
                        shape.lt() + 3 + shape.lk(),
                        shape.b() + 1)
                .max()
                .getAsInt();
    }

    /** The commitment of an activation table, which anybody can compute. */
    static G1Affine commitTable(Committer committer, ActivationTable table) {
        return committer.commit(
                TrainWitness.fixedTable(table.values(), table.format().b()), Scalar.ZERO);
    }

    /** The statement of this run, from what is known here alone. */
    TrainStatement statement(Deployment deployment, ModelOpening modelIn, ModelOpening modelOut, Key key) {
        final Committer committer = key.committer();
        return new TrainStatement(
                deployment.chainId(),
                deployment.trainingCampaigns().toBigInteger(),
                round.dataset().contributor(),
                round.task().campaignId(),
                BigInteger.valueOf(round.task().round()),
                new TrainStatement.Shape(shape.lb(), shape.li(), shape.lk(), shape.lt(), shape.steps(), shape.b()),
                table.fp(),
                unsigned(constants.c()),
                unsigned(constants.d()),
                key.table(),
                round.dataset().x(),
                round.dataset().y(),
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
            RoundInputs inputs,
            TrainingTrace trace,
            ModelOpening modelOut,
            Key key,
            ProverProgress progress) {
        final TrainWitness witness = new TrainWitness(
                statement,
                new TrainWitness.Inputs(
                        inputs.data().features(),
                        inputs.data().targets(),
                        inputs.modelIn().blinded(),
                        modelOut.blinded()),
                new TrainWitness.Columns(
                        MultilinearPolynomial.ofSmall(trace.zi()),
                        MultilinearPolynomial.ofSmall(trace.rem()),
                        MultilinearPolynomial.ofSmall(trace.p()),
                        MultilinearPolynomial.ofSmall(trace.aux())),
                table.values());
        return Prover.prove(new TrainRelation(statement), witness, key.committer(), progress);
    }
}
