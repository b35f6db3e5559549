package org.zkml.prover.commitment;

import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fq;

/**
 * Adds two columns of affine points of G1 place by place, with one inversion for all (Montgomery's trick): about six products an
 * addition or a doubling. Equal and opposite points and infinity are handled. Not thread-safe.
 */
final class BatchAddition {

    /** Additions for which one inversion costs little, and whose operands still fit the second-level cache. */
    static final int CAPACITY = 1024;

    private static final int P = G1Affine.LIMBS;
    private static final int L = Fq.LIMBS;

    private final long[] denominator = new long[L * CAPACITY];
    private final long[] prefix = new long[L * (CAPACITY + 1)];
    private final int[] active = new int[CAPACITY];
    private final boolean[] doubling = new boolean[CAPACITY];
    private final long[] t = new long[5 * L];

    /** {@code sum[i] += operand[i]} for the first {@code count} points, at most {@link #CAPACITY}; the operand may be the sum itself. */
    void add(long[] sum, long[] operand, int count) {
        int n = 0;
        Fq.setOne(prefix, 0);
        for (int i = 0; i < count; i++) {
            final int o = P * i;
            if (isInfinity(operand, o)) {
                continue;
            }
            if (isInfinity(sum, o)) {
                System.arraycopy(operand, o, sum, o, P);
                continue;
            }
            Fq.sub(denominator, L * n, operand, o, sum, o);
            doubling[n] = Fq.isZero(denominator, L * n);
            if (doubling[n]) {
                if (!Fq.equal(operand, o + L, sum, o + L)) {
                    Fq.setZero(sum, o);
                    Fq.setZero(sum, o + L);
                    continue;
                }
                Fq.add(denominator, L * n, sum, o + L, sum, o + L); // not 0: G1 has no point of order two
            }
            Fq.mul(prefix, L * (n + 1), prefix, L * n, denominator, L * n);
            active[n++] = i;
        }
        if (n == 0) {
            return;
        }
        Fq.inverse(t, 0, prefix, L * n);
        for (int k = n - 1; k >= 0; k--) {
            Fq.mul(t, L, t, 0, prefix, L * k); // 1 / denominator
            Fq.mul(t, 0, t, 0, denominator, L * k);
            finish(sum, operand, P * active[k], doubling[k]);
        }
    }

    /** One addition, by the inverse of the denominator in t[4..8). */
    private void finish(long[] sum, long[] operand, int o, boolean isDoubling) {
        if (isDoubling) {
            Fq.square(t, 2 * L, sum, o);
            Fq.add(t, 3 * L, t, 2 * L, t, 2 * L);
            Fq.add(t, 2 * L, t, 3 * L, t, 2 * L); // 3 x^2
        } else {
            Fq.sub(t, 2 * L, operand, o + L, sum, o + L);
        }
        Fq.mul(t, 2 * L, t, 2 * L, t, L); // slope
        Fq.square(t, 3 * L, t, 2 * L);
        Fq.sub(t, 3 * L, t, 3 * L, sum, o);
        Fq.sub(t, 3 * L, t, 3 * L, operand, o); // x
        Fq.sub(t, 4 * L, sum, o, t, 3 * L);
        Fq.mul(t, 4 * L, t, 4 * L, t, 2 * L);
        Fq.sub(sum, o + L, t, 4 * L, sum, o + L);
        Fq.copy(sum, o, t, 3 * L);
    }

    private static boolean isInfinity(long[] points, int o) {
        return Fq.isZero(points, o) && Fq.isZero(points, o + L);
    }
}
