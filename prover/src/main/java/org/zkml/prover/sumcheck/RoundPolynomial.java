package org.zkml.prover.sumcheck;

import java.util.Arrays;
import org.zkml.prover.field.Scalar;

/** Univariate polynomials of degree at most four, by coefficients c_0 .. */
final class RoundPolynomial {

    private RoundPolynomial() {}

    /**
     * The polynomial of degree d with the values {@code at[0] = p(0)}, {@code at[i] = p(i + 1)} for 1 <= i < d, and {@code p(0) + p(1) = claim}, by
     * Newton's divided differences.
     */
    static Scalar[] interpolate(Scalar[] at, Scalar claim) {
        final int d = at.length;
        final Scalar[] differences = new Scalar[d + 1];
        differences[0] = at[0];
        differences[1] = claim.sub(at[0]);
        System.arraycopy(at, 1, differences, 2, d - 1);
        for (int order = 1; order <= d; order++) {
            final Scalar inverse = Scalar.of(order).inverse();
            for (int i = d; i >= order; i--) {
                differences[i] = differences[i].sub(differences[i - 1]).mul(inverse);
            }
        }
        // expand sum_i differences[i] X (X - 1) .. (X - i + 1) by Horner
        final Scalar[] c = new Scalar[d + 1];
        Arrays.fill(c, Scalar.ZERO);
        for (int i = d; i >= 0; i--) {
            final Scalar node = Scalar.of(i);
            for (int k = d; k > 0; k--) {
                c[k] = c[k - 1].sub(node.mul(c[k]));
            }
            c[0] = differences[i].sub(node.mul(c[0]));
        }
        return c;
    }

    static Scalar evaluate(Scalar[] c, Scalar x) {
        Scalar value = Scalar.ZERO;
        for (int k = c.length - 1; k >= 0; k--) {
            value = value.mul(x).add(c[k]);
        }
        return value;
    }
}
