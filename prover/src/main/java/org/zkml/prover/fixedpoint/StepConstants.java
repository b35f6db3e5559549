package org.zkml.prover.fixedpoint;

import java.math.BigInteger;

/**
 * The integers by which a training step scales gradient and weights: {@code c = floor(rate / batchRows * 2^{3b-fp} + 1/2)}, {@code d = floor(rate * l2 * 2^{2b} + 1/2)}.
 *
 * @param c step, an unsigned 64-bit integer
 * @param d decay, an unsigned 64-bit integer
 */
public record StepConstants(long c, long d) {
    /**
     * The constants for a rate, a weight decay and a batch size; exact, rounded half up.
     *
     * @param batchRows rows of a batch that hold data, at least 1
     * @throws IllegalArgumentException if a constant does not fit in 64 bits
     */
    public static StepConstants of(Fraction rate, Fraction l2, long batchRows, ModelKind kind, int b) {
        if (batchRows < 1) {
            throw new IllegalArgumentException("batchRows = " + batchRows + ": must be at least 1");
        }
        BigInteger c = rate.times(Fraction.of(1, batchRows)).scaledByPowerOfTwo(3 * b - kind.fp(b));
        BigInteger d = rate.times(l2).scaledByPowerOfTwo(2 * b);
        return new StepConstants(
                unsigned(c, "the step c", "rate " + rate + " over " + batchRows + " rows", "a smaller rate"),
                unsigned(d, "the decay d", "rate " + rate + " times weight decay " + l2, "a smaller weight decay"));
    }

    private static long unsigned(BigInteger value, String name, String origin, String cure) {
        if (value.bitLength() > 64) {
            throw new IllegalArgumentException(
                    name + " = " + value + " (from " + origin + ") is 2^64 or more: use " + cure);
        }
        return value.longValue();
    }
}
