package org.zkml.prover.engine;

import java.util.Arrays;
import org.zkml.prover.field.Scalar;

/** Quotients of too high degree that make Zeromorph's identity true for a false value. */
public final class BezoutAttack {

    private BezoutAttack() {}

    /**
     * The factors M of q_{n2-1} and M' of q_{n2-2} in line 1 of P1 are coprime: {@code M s + M' t = -change Phi_{n2}} has a solution, and adding s and t to the two quotients moves V
     * by {@code change}.
     */
    public static Scalar[][] quotients(Scalar[][] honest, Scalar change, Scalar... u) {
        final int n2 = u.length;
        final int quarter = 1 << (n2 - 2);
        final Scalar high = u[n2 - 1];
        final Scalar low = u[n2 - 2];
        // in Y = X^{quarter}: M = (1 - high) Y^2 - high, M' = (1 + Y^2) ((1 - low) Y - low)
        final Scalar lead = Scalar.ONE.sub(high);
        final Scalar[] m = spread(quarter, high.negate(), Scalar.ZERO, lead);
        final Scalar slope = Scalar.ONE.sub(low);
        final Scalar[] other = spread(quarter, low.negate(), slope, low.negate(), slope);
        // modulo M, Y^2 = square and M' = (1 + square) (slope Y - low), whose inverse is (low + slope Y) / norm
        final Scalar square = high.mul(lead.inverse());
        final Scalar norm = Scalar.ONE
                .add(square)
                .mul(slope.square().mul(square).sub(low.square()))
                .inverse();
        final Scalar[] inverse = spread(quarter, low.mul(norm), slope.mul(norm));

        final Scalar[] target = new Scalar[1 << n2];
        Arrays.fill(target, change.negate());
        final Scalar[] t = Univariate.divide(Univariate.multiply(inverse, target), m, lead.inverse())[1];
        final Scalar[][] s =
                Univariate.divide(Univariate.subtract(target, Univariate.multiply(other, t)), m, lead.inverse());
        for (Scalar rest : s[1]) {
            if (!rest.isZero()) {
                throw new IllegalStateException("the attack's own algebra is wrong");
            }
        }
        final Scalar[][] quotients = honest.clone();
        quotients[n2 - 1] = Univariate.add(quotients[n2 - 1], s[0]);
        quotients[n2 - 2] = Univariate.add(quotients[n2 - 2], t);
        return quotients;
    }

    /** A polynomial in X^step. */
    private static Scalar[] spread(int step, Scalar... coefficients) {
        final Scalar[] p = Univariate.zeros(step * (coefficients.length - 1) + 1);
        for (int i = 0; i < coefficients.length; i++) {
            p[step * i] = coefficients[i];
        }
        return p;
    }
}
