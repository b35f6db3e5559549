package org.zkml.prover.msm;

import org.zkml.prover.field.Fr;
import org.zkml.prover.parallel.Parallel;

/**
 * Scalars cut into windows of {@code bits} bits with digits in {@code [-2^(bits-1), 2^(bits-1)]}. Adding the constant that has the top bit of
 * every window but the highest set, and subtracting half a window from every digit, turns plain windows into signed ones
 * without a carry from window to window, so that each can be cut on its own.
 */
final class SignedDigits {

    private static final long MIN = Long.MIN_VALUE;

    private final int bits;
    private final int windows;
    private final int count;
    private final long[] full; // biased canonical limbs, or null
    private final int[] small;
    private final long smallBias;

    private SignedDigits(int bits, int windows, int count, long[] full, int[] small, long smallBias) {
        this.bits = bits;
        this.windows = windows;
        this.count = count;
        this.full = full;
        this.small = small;
        this.smallBias = smallBias;
    }

    /** Windows for scalars of absolute values up to 2^scalarBits. */
    static int windows(int scalarBits, int bits) {
        return Math.max(1, (scalarBits + bits) / bits);
    }

    /** Scalars below r as limbs, which are taken over and changed. */
    static SignedDigits ofCanonical(long[] scalars, int count, int bits) {
        final int windows = windows(254, bits);
        final long[] bias = new long[Fr.LIMBS];
        for (int w = 0; w < windows - 1; w++) {
            final int bit = bits * w + bits - 1;
            bias[bit >> 6] |= 1L << (bit & 63);
        }
        Parallel.forRange(0, count, 4096, (from, to) -> {
            for (int i = from; i < to; i++) {
                addBias(scalars, Fr.LIMBS * i, bias);
            }
        });
        return new SignedDigits(bits, windows, count, scalars, null, 0);
    }

    static SignedDigits ofSmall(int[] scalars, int scalarBits, int bits) {
        final int windows = windows(scalarBits, bits);
        long bias = 0;
        for (int w = 0; w < windows - 1; w++) {
            bias |= 1L << (bits * w + bits - 1);
        }
        return new SignedDigits(bits, windows, scalars.length, null, scalars, bias);
    }

    /** z += bias, both below 2^255. */
    private static void addBias(long[] z, int o, long[] bias) {
        long carry = 0;
        for (int i = 0; i < Fr.LIMBS; i++) {
            final long s = z[o + i] + bias[i];
            final long c = s + MIN < bias[i] + MIN ? 1 : 0;
            z[o + i] = s + carry;
            carry = c | (z[o + i] + MIN < carry + MIN ? 1 : 0);
        }
    }

    int bits() {
        return bits;
    }

    int windows() {
        return windows;
    }

    int count() {
        return count;
    }

    /** The largest absolute value of a digit. */
    int buckets() {
        return 1 << (bits - 1);
    }

    /** Writes the digits of window {@code w} of {@code count} scalars from {@code first} on. */
    void extract(int w, int first, int[] out, int at, int count) {
        final boolean top = w == windows - 1;
        final long mask = top ? -1L : (1L << bits) - 1;
        final int half = top ? 0 : 1 << (bits - 1);
        final int bit = w * bits;
        if (small != null) {
            for (int i = 0; i < count; i++) {
                out[at + i] = (int) (((small[first + i] + smallBias) >> bit) & mask) - half;
            }
            return;
        }
        final int limb = bit >> 6;
        final int shift = bit & 63;
        final boolean two = shift + bits > 64 && limb < Fr.LIMBS - 1;
        for (int i = 0; i < count; i++) {
            final int o = Fr.LIMBS * (first + i) + limb;
            long digit = full[o] >>> shift;
            if (two) {
                digit |= full[o + 1] << (64 - shift);
            }
            out[at + i] = (int) (digit & mask) - half;
        }
    }
}
