package org.zkml.prover.poly;

import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.parallel.Parallel;

/** Evaluation of multilinear polynomials by their tables, whole or in some variables. */
public final class Multilinear {

    private static final int MIN_PRODUCTS = 4096;

    private Multilinear() {}

    /** The value at the point; the table is destroyed. */
    static Scalar evaluate(FrVector table, Scalar... point) {
        FrVector bound = table;
        for (int k = point.length - 1; k >= 0; k--) {
            bound = bound.bindHighest(point[k]);
        }
        return bound.get(0);
    }

    /**
     * Sums blocks of a table against weights: {@code out[outer][inner] = sum_middle weight[middle] f[outer][middle][inner]}, inner index lowest. This
     * is the partial evaluation of f in its middle variables if the weights are an eq table.
     */
    public static FrVector contract(MultilinearPolynomial f, int innerVars, FrVector weights) {
        final int middle = weights.size();
        final int inner = 1 << innerVars;
        final int outer = f.size() / middle / inner;
        final int[] small = f.smallValues();
        if (small != null && SmallContraction.fits(small, middle)) {
            return SmallContraction.of(small, outer, inner, weights);
        }
        final long[] table = f.values().toTable();
        final long[] factors = weights.toTable();
        final long[] out = new long[Fr.LIMBS * outer * inner];
        Parallel.forRange(0, outer * inner, Math.max(1, MIN_PRODUCTS / middle), (from, to) -> {
            final long[] t = new long[Fr.LIMBS];
            for (int place = from; place < to; place++) {
                final int start = place / inner * middle * inner + place % inner;
                for (int m = 0; m < middle; m++) {
                    Fr.mul(t, 0, table, Fr.LIMBS * (start + m * inner), factors, Fr.LIMBS * m);
                    Fr.add(out, Fr.LIMBS * place, out, Fr.LIMBS * place, t, 0);
                }
            }
        });
        return FrVector.of(out);
    }
}
