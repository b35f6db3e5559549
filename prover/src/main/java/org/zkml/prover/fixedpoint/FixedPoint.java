package org.zkml.prover.fixedpoint;

/**
 * The fixed-point formats for limbs of {@code b} bits (section 5 of docs/proof-system.md). All ranges are half-open: {@code min} is in, {@code end} is not.
 *
 * @param b bits of a limb, even, 8 to 16
 */
public record FixedPoint(int b) {
    public static final int MIN_B = 8;
    public static final int MAX_B = 16;

    public FixedPoint {
        if (b < MIN_B || b > MAX_B || b % 2 != 0) {
            throw new IllegalArgumentException("limb width b = " + b + ": must be even and from 8 to 16");
        }
    }

    /** Fractional bits of features and forward weights. */
    public int fx() {
        return b - 4;
    }

    /** Fractional bits of master weights. */
    public int fw() {
        return fx() + b;
    }

    /** Fractional bits of the logit in a table index. */
    public int fz() {
        return b - 8;
    }

    /** The integer that stands for 1 in a feature: the intercept column. */
    public short one() {
        return (short) (1 << fx());
    }

    /** End of the range of features, targets and predictions, which starts at {@code -valueEnd()}. */
    public int valueEnd() {
        return 1 << (b - 1);
    }

    public boolean isValue(long value) {
        return value >= -valueEnd() && value < valueEnd();
    }

    /** What is added to a master weight to make it non-negative, {@code 2^{3b-1} + 2^{b-1}}. */
    public long offW() {
        return (1L << (3 * b - 1)) + (1L << (b - 1));
    }

    public long weightMin() {
        return -offW();
    }

    public long weightEnd() {
        return (1L << (3 * b)) - offW();
    }

    /** What is added to a logit before rounding to make it non-negative, {@code 2^{2b-1} + 2^{b-1}}. */
    public long offZ() {
        return (1L << (2 * b - 1)) + (1L << (b - 1));
    }

    public long logitMin() {
        return -offZ();
    }

    public long logitEnd() {
        return (1L << (2 * b)) - offZ();
    }

    /** {@code floor((weight + 2^{b-1}) / 2^b)}, in signed {@code 2b} bits for a weight in range. */
    public int forwardWeight(long weight) {
        return (int) ((weight + (1L << (b - 1))) >> b);
    }

    /**
     * {@code floor(value * 2^fractionalBits + 1/2)}, set to the end of the range of {@code b} signed bits if beyond it.
     *
     * @throws IllegalArgumentException if {@code value} is not a number
     */
    public short quantise(double value, int fractionalBits) {
        long rounded = rounded(value, fractionalBits);
        return (short) Math.clamp(rounded, -valueEnd(), valueEnd() - 1);
    }

    /** {@link #quantise(double, int)} with the fractional bits of a feature. */
    public short quantise(double value) {
        return quantise(value, fx());
    }

    /** Whether {@link #quantise(double, int)} changes the value by more than rounding. */
    public boolean clips(double value, int fractionalBits) {
        return !isValue(rounded(value, fractionalBits));
    }

    /** Math.round is floor(v + 1/2) without the double rounding of that expression, and saturates. */
    private static long rounded(double value, int fractionalBits) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("NaN cannot be quantised");
        }
        return Math.round(Math.scalb(value, fractionalBits));
    }
}
