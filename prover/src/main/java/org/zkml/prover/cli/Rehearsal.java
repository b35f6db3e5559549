package org.zkml.prover.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.fixedpoint.StepConstants;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.relation.TrainRelation;
import org.zkml.prover.relation.TrainStatement;
import org.zkml.prover.relation.TrainWitness;
import org.zkml.prover.training.IntegerTrainer;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.training.TrainingTrace;

/**
 * A small proof of made-up data that nobody reads. A proof lasts seconds, and for most of the first one Java would still be compiling its kernels;
 * so they are made to run while the passphrase is turned into a key, which keeps one core busy and no other.
 */
final class Rehearsal {

    /** 2^9 powers: enough for the vector kernels to be used. */
    private static final TrainingShape SHAPE = new TrainingShape(0, 6, 3, 2, 4, 8);

    private static final int LOG_POWERS = 9;

    private Rehearsal() {}

    /** Begins in the background, where the machine has a core for it. */
    static void start(SetupFile setup) {
        if (Runtime.getRuntime().availableProcessors() > 1 && setup.logSize() >= LOG_POWERS) {
            Background.start(() -> prove(setup)); // nobody waits for it, or misses it if it fails
        }
    }

    static byte[] prove(SetupFile setup) {
        final Committer committer;
        try {
            committer = new Committer(setup.read(LOG_POWERS, Progress.SILENT));
        } catch (IOException e) {
            throw SetupOption.unreadable(Path.of("the setup"), e);
        }
        final ActivationTable table = ActivationTable.of(ModelKind.LOGISTIC, SHAPE.b());
        final short[] x = new short[SHAPE.rows() * SHAPE.features()];
        final short[] y = new short[SHAPE.rows()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (short) (i % SHAPE.features() == 0 ? SHAPE.format().one() : i % 7 - 3);
        }
        final StepConstants constants = new StepConstants(1, 0);
        final TrainingTrace trace = new IntegerTrainer(SHAPE, table, constants).train(x, y, new long[SHAPE.features()]);
        final TrainWitness.Inputs inputs = new TrainWitness.Inputs(
                unblinded(MultilinearPolynomial.ofSmall(x)),
                unblinded(MultilinearPolynomial.ofSmall(y)),
                unblinded(MultilinearPolynomial.ofLongs(new long[SHAPE.features()])),
                unblinded(MultilinearPolynomial.ofLongs(trace.weightsOut())));
        final TrainStatement statement = new TrainStatement(
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                new TrainStatement.Shape(SHAPE.lb(), SHAPE.li(), SHAPE.lk(), SHAPE.lt(), SHAPE.steps(), SHAPE.b()),
                table.fp(),
                BigInteger.valueOf(constants.c()),
                BigInteger.valueOf(constants.d()),
                TrainingRun.commitTable(committer, table),
                commit(committer, inputs.x()),
                commit(committer, inputs.y()),
                commit(committer, inputs.wIn()),
                commit(committer, inputs.wOut()),
                setup.verifierKey());
        final TrainWitness witness = new TrainWitness(
                statement,
                inputs,
                new TrainWitness.Columns(
                        MultilinearPolynomial.ofSmall(trace.zi()),
                        MultilinearPolynomial.ofSmall(trace.rem()),
                        MultilinearPolynomial.ofSmall(trace.p()),
                        MultilinearPolynomial.ofSmall(trace.aux())),
                table.values());
        return Prover.prove(new TrainRelation(statement), witness, committer, phase -> {});
    }

    private static Blinded unblinded(MultilinearPolynomial polynomial) {
        return new Blinded(polynomial, Scalar.ZERO);
    }

    private static G1Affine commit(Committer committer, Blinded column) {
        return committer.commit(column.polynomial(), column.blinder());
    }
}
