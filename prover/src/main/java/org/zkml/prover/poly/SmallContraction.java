package org.zkml.prover.poly;

import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.parallel.Parallel;

/**
 * {@link Multilinear#contract} for small integers: the weights are cut into limbs of 32 bits, and products of an integer and a limb are added up in
 * 64 bits without a carry; only the sums are reduced.
 */
final class SmallContraction {

    private static final int LIMBS = 8;
    private static final long LIMB_MASK = 0xffffffffL;
    private static final int MIN_PRODUCTS = 16384;
    private static final Scalar TWO_253 = Scalar.powerOfTwo(253);

    private final int[] values;
    private final long[] limbs; // limb j of weight i at LIMBS i + j
    private final int middle;

    private SmallContraction(int[] values, FrVector weights) {
        this.values = values;
        this.middle = weights.size();
        final long[] canonical = weights.toCanonical();
        limbs = new long[2 * canonical.length];
        for (int i = 0; i < canonical.length; i++) {
            limbs[2 * i] = canonical[i] & LIMB_MASK;
            limbs[2 * i + 1] = canonical[i] >>> 32;
        }
    }

    /** Whether {@code middle} products of a value and a limb stay below 2^63. */
    static boolean fits(int[] values, int middle) {
        long largest = 0;
        for (int value : values) {
            largest = Math.max(largest, Math.abs((long) value));
        }
        return largest * middle < 1L << 31;
    }

    static FrVector of(int[] values, int outer, int inner, FrVector weights) {
        final SmallContraction contraction = new SmallContraction(values, weights);
        final long[] out = new long[Fr.LIMBS * outer * inner];
        if (inner == 1) {
            contraction.rows(outer, out);
        } else {
            for (int block = 0; block < outer; block++) {
                contraction.columns(block, inner, out);
            }
        }
        return FrVector.of(out);
    }

    private void rows(int outer, long[] out) {
        Parallel.forRange(0, outer, Math.max(1, MIN_PRODUCTS / middle), (from, to) -> {
            final long[] sums = new long[LIMBS];
            for (int row = from; row < to; row++) {
                dot(row * middle, sums);
                reduce(sums, 0, 1, out, Fr.LIMBS * row);
            }
        });
    }

    private void dot(int start, long[] sums) {
        long s0 = 0;
        long s1 = 0;
        long s2 = 0;
        long s3 = 0;
        long s4 = 0;
        long s5 = 0;
        long s6 = 0;
        long s7 = 0;
        for (int m = 0, o = 0; m < middle; m++, o += LIMBS) {
            final long x = values[start + m];
            s0 += x * limbs[o];
            s1 += x * limbs[o + 1];
            s2 += x * limbs[o + 2];
            s3 += x * limbs[o + 3];
            s4 += x * limbs[o + 4];
            s5 += x * limbs[o + 5];
            s6 += x * limbs[o + 6];
            s7 += x * limbs[o + 7];
        }
        sums[0] = s0;
        sums[1] = s1;
        sums[2] = s2;
        sums[3] = s3;
        sums[4] = s4;
        sums[5] = s5;
        sums[6] = s6;
        sums[7] = s7;
    }

    private void columns(int block, int inner, long[] out) {
        final long[] sums = new long[LIMBS * inner]; // limb j of column k at inner j + k
        Parallel.forRange(0, middle, Math.max(1, MIN_PRODUCTS / inner), (from, to) -> {
            final long[] own = new long[sums.length];
            for (int m = from; m < to; m++) {
                for (int j = 0; j < LIMBS; j++) {
                    addRow(own, inner * j, (block * middle + m) * inner, limbs[LIMBS * m + j], inner);
                }
            }
            synchronized (sums) {
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += own[i];
                }
            }
        });
        for (int k = 0; k < inner; k++) {
            reduce(sums, k, inner, out, Fr.LIMBS * (block * inner + k));
        }
    }

    private void addRow(long[] sums, int at, int start, long limb, int inner) {
        for (int k = 0; k < inner; k++) {
            sums[at + k] += values[start + k] * limb;
        }
    }

    /** out = sum_j 2^(32 j) sums[at + step j]. */
    private static void reduce(long[] sums, int at, int step, long[] out, int o) {
        long carry = 0;
        for (int j = 0; j < LIMBS; j += 2) {
            final long low = sums[at + step * j] + carry;
            final long high = sums[at + step * (j + 1)] + (low >> 32);
            out[o + j / 2] = low & LIMB_MASK | high << 32;
            carry = high >> 32;
        }
        // 2^253 is below r: what is above it goes apart
        final long[] top = new long[Fr.LIMBS];
        Fr.fromLong(top, 0, (carry << 3) + (out[o + 3] >>> 61));
        Fr.mul(top, 0, top, 0, TWO_253.limbs(), 0);
        out[o + 3] &= -1L >>> 3;
        Fr.fromCanonical(out, o);
        Fr.add(out, o, out, o, top, 0);
    }
}
