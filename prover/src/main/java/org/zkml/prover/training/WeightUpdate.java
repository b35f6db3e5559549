package org.zkml.prover.training;

import java.math.BigInteger;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.StepConstants;

/**
 * {@code W_next = W - floor((c G + d W + 2^{2b-1}) / 2^{2b})} and the remainder of the division, in signed 128-bit arithmetic. Exact for {@code |G| < 2^61} and weights in range.
 */
final class WeightUpdate {
    private final long c;
    private final long d;
    private final int shift;
    private final FixedPoint format;
    private long next;
    private long remainder;

    WeightUpdate(StepConstants constants, FixedPoint format) {
        this.c = constants.c();
        this.d = constants.d();
        this.shift = 2 * format.b();
        this.format = format;
    }

    /** Computes both results; false if the next weight is out of range. */
    boolean compute(long weight, long gradient) {
        long lowG = c * gradient;
        long lowW = d * weight;
        long low = lowG + lowW;
        long high = highProduct(c, gradient) + highProduct(d, weight) + carry(low, lowG);
        long half = 1L << (shift - 1);
        long rounded = low + half;
        high += carry(rounded, half);
        remainder = rounded & ((1L << shift) - 1);

        long quotient = (rounded >>> shift) | (high << (Long.SIZE - shift));
        if (high >> shift != quotient >> (Long.SIZE - 1)) {
            return false; // the quotient needs more than 64 bits
        }
        next = weight - quotient;
        boolean overflow = ((weight ^ quotient) & (weight ^ next)) < 0;
        return !overflow && next >= format.weightMin() && next < format.weightEnd();
    }

    /** The weight that {@link #compute} found to be in range. */
    long next() {
        return next;
    }

    /** In {@code [0, 2^{2b})}. */
    long remainder() {
        return remainder;
    }

    /** The next weight however large: for messages. */
    BigInteger exact(long weight, long gradient) {
        BigInteger w = BigInteger.valueOf(weight);
        return w.subtract(unsigned(c)
                .multiply(BigInteger.valueOf(gradient))
                .add(unsigned(d).multiply(w))
                .add(BigInteger.ONE.shiftLeft(shift - 1))
                .shiftRight(shift));
    }

    /** Bits 64 to 127 of {@code unsigned * signed}. */
    private static long highProduct(long unsigned, long signed) {
        long high = Math.multiplyHigh(unsigned, signed);
        return unsigned < 0 ? high + signed : high;
    }

    /** The carry of an addition with this sum and this summand. */
    private static int carry(long sum, long summand) {
        return Long.compareUnsigned(sum, summand) < 0 ? 1 : 0;
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
