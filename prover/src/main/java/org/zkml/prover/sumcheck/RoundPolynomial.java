package org.zkml.prover.sumcheck;

import org.zkml.prover.field.Scalar;

/** Univariate polynomials of degree at most four, by coefficients c_0 .. */
final class RoundPolynomial {

    private RoundPolynomial() {}

    /** What a round polynomial of degree d is evaluated at, beside 0 and 1: all d - 1 first of these. */
    enum Point {
        /** The coefficient of X^d. */
        INFINITY,
        TWO,
        MINUS_ONE
    }

    private static final Scalar HALF = Scalar.of(2).inverse();
    private static final Scalar SIXTH = Scalar.of(6).inverse();

    /**
     * The polynomial of degree d from 1 to 4 with {@code at[0] = p(0)}, {@code p(0) + p(1) = claim} and {@code at[1] .. at[d - 1]} its values at the
     * {@link Point}s, in their order.
     */
    static Scalar[] interpolate(Scalar[] at, Scalar claim) {
        final int d = at.length;
        final Scalar[] c = new Scalar[d + 1];
        c[0] = at[0];
        Scalar atOne = claim.sub(at[0]).sub(at[0]); // of what is left without c_0, then without c_d
        if (d > 1) {
            c[d] = at[1];
            atOne = atOne.sub(c[d]);
        }
        if (d > 2) {
            // c_1 + c_2 + c_3 and 2 c_1 + 4 c_2 + 8 c_3, and -c_1 + c_2 - c_3
            final Scalar atTwo = at[2].sub(c[0]).sub(c[d].mul(Scalar.of(1L << d)));
            if (d == 3) {
                c[2] = atTwo.mul(HALF).sub(atOne);
            } else {
                c[2] = atOne.add(at[3].sub(c[0]).sub(c[4])).mul(HALF);
                final Scalar odd = atOne.sub(c[2]);
                c[3] = atTwo.sub(c[2].mul(Scalar.of(4))).sub(odd.add(odd)).mul(SIXTH);
            }
            for (int k = 2; k < d; k++) {
                atOne = atOne.sub(c[k]);
            }
        }
        c[1] = atOne;
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
