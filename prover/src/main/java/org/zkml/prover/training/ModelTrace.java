package org.zkml.prover.training;

import org.zkml.prover.fixedpoint.FixedPoint;

/**
 * A finished model's forward pass over rows, in the integers of section 5 of docs/proof-system.md, with what a proof of it needs. Secret, where rows or model are.
 *
 * @param zi table index of the logit, row by row
 * @param rem remainder of the logit's rounding
 * @param p prediction
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of arrays, never compared
public record ModelTrace(int[] zi, int[] rem, int[] p) {

    /**
     * One multiplication an entry of {@code x}.
     *
     * @param activation the {@code 2^b} values of the activation table
     * @param weights {@code 2^lk} master weights
     * @param x features, row by row, a multiple of {@code 2^lk} entries
     * @throws OutOfRangeException if a logit leaves the range in which it can be proved
     * @throws IllegalArgumentException if a weight or an entry of {@code x} is out of range, or there are too many features for exact sums in 64 bits
     */
    public static ModelTrace of(FixedPoint format, int[] activation, long[] weights, int[] x) {
        int[] forward = forwardWeights(format, weights);
        int rows = x.length / forward.length;
        ModelTrace trace = new ModelTrace(new int[rows], new int[rows], new int[rows]);
        for (int row = 0; row < rows; row++) {
            long logit = 0;
            for (int k = 0; k < forward.length; k++) {
                int value = x[k + forward.length * row];
                if (!format.isValue(value)) {
                    throw new IllegalArgumentException("feature " + k + " of row " + row + " is " + value
                            + ", not from " + -format.valueEnd() + " to " + (format.valueEnd() - 1) + ": clip it");
                }
                logit += (long) value * forward[k];
            }
            if (logit < format.logitMin() || logit >= format.logitEnd()) {
                throw OutOfRangeException.ofPrediction(row, logit, format);
            }
            long shifted = logit + format.offZ();
            trace.zi[row] = (int) (shifted >> format.b());
            trace.rem[row] = (int) shifted & (2 * format.valueEnd() - 1);
            trace.p[row] = activation[trace.zi[row]];
        }
        return trace;
    }

    private static int[] forwardWeights(FixedPoint format, long... weights) {
        if (weights.length > 1L << (64 - 3 * format.b())) {
            throw new IllegalArgumentException(weights.length + " features with b = " + format.b() + ", at most 2^"
                    + (64 - 3 * format.b()) + ": use fewer features or a smaller b");
        }
        int[] forward = new int[weights.length];
        for (int k = 0; k < forward.length; k++) {
            if (weights[k] < format.weightMin() || weights[k] >= format.weightEnd()) {
                throw new IllegalArgumentException("weight " + k + " is " + weights[k] + ", not from "
                        + format.weightMin() + " to " + (format.weightEnd() - 1) + ": this is no model with b = "
                        + format.b());
            }
            forward[k] = format.forwardWeight(weights[k]);
        }
        return forward;
    }

    /** Whether the model says class 1 of a row: its logit, rounded to the table, is not negative. */
    public boolean saysOne(int row, FixedPoint format) {
        return zi[row] >= format.valueEnd();
    }
}
