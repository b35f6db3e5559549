package org.zkml.prover.engine;

import java.util.Arrays;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.poly.MultilinearPolynomial;

/** Univariate polynomials by their definitions: coefficients, lowest first, of any number. */
final class Univariate {

    private Univariate() {}

    static Scalar[] zeros(int count) {
        final Scalar[] zeros = new Scalar[count];
        Arrays.fill(zeros, Scalar.ZERO);
        return zeros;
    }

    /** U(f): a table as coefficients. */
    static Scalar[] of(MultilinearPolynomial f) {
        final FrVector table = f.values();
        final Scalar[] coefficients = new Scalar[f.size()];
        Arrays.setAll(coefficients, i -> table.get(i));
        return coefficients;
    }

    /** Coefficients as a table. */
    static MultilinearPolynomial multilinear(Scalar... p) {
        final FrVector table = FrVector.zeros(p.length);
        for (int i = 0; i < p.length; i++) {
            table.set(i, p[i]);
        }
        return MultilinearPolynomial.of(table);
    }

    static Scalar at(Scalar[] p, Scalar x) {
        return Coefficients.evaluate(p, x);
    }

    static Scalar[] add(Scalar[]... summands) {
        final Scalar[] sum =
                zeros(Arrays.stream(summands).mapToInt(p -> p.length).max().orElseThrow());
        for (Scalar[] p : summands) {
            for (int i = 0; i < p.length; i++) {
                sum[i] = sum[i].add(p[i]);
            }
        }
        return sum;
    }

    static Scalar[] scale(Scalar[] p, Scalar factor) {
        return Arrays.stream(p).map(factor::mul).toArray(Scalar[]::new);
    }

    static Scalar[] subtract(Scalar[] p, Scalar[] q) {
        return add(p, scale(q, Scalar.ONE.negate()));
    }

    static Scalar[] multiply(Scalar[] p, Scalar[] q) {
        final Scalar[] product = zeros(p.length + q.length - 1);
        for (int i = 0; i < p.length; i++) {
            if (!p[i].isZero()) {
                for (int j = 0; j < q.length; j++) {
                    product[i + j] = product[i + j].add(p[i].mul(q[j]));
                }
            }
        }
        return product;
    }

    /** X p. */
    static Scalar[] shift(Scalar... p) {
        return multiply(p, new Scalar[] {Scalar.ZERO, Scalar.ONE});
    }

    /** {@code X^{size - 1} p(1/X)} without its negative powers. */
    static Scalar[] reverse(Scalar[] p, int size) {
        final Scalar[] reversed = zeros(size);
        for (int i = 0; i < Math.min(size, p.length); i++) {
            reversed[size - 1 - i] = p[i];
        }
        return reversed;
    }

    /** {@code {quotient, remainder}} by a polynomial with a leading coefficient that is not zero. */
    static Scalar[][] divide(Scalar[] p, Scalar[] divisor, Scalar leadingInverse) {
        final int degree = divisor.length - 1;
        final Scalar[] rest = p.clone();
        final Scalar[] quotient = zeros(Math.max(1, p.length - degree));
        for (int i = p.length - 1; i >= degree; i--) {
            final Scalar factor = rest[i].mul(leadingInverse);
            quotient[i - degree] = factor;
            for (int j = 0; j <= degree; j++) {
                rest[i - degree + j] = rest[i - degree + j].sub(factor.mul(divisor[j]));
            }
        }
        return new Scalar[][] {quotient, Arrays.copyOf(rest, Math.min(rest.length, degree))};
    }

    /** The quotient by X - root, whatever the remainder. */
    static Scalar[] divideByLinear(Scalar[] p, Scalar root) {
        return divide(p, new Scalar[] {root.negate(), Scalar.ONE}, Scalar.ONE)[0];
    }

    static Scalar[] remainderByVanishing(Scalar... p) {
        return Arrays.copyOf(divide(p, vanishing(), Scalar.ONE)[1], Pad.ORDER);
    }

    static Scalar[] quotientByVanishing(Scalar... p) {
        return divide(p, vanishing(), Scalar.ONE)[0];
    }

    private static Scalar[] vanishing() {
        final Scalar[] z = zeros(Pad.ORDER + 1);
        z[0] = Scalar.ONE.negate();
        z[Pad.ORDER] = Scalar.ONE;
        return z;
    }

    /** The quotients q_k of {@code f~(x) - f~(u) = sum_k (x_k - u_k) q_k}, from the highest variable down. */
    static Scalar[][] divide(Scalar[] f, Scalar... u) {
        final Scalar[][] quotients = new Scalar[u.length][];
        Scalar[] folded = f;
        for (int k = u.length - 1; k >= 0; k--) {
            final int half = 1 << k;
            final Scalar[] low = Arrays.copyOf(folded, half);
            quotients[k] = subtract(Arrays.copyOfRange(folded, half, 2 * half), low);
            folded = add(low, scale(quotients[k], u[k]));
        }
        return quotients;
    }
}
