package org.zkml.prover.commitment;

import java.util.Arrays;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fr;
import org.zkml.prover.parallel.Parallel;

/**
 * The powers {@code [s^i]_1} of a secret: signed windows of w bits over a table of all multiples d 2^(w j) of the generator, d up to
 * 2^(w-1), so that a power costs 255/w affine additions (Brickell, Gordon, McCurley, Wilson, EUROCRYPT 1992).
 */
final class FixedBasePowers {

    private static final int P = G1Affine.LIMBS;
    private static final int BATCH = BatchAddition.CAPACITY;
    private static final int SCALAR_BITS = 254;
    private static final int MAX_WINDOW_BITS = 15; // 17 MB of table

    private final int bits;
    private final int windows;
    private final int half;

    /** Window by window the points 1, 2, .. 2^(bits-1) times 2^(bits j). */
    private final long[] table;

    private FixedBasePowers(int count) {
        bits = windowBits(count);
        windows = windows(bits);
        half = 1 << (bits - 1);
        table = new long[P * windows * half];
        fillTable();
    }

    /** The first {@code count} powers, flat affine; {@code secret} is one element of {@link Fr} and not zero. */
    static long[] of(long[] secret, int count, Progress progress) {
        final FixedBasePowers base = new FixedBasePowers(count);
        final long[] out = new long[P * count];
        final Progress.Counter counter = new Progress.Counter(progress, "making powers", count);
        Parallel.forRange(0, (count + BATCH - 1) / BATCH, 1, (from, to) -> {
            for (int batch = from; batch < to; batch++) {
                final int first = batch * BATCH;
                final int size = Math.min(BATCH, count - first);
                base.powers(secret, first, size, out);
                counter.add(size);
            }
        });
        return out;
    }

    private static int windows(int bits) {
        return (SCALAR_BITS + bits) / bits; // one bit more than the scalar, for the sign
    }

    private static int windowBits(int count) {
        int best = 2;
        for (int bits = 3; bits <= MAX_WINDOW_BITS; bits++) {
            if (cost(bits, count) < cost(best, count)) {
                best = bits;
            }
        }
        return best;
    }

    private static long cost(int bits, int count) {
        return (long) windows(bits) * ((1L << (bits - 1)) + count);
    }

    private void fillTable() {
        final long[] bases = new long[P * windows];
        final G1Jacobian power = G1Jacobian.of(G1Affine.GENERATOR);
        for (int w = 0; w < windows; w++) {
            System.arraycopy(power.toAffine().limbs(), 0, bases, P * w, P);
            for (int i = 0; i < bits; i++) {
                power.twice();
            }
        }
        Parallel.forRange(0, windows, 1, (from, to) -> {
            final BatchAddition addition = new BatchAddition();
            for (int w = from; w < to; w++) {
                fillWindow(w, bases, addition);
            }
        });
    }

    /** Doubles the filled part until it is the whole window: multiples m + 1 .. 2m are multiples 1 .. m plus the m-th. */
    private void fillWindow(int window, long[] bases, BatchAddition addition) {
        final int start = P * window * half;
        System.arraycopy(bases, P * window, table, start, P);
        final long[] sum = new long[P * BATCH];
        final long[] operand = new long[P * BATCH];
        for (int filled = 1; filled < half; filled *= 2) {
            for (int i = 0; i < Math.min(filled, BATCH); i++) {
                System.arraycopy(table, start + P * (filled - 1), operand, P * i, P);
            }
            for (int first = 0; first < filled; first += BATCH) {
                final int size = Math.min(BATCH, filled - first);
                System.arraycopy(table, start + P * first, sum, 0, P * size);
                addition.add(sum, operand, size);
                System.arraycopy(sum, 0, table, start + P * (filled + first), P * size);
            }
        }
    }

    private void powers(long[] secret, int first, int size, long[] out) {
        final long[] scalars = new long[Fr.LIMBS * size];
        final int[] carry = new int[size];
        final long[] sum = new long[P * size];
        final long[] operand = new long[P * size];
        final BatchAddition addition = new BatchAddition();
        SecretPowers.fill(secret, first, scalars, size);
        for (int w = 0; w < windows; w++) {
            for (int i = 0; i < size; i++) {
                int digit = window(scalars, Fr.LIMBS * i, w * bits) + carry[i];
                carry[i] = digit > half ? 1 : 0;
                digit -= carry[i] << bits;
                select(w, digit, operand, P * i);
            }
            addition.add(sum, operand, size);
        }
        System.arraycopy(sum, 0, out, P * first, P * size);
        Arrays.fill(scalars, 0);
        Arrays.fill(operand, 0);
    }

    /** The bits of a scalar from {@code bit} on. */
    private int window(long[] scalars, int o, int bit) {
        final int limb = bit >> 6;
        final int shift = bit & 63;
        long value = scalars[o + limb] >>> shift;
        if (shift + bits > 64 && limb < Fr.LIMBS - 1) {
            value |= scalars[o + limb + 1] << (64 - shift);
        }
        return (int) (value & ((1L << bits) - 1));
    }

    private void select(int window, int digit, long[] operand, int o) {
        if (digit == 0) {
            Arrays.fill(operand, o, o + P, 0);
            return;
        }
        System.arraycopy(table, P * (window * half + Math.abs(digit) - 1), operand, o, P);
        if (digit < 0) {
            Fq.neg(operand, o + Fq.LIMBS, operand, o + Fq.LIMBS);
        }
    }
}
