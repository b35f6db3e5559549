package org.zkml.prover.training;

import org.zkml.prover.fixedpoint.FixedPoint;

/**
 * The sizes of a training run, as powers of two (section 6 of docs/proof-system.md).
 *
 * @param lb log2 of the batches
 * @param li log2 of the rows of a batch
 * @param lk log2 of the features, the intercept among them
 * @param lt log2 of the step slots, at least {@code lb}
 * @param steps steps that change the weights, 1 to {@code 2^lt}
 * @param b bits of a limb, even, 8 to 16
 */
public record TrainingShape(int lb, int li, int lk, int lt, int steps, int b) {
    /** No table of a proof has more variables. */
    public static final int MAX_VARIABLES = 28;

    public TrainingShape {
        new FixedPoint(b);
        require(lb >= 0 && li >= 0 && lk >= 0 && lt >= 0, "lb, li, lk, lt must not be negative", lb, li, lk, lt);
        // The first bounds keep the sums below from overflowing.
        boolean fits = lb <= MAX_VARIABLES && li <= MAX_VARIABLES && lk <= MAX_VARIABLES && lt <= MAX_VARIABLES;
        require(
                fits && lb + li + lk <= MAX_VARIABLES && lt + li <= MAX_VARIABLES && lt + 3 + lk <= MAX_VARIABLES,
                "lb + li + lk, lt + li and lt + 3 + lk must not exceed " + MAX_VARIABLES,
                lb,
                li,
                lk,
                lt);
        // A logit is a sum of 2^lk products below 2^(3b-2), added up in a long.
        require(lk + 3 * b - 2 <= 62, "lk must not exceed " + (64 - 3 * b) + " for b = " + b, lb, li, lk, lt);
        require(lb <= lt, "lt must be at least lb", lb, li, lk, lt);
        if (steps < 1 || steps > 1 << lt) {
            throw new IllegalArgumentException("steps = " + steps + ": must be from 1 to 2^lt = " + (1 << lt));
        }
    }

    public FixedPoint format() {
        return new FixedPoint(b);
    }

    public int batches() {
        return 1 << lb;
    }

    /** Rows of a batch, those without data among them. */
    public int rows() {
        return 1 << li;
    }

    public int features() {
        return 1 << lk;
    }

    /** Slots for steps: those from {@code steps} on repeat the forward pass with the final weights. */
    public int slots() {
        return 1 << lt;
    }

    /** Rows by which the gradient of a batch is divided, for a data set of {@code n} rows: {@code n} itself if there is one batch. */
    public long batchRows(int n) {
        return lb == 0 ? n : rows();
    }

    private static void require(boolean condition, String rule, int lb, int li, int lk, int lt) {
        if (!condition) {
            throw new IllegalArgumentException(
                    "shape lb = " + lb + ", li = " + li + ", lk = " + lk + ", lt = " + lt + ": " + rule);
        }
    }
}
