package org.zkml.prover.relation;

import java.math.BigInteger;
import java.util.Random;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.Fraction;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.fixedpoint.StepConstants;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.training.IntegerTrainer;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.training.TrainingTrace;
import org.zkml.prover.vectors.SeededScalars;

/** A training run on random data, with its commitments, statement and witness. */
public record TrainInstance(
        TrainStatement statement, TrainWitness.Inputs inputs, TrainWitness.Columns columns, ActivationTable table)
        implements Instance {

    /** What a run starts from. */
    public record Start(
            TrainingShape shape, ModelKind kind, StepConstants constants, short[] x, short[] y, long[] weights) {

        /** {@code rows} random rows between -1 and 1, or -8 and 8 at the first row of every batch; weights between -1/4 and 1/4. */
        public static Start random(TrainingShape shape, ModelKind kind, int rows, long seed) {
            final Random random = new Random(seed);
            final FixedPoint format = shape.format();
            final short[] x = new short[shape.batches() * shape.rows() * shape.features()];
            final short[] y = new short[shape.batches() * shape.rows()];
            for (int row = 0; row < rows; row++) {
                final int limit = row % shape.rows() == 0 ? format.valueEnd() : format.one();
                for (int k = 1; k < shape.features(); k++) {
                    x[k + shape.features() * row] = (short) random.nextInt(-limit, limit);
                }
                x[shape.features() * row] = format.one();
                y[row] = (short) (random.nextInt(2) << kind.fp(shape.b()));
            }
            final long[] weights = new long[shape.features()];
            for (int k = 0; k < weights.length; k++) {
                final long limit = 1L << (format.fw() - 2);
                weights[k] = random.nextLong(-limit, limit);
            }
            final StepConstants constants =
                    StepConstants.of(Fraction.of(1, 256), Fraction.of(1, 10), shape.batchRows(rows), kind, shape.b());
            return new Start(shape, kind, constants, x, y, weights);
        }

        ActivationTable table() {
            return ActivationTable.of(kind, shape.b());
        }
    }

    public static TrainInstance random(TrainingShape shape, ModelKind kind, int rows, long seed, KnownSetup setup) {
        return of(Start.random(shape, kind, rows, seed), seed, setup);
    }

    /** The honest run. */
    static TrainInstance of(Start start, long seed, KnownSetup setup) {
        final ActivationTable table = start.table();
        final TrainingTrace trace =
                new IntegerTrainer(start.shape, table, start.constants).train(start.x, start.y, start.weights);
        final SeededScalars blinders = new SeededScalars("blinders of run " + seed);
        final TrainWitness.Inputs inputs = new TrainWitness.Inputs(
                new Blinded(MultilinearPolynomial.ofSmall(start.x), blinders.apply("X")),
                new Blinded(MultilinearPolynomial.ofSmall(start.y), blinders.apply("Y")),
                new Blinded(MultilinearPolynomial.ofLongs(start.weights), blinders.apply("W_in")),
                new Blinded(MultilinearPolynomial.ofLongs(trace.weightsOut()), blinders.apply("W_out")));
        final TrainWitness.Columns columns = new TrainWitness.Columns(
                MultilinearPolynomial.ofSmall(trace.zi()),
                MultilinearPolynomial.ofSmall(trace.rem()),
                MultilinearPolynomial.ofSmall(trace.p()),
                MultilinearPolynomial.ofSmall(trace.aux()));
        return new TrainInstance(statement(start, seed, inputs, setup), inputs, columns, table);
    }

    static TrainStatement statement(Start start, long seed, TrainWitness.Inputs inputs, KnownSetup setup) {
        final SeededScalars words = new SeededScalars("statement " + seed);
        final TrainingShape shape = start.shape;
        final Blinded table = new Blinded(TrainWitness.fixedTable(start.table().values(), shape.b()), Scalar.ZERO);
        return new TrainStatement(
                BigInteger.valueOf(31337),
                Instance.address(words.apply("registry")),
                Instance.address(words.apply("contributor")),
                BigInteger.valueOf(seed & 0xffff),
                BigInteger.valueOf(seed & 3),
                new TrainStatement.Shape(shape.lb(), shape.li(), shape.lk(), shape.lt(), shape.steps(), shape.b()),
                start.kind.fp(shape.b()),
                new BigInteger(Long.toUnsignedString(start.constants.c())),
                new BigInteger(Long.toUnsignedString(start.constants.d())),
                Instance.commit(table, setup),
                Instance.commit(inputs.x(), setup),
                Instance.commit(inputs.y(), setup),
                Instance.commit(inputs.wIn(), setup),
                Instance.commit(inputs.wOut(), setup),
                setup.key());
    }

    /** This run under another's statement, with the blinders that fit it. */
    public TrainInstance disguisedAs(TrainInstance other, KnownSetup setup) {
        final TrainWitness.Inputs theirs = other.inputs;
        return new TrainInstance(
                other.statement,
                new TrainWitness.Inputs(
                        Instance.disguised(inputs.x(), theirs.x(), setup),
                        Instance.disguised(inputs.y(), theirs.y(), setup),
                        Instance.disguised(inputs.wIn(), theirs.wIn(), setup),
                        Instance.disguised(inputs.wOut(), theirs.wOut(), setup)),
                columns,
                table);
    }

    @Override
    public TrainRelation relation() {
        return new TrainRelation(statement);
    }

    @Override
    public TrainWitness witness() {
        return new TrainWitness(statement, inputs, columns, table.values());
    }
}
