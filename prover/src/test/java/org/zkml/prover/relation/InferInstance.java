package org.zkml.prover.relation;

import java.math.BigInteger;
import java.util.Random;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.training.ModelTrace;
import org.zkml.prover.vectors.SeededScalars;

/** Rows, a model and its predictions, with commitments, statement and witness. */
public record InferInstance(InferStatement statement, Blinded x, Blinded w, Blinded p, ActivationTable table)
        implements Instance {

    /** 2^lq rows of 2^lk features, limbs of b bits. */
    public record Shape(int lq, int lk, int b, ModelKind kind) {
        ActivationTable table() {
            return ActivationTable.of(kind, b);
        }

        FixedPoint format() {
            return new FixedPoint(b);
        }
    }

    public static InferInstance random(Shape shape, long seed, KnownSetup setup) {
        final long[] weights = weights(shape.format(), shape.lk, new Random(seed));
        return of(shape, rows(shape.format(), 1 << shape.lq, shape.lk, new Random(-seed)), weights, seed, setup);
    }

    /**
     * Weights between -1/4 and 1/4; of four features and more, the last two are at the ends of the range.
     */
    static long[] weights(FixedPoint format, int lk, Random random) {
        final long limit = 1L << (format.fw() - 2);
        final long[] weights = random.longs(1L << lk, -limit, limit).toArray();
        if (lk > 1) {
            weights[weights.length - 2] = format.weightMin();
            weights[weights.length - 1] = format.weightEnd() - 1;
        }
        return weights;
    }

    /** Features between -1 and 1, in the first row over the whole range; none where {@link #weights} are at an end. */
    static int[] rows(FixedPoint format, int rows, int lk, Random random) {
        final int features = 1 << lk;
        final int[] x = new int[rows << lk];
        for (int row = 0; row < rows; row++) {
            final int limit = row == 0 ? format.valueEnd() : format.one();
            x[features * row] = format.one();
            for (int k = 1; k < (lk > 1 ? features - 2 : features); k++) {
                x[k + features * row] = random.nextInt(-limit, limit);
            }
        }
        return x;
    }

    /** The true answers; blinders from the seed. */
    static InferInstance of(Shape shape, int[] x, long[] weights, long seed, KnownSetup setup) {
        final int[] activation = shape.table().values();
        return of(
                shape,
                MultilinearPolynomial.ofSmall(x),
                MultilinearPolynomial.ofLongs(weights),
                MultilinearPolynomial.ofSmall(
                        ModelTrace.of(shape.format(), activation, weights, x).p()),
                seed,
                setup);
    }

    /** Any tables; blinders from the seed. */
    static InferInstance of(
            Shape shape,
            MultilinearPolynomial x,
            MultilinearPolynomial w,
            MultilinearPolynomial p,
            long seed,
            KnownSetup setup) {
        final SeededScalars blinders = new SeededScalars("blinders of answer " + seed);
        final Blinded blindedX = new Blinded(x, blinders.apply("X"));
        final Blinded blindedW = new Blinded(w, blinders.apply("W"));
        final Blinded blindedP = new Blinded(p, blinders.apply("P"));
        return new InferInstance(
                statement(shape, seed, blindedX, blindedW, blindedP, setup),
                blindedX,
                blindedW,
                blindedP,
                shape.table());
    }

    static InferStatement statement(Shape shape, long seed, Blinded x, Blinded w, Blinded p, KnownSetup setup) {
        final SeededScalars words = new SeededScalars("statement " + seed);
        return new InferStatement(
                BigInteger.valueOf(31337),
                Instance.address(words.apply("registry")),
                Instance.address(words.apply("server")),
                BigInteger.valueOf(seed & 0xffff),
                words.apply("queryId").toBigInteger(),
                shape.lq,
                shape.lk,
                shape.b,
                shape.table().fp(),
                Instance.commit(table(shape.table()), setup),
                Instance.commit(x, setup),
                Instance.commit(w, setup),
                Instance.commit(p, setup),
                setup.key());
    }

    /** The fixed column of an activation. */
    static Blinded table(ActivationTable table) {
        return new Blinded(
                TrainWitness.fixedTable(table.values(), table.format().b()), Scalar.ZERO);
    }

    @Override
    public InferRelation relation() {
        return new InferRelation(statement);
    }

    @Override
    public InferWitness witness() {
        return new InferWitness(statement, x, w, p, table.values());
    }

    /** These rows, this model and its answers under another's statement, with the blinders that fit it. */
    public InferInstance disguisedAs(InferInstance other, KnownSetup setup) {
        return new InferInstance(
                other.statement,
                Instance.disguised(x, other.x, setup),
                Instance.disguised(w, other.w, setup),
                Instance.disguised(p, other.p, setup),
                table);
    }
}
