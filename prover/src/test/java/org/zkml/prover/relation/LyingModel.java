package org.zkml.prover.relation;

import java.math.BigInteger;
import java.util.Arrays;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.training.ExactScore;

/**
 * A model's forward pass over four rows, once more and slowly, with tables for lies to change: before it runs, what goes on into all that follows, and afterwards, what does not. For
 * b = 8. Lies are about row {@link #I} and feature {@link #K}.
 */
final class LyingModel {

    static final int ROWS = 4;
    static final int FEATURES = 4;
    static final int B = 8;

    /** Rows with data. */
    static final int N = 3;

    static final int I = 1;
    static final int K = 1;

    /** A feature that no row has. */
    static final int EMPTY = 3;

    private static final FixedPoint FORMAT = new FixedPoint(B);

    final ModelForm form;
    final ActivationTable table;

    /** What is committed: features, targets, model. */
    final long[] x = {16, 30, -7, 0, 16, -50, 100, 0, 16, 12, 5, 0, 0, 0, 0, 0};

    final long[] y;
    final long[] w = {539, 14_460, -12_660, 100_000};

    /** What the logits are computed from: features, and the limbs of the model. */
    final long[] forwardX;

    final long[] forward = new long[FEATURES];
    final long[] aux = new long[FEATURES * Limbs.MODEL_COUNT];

    /** Columns of section 7a. */
    final long[] zi = new long[ROWS];

    final long[] rem = new long[ROWS];
    final long[] p = new long[ROWS];
    final long[] s = new long[ROWS];

    /** What hits, targets' range and errors are computed from. */
    long[] hitS;

    long[] y1;
    long[] y2;
    long[] y3;
    long[] e1;
    long[] e2;

    /** Added to the score that the statement names. */
    int moreHits;

    int moreErrors;

    LyingModel(ModelForm form) {
        this.form = form;
        table = ActivationTable.of(form == ModelForm.REGRESSION ? ModelKind.LINEAR : ModelKind.LOGISTIC, B);
        y = form == ModelForm.REGRESSION ? new long[] {-100, 17, 3, 0} : new long[] {64, 64, 0, 0};
        forwardX = x.clone();
    }

    /** Writes the limbs of the weights. */
    void writeLimbs() {
        for (int k = 0; k < FEATURES; k++) {
            final long shifted = w[k] + FORMAT.offW();
            aux[k] = shifted & 0xff;
            aux[k + FEATURES] = shifted >> 8 & 0xff;
            aux[k + 2 * FEATURES] = shifted >> 16;
        }
    }

    /** The same weight with 2^b more in one limb and 1 less in the next. */
    void carry(int l) {
        aux[K + FEATURES * l] += 256;
        aux[K + FEATURES * (l + 1)] -= 1;
    }

    /** The forward weights that the limbs say. */
    void readForward() {
        for (int k = 0; k < FEATURES; k++) {
            forward[k] = aux[k + FEATURES] + (aux[k + 2 * FEATURES] << B) - (1L << (2 * B - 1));
        }
    }

    void run() {
        for (int i = 0; i < ROWS; i++) {
            long logit = 0;
            for (int k = 0; k < FEATURES; k++) {
                logit += forwardX[k + FEATURES * i] * forward[k];
            }
            setLogit(i, logit);
        }
    }

    /** The columns of a row that has this logit. */
    void setLogit(int i, long logit) {
        final long shifted = logit + FORMAT.offZ();
        setIndex(i, shifted >> B, shifted & 0xff);
    }

    /** The columns of a row at this index of the table, which may be outside of it. */
    void setIndex(int i, long index, long remainder) {
        zi[i] = index;
        rem[i] = remainder;
        p[i] = index >= 0 && index < 1 << B ? table.valueAt((int) index) : 0;
        s[i] = index >= FORMAT.valueEnd() ? 1 : -1;
    }

    /** The next lower index of the table, with a remainder of 2^b or more. */
    void roundDown() {
        setIndex(I, zi[I] - 1, rem[I] + 256);
    }

    /** Copies what the score is computed from. */
    void readScore() {
        hitS = s.clone();
        y1 = y.clone();
        y2 = y.clone();
        y3 = y.clone();
        e1 = new long[ROWS];
        Arrays.setAll(e1, i -> p[i] - y[i]);
        e2 = e1.clone();
    }

    /** The score that the sums give. */
    private ExactScore score() {
        final long one = 1L << table.fp();
        long margin = 0;
        long errors = 0;
        for (int i = 0; i < N; i++) {
            margin += hitS[i] * (2 * y1[i] - one);
            errors += e1[i] * e2[i];
        }
        if (form == ModelForm.EVALUATE && (margin % one != 0 || (margin / one + N) % 2 != 0)) {
            throw new IllegalStateException("no number of hits has a margin of " + margin);
        }
        final int hits = (int) ((margin / one + N) / 2);
        return new ExactScore(hits + moreHits, BigInteger.valueOf(errors + moreErrors));
    }

    private static MultilinearPolynomial column(long... values) {
        return MultilinearPolynomial.ofSmall(
                Arrays.stream(values).mapToInt(Math::toIntExact).toArray());
    }

    Instance instance(long seed, KnownSetup setup) {
        if (form == ModelForm.INFER) {
            final InferInstance.Shape shape = new InferInstance.Shape(2, 2, B, table.kind());
            return InferInstance.of(shape, column(x), MultilinearPolynomial.ofLongs(w), column(p), seed, setup);
        }
        final EvaluateInstance.Shape shape = new EvaluateInstance.Shape(2, 2, B, N, table.kind());
        return EvaluateInstance.of(shape, column(x), column(y), MultilinearPolynomial.ofLongs(w), score(), seed, setup);
    }
}
