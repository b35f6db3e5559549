package org.zkml.prover.relation;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.training.ExactScore;
import org.zkml.prover.training.ModelTrace;
import org.zkml.prover.vectors.SeededScalars;

/** A model's score on a data set, with commitments, statement and witness. */
public record EvaluateInstance(EvaluateStatement statement, Blinded x, Blinded y, Blinded w, ActivationTable table)
        implements Instance {

    /** 2^ln rows, n of them with data, of 2^lk features, limbs of b bits. A logistic model is scored as a classification, any other as a regression. */
    public record Shape(int ln, int lk, int b, int n, ModelKind kind) {
        ActivationTable table() {
            return ActivationTable.of(kind, b);
        }

        FixedPoint format() {
            return new FixedPoint(b);
        }

        boolean regression() {
            return kind != ModelKind.LOGISTIC;
        }
    }

    /** What a score is about. */
    public record Data(int[] x, int[] y, long[] weights) {

        /** Random classes, or numbers over the whole range. */
        static Data random(Shape shape, long seed) {
            final Random random = new Random(seed);
            final FixedPoint format = shape.format();
            final long[] weights = InferInstance.weights(format, shape.lk, random);
            final int[] x =
                    Arrays.copyOf(InferInstance.rows(format, shape.n, shape.lk, random), 1 << (shape.ln + shape.lk));
            final int[] y = new int[1 << shape.ln];
            for (int i = 0; i < shape.n; i++) {
                y[i] = shape.regression()
                        ? random.nextInt(-format.valueEnd(), format.valueEnd())
                        : random.nextInt(2) << shape.table().fp();
            }
            return new Data(x, y, weights);
        }

        /** The same rows with targets such that all classes are right, or all wrong. */
        Data allRight(Shape shape, boolean right) {
            final ModelTrace trace = trace(shape);
            final int[] targets = new int[y.length];
            for (int i = 0; i < shape.n; i++) {
                targets[i] = trace.saysOne(i, shape.format()) == right
                        ? 1 << shape.table().fp()
                        : 0;
            }
            return new Data(x, targets, weights);
        }

        /** The same rows, moved on by {@code shift}, and other weights of the features that no row has: the score is the same. */
        Data reordered(Shape shape, int shift) {
            final int features = 1 << shape.lk;
            final int[] movedX = new int[x.length];
            final int[] movedY = new int[y.length];
            for (int i = 0; i < shape.n; i++) {
                final int place = (i + shift) % shape.n;
                System.arraycopy(x, features * i, movedX, features * place, features);
                movedY[place] = y[i];
            }
            final long[] otherWeights = weights.clone();
            otherWeights[features - 2] += shift;
            otherWeights[features - 1] -= shift;
            return new Data(movedX, movedY, otherWeights);
        }

        ModelTrace trace(Shape shape) {
            return ModelTrace.of(shape.format(), shape.table().values(), weights, x);
        }

        ExactScore score(Shape shape) {
            return ExactScore.of(trace(shape), y, shape.n, shape.format());
        }
    }

    public static EvaluateInstance random(Shape shape, long seed, KnownSetup setup) {
        return of(shape, Data.random(shape, seed), seed, setup);
    }

    /** Another witness of the same score for every seed. */
    public static EvaluateInstance reordered(Shape shape, long seed, KnownSetup setup) {
        return of(shape, Data.random(shape, 1).reordered(shape, (int) seed), seed, setup);
    }

    /** The true score; blinders from the seed. */
    static EvaluateInstance of(Shape shape, Data data, long seed, KnownSetup setup) {
        return of(
                shape,
                MultilinearPolynomial.ofSmall(data.x),
                MultilinearPolynomial.ofSmall(data.y),
                MultilinearPolynomial.ofLongs(data.weights),
                data.score(shape),
                seed,
                setup);
    }

    /** Any tables and any score; blinders from the seed. */
    static EvaluateInstance of(
            Shape shape,
            MultilinearPolynomial x,
            MultilinearPolynomial y,
            MultilinearPolynomial w,
            ExactScore score,
            long seed,
            KnownSetup setup) {
        final SeededScalars blinders = new SeededScalars("blinders of score " + seed);
        final Blinded blindedX = new Blinded(x, blinders.apply("X"));
        final Blinded blindedY = new Blinded(y, blinders.apply("Y"));
        final Blinded blindedW = new Blinded(w, blinders.apply("W"));
        return new EvaluateInstance(
                statement(shape, score, seed, blindedX, blindedY, blindedW, setup),
                blindedX,
                blindedY,
                blindedW,
                shape.table());
    }

    static EvaluateStatement statement(
            Shape shape, ExactScore score, long seed, Blinded x, Blinded y, Blinded w, KnownSetup setup) {
        final SeededScalars words = new SeededScalars("statement " + seed);
        return new EvaluateStatement(
                BigInteger.valueOf(31337),
                Instance.address(words.apply("registry")),
                Instance.address(words.apply("prover")),
                BigInteger.valueOf(seed & 0xffff),
                BigInteger.valueOf(seed & 3),
                shape.regression(),
                shape.ln,
                shape.lk,
                shape.b,
                shape.table().fp(),
                shape.n,
                shape.regression() ? 0 : score.hits(),
                score.squaredErrorSum(),
                Instance.commit(InferInstance.table(shape.table()), setup),
                Instance.commit(x, setup),
                Instance.commit(y, setup),
                Instance.commit(w, setup),
                setup.key());
    }

    @Override
    public EvaluateRelation relation() {
        return new EvaluateRelation(statement);
    }

    @Override
    public EvaluateWitness witness() {
        return new EvaluateWitness(statement, x, y, w, table.values());
    }

    /** This data and model under another's statement, with the blinders that fit it: true if the score is the same. */
    public EvaluateInstance disguisedAs(EvaluateInstance other, KnownSetup setup) {
        return new EvaluateInstance(
                other.statement,
                Instance.disguised(x, other.x, setup),
                Instance.disguised(y, other.y, setup),
                Instance.disguised(w, other.w, setup),
                table);
    }
}
