package org.zkml.prover.training;

import java.math.BigInteger;
import org.zkml.prover.fixedpoint.FixedPoint;

/**
 * How good a model is on a data set, in the integers that an EVALUATE proof speaks of (section 7a of docs/proof-system.md).
 *
 * @param hits rows whose target is not zero exactly if the model says class 1; of no meaning for a regression
 * @param squaredErrorSum sum of the squared errors of the predictions, with {@code 2 fp} fractional bits
 */
public record ExactScore(int hits, BigInteger squaredErrorSum) {

    /** The score over the first {@code n} rows. */
    public static ExactScore of(ModelTrace trace, int[] targets, int n, FixedPoint format) {
        int hits = 0;
        long sum = 0; // of at most 2^28 squares below 2^32
        for (int row = 0; row < n; row++) {
            if (trace.saysOne(row, format) == (targets[row] != 0)) {
                hits++;
            }
            long error = (long) trace.p()[row] - targets[row];
            sum += error * error;
        }
        return new ExactScore(hits, BigInteger.valueOf(sum));
    }
}
