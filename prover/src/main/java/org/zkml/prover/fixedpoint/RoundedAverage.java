package org.zkml.prover.fixedpoint;

import java.math.BigInteger;

/**
 * The weighted average of models, rounded half up (docs/proof-system.md, section 7a, AGGREGATE):
 * {@code N averages[k] + remainders[k] = sums[k] + floor(N/2)} with {@code 0 <= remainders[k] < N}.
 *
 * @param averages master weights, one a feature
 * @param remainders what rounding left over, below N
 */
public record RoundedAverage(long[] averages, long[] remainders) {

    /**
     * @param format the models' format
     * @param sums {@code sum_i n_i W_i(k)}, one a feature
     * @param weightTotal {@code N = sum_i n_i}, 1 to 2^{2b}
     * @throws IllegalArgumentException if N is out of range, or a sum is none of N models in range; the message holds the sum, which is for the aggregators only
     */
    public static RoundedAverage of(FixedPoint format, BigInteger[] sums, long weightTotal) {
        if (weightTotal < 1 || weightTotal > 1L << (2 * format.b())) {
            throw new IllegalArgumentException("the sum of the weights is " + weightTotal + ", it must be from 1 to "
                    + (1L << (2 * format.b())) + ": the models of more rows cannot be averaged in one round");
        }
        final BigInteger n = BigInteger.valueOf(weightTotal);
        final BigInteger half = n.shiftRight(1);
        final long[] averages = new long[sums.length];
        final long[] remainders = new long[sums.length];
        for (int k = 0; k < sums.length; k++) {
            requireInRange(format, k, sums[k], n);
            final BigInteger dividend = sums[k].add(half);
            final BigInteger remainder = dividend.mod(n); // not negative, so the quotient is rounded down
            averages[k] = dividend.subtract(remainder).divide(n).longValueExact();
            remainders[k] = remainder.longValueExact();
        }
        return new RoundedAverage(averages, remainders);
    }

    /** Keeps the average in range too: it lies between the least and the greatest of the models' weights. */
    private static void requireInRange(FixedPoint format, int k, BigInteger sum, BigInteger n) {
        final BigInteger least = n.multiply(BigInteger.valueOf(format.weightMin()));
        final BigInteger greatest = n.multiply(BigInteger.valueOf(format.weightEnd() - 1));
        if (sum.compareTo(least) < 0 || sum.compareTo(greatest) > 0) {
            throw new IllegalArgumentException("the sum of weight " + k + " is not from " + least + " to "
                    + greatest + " as for models of total weight " + n
                    + ": check that every contributor's share is in it, once and with the contributor's weight");
        }
    }
}
