package org.zkml.prover.poly;

import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.parallel.Parallel;

/** Kernels on tables of multilinear polynomials: flat elements of Fr. */
public final class Multilinear {

    private static final int MIN_CHUNK = 4096;

    private Multilinear() {}

    /** Binds the highest variable of a table of 2 half values to u, in place: afterwards the first half values count. */
    public static void bindHighest(long[] table, int half, Scalar u) {
        final long[] c = u.limbs();
        Parallel.forRange(0, half, MIN_CHUNK, (from, to) -> {
            final long[] t = new long[Fr.LIMBS];
            for (int i = from; i < to; i++) {
                final int lo = Fr.LIMBS * i;
                Fr.sub(t, 0, table, lo + Fr.LIMBS * half, table, lo);
                Fr.mul(t, 0, t, 0, c, 0);
                Fr.add(table, lo, table, lo, t, 0);
            }
        });
    }

    /** The value at the point; the table is destroyed. */
    static Scalar evaluate(long[] table, Scalar... point) {
        for (int k = point.length - 1; k >= 0; k--) {
            bindHighest(table, 1 << k, point[k]);
        }
        return Scalar.get(table, 0);
    }

    /**
     * Sums blocks of a table against weights: {@code out[outer][inner] = sum_middle weight[middle] f[outer][middle][inner]}, inner index lowest. This
     * is the partial evaluation of f in its middle variables if the weights are an eq table.
     */
    public static long[] contract(MultilinearPolynomial f, int innerVars, long[] weights) {
        final int middle = weights.length / Fr.LIMBS;
        final int inner = 1 << innerVars;
        final int outer = f.size() / middle / inner;
        final int[] small = f.smallValues();
        final long[] table = small == null ? f.table() : null;
        final long[] out = new long[Fr.LIMBS * outer * inner];
        Parallel.forRange(0, outer * inner, Math.max(1, MIN_CHUNK / middle), (from, to) -> {
            final long[] t = new long[Fr.LIMBS];
            for (int place = from; place < to; place++) {
                final int start = place / inner * middle * inner + place % inner;
                for (int m = 0; m < middle; m++) {
                    final int source = start + m * inner;
                    if (small == null) {
                        Fr.mul(t, 0, table, Fr.LIMBS * source, weights, Fr.LIMBS * m);
                    } else if (small[source] == 0) {
                        continue;
                    } else {
                        Fr.fromLong(t, 0, small[source]);
                        Fr.mul(t, 0, t, 0, weights, Fr.LIMBS * m);
                    }
                    Fr.add(out, Fr.LIMBS * place, out, Fr.LIMBS * place, t, 0);
                }
            }
        });
        return out;
    }
}
