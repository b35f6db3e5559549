package org.zkml.prover.pad;

import java.util.Arrays;
import org.zkml.prover.field.Scalar;

/**
 * The prover's pads and the univariate identity about them (docs/proof-system.md, sections 4.1 and 4.4):
 * {@code A = sum a_j L_j + a* Z_H}, {@code B = sum b_j L_j}, {@code C = sum a_j b_j L_j}. Polynomials are coefficients, lowest first.
 */
public final class PadPolynomials {

    private final Scalar[] slots;
    private final Scalar[] a;
    private final Scalar[] b;
    private final Scalar[] c;

    /**
     * @param slots all 256 pads: a_j in slot 2 j, b_j in slot 2 j + 1
     * @param aStar the multiple of Z_H that makes A(x) uniform
     */
    public PadPolynomials(Scalar[] slots, Scalar aStar) {
        if (slots.length != Pad.SLOTS) {
            throw new IllegalArgumentException(slots.length + " pads, not " + Pad.SLOTS);
        }
        this.slots = slots.clone();
        final Scalar[] first = new Scalar[Pad.ORDER];
        final Scalar[] second = new Scalar[Pad.ORDER];
        final Scalar[] products = new Scalar[Pad.ORDER];
        for (int j = 0; j < Pad.ORDER; j++) {
            first[j] = slots[2 * j];
            second[j] = slots[2 * j + 1];
            products[j] = first[j].mul(second[j]);
        }
        a = Arrays.copyOf(Pad.interpolate(first), Pad.ORDER + 1);
        a[Pad.ORDER] = aStar;
        a[0] = a[0].sub(aStar);
        b = Pad.interpolate(second);
        c = Pad.interpolate(products);
    }

    /** The pad of a slot. */
    public Scalar slot(int slot) {
        return slots[slot];
    }

    public Scalar[] a() {
        return a;
    }

    public Scalar[] b() {
        return b;
    }

    public Scalar[] c() {
        return c;
    }

    /** R and Q of one equation. */
    public record Quotients(Scalar[] r, PadPolynomials pads, Scalar[] weighted) {

        /** {@code Q = (A B - C + kappa (weighted - X R)) / Z_H}; the division leaves a remainder if the equation does not hold. */
        public Scalar[] quotient(Scalar kappa) {
            final Scalar[] sum = multiply(pads.a, pads.b);
            for (int i = 0; i < pads.c.length; i++) {
                sum[i] = sum[i].sub(pads.c[i]);
            }
            for (int i = 0; i < weighted.length; i++) {
                sum[i] = sum[i].add(kappa.mul(weighted[i]));
            }
            for (int i = 0; i < r.length; i++) {
                sum[i + 1] = sum[i + 1].sub(kappa.mul(r[i]));
            }
            return divideByVanishing(sum);
        }
    }

    /** R of {@code A wA + B wB + C wC + (K0 + theta V) / m = X R + Z_H (..)}, deg R at most m - 2, for an equation that holds. */
    public Quotients solve(PadEquation equation, Scalar v) {
        final Scalar[] weighted = multiply(a, Pad.interpolate(equation.weightsA()));
        addTo(weighted, multiply(b, Pad.interpolate(equation.weightsB())));
        addTo(weighted, multiply(c, Pad.interpolate(equation.weightsC())));
        weighted[0] =
                weighted[0].add(equation.constant().add(equation.theta().mul(v)).mul(Pad.orderInverse()));
        final Scalar[] rest = weighted.clone();
        divideByVanishing(rest);
        return new Quotients(Arrays.copyOfRange(rest, 1, Pad.ORDER), this, weighted);
    }

    /** Divides by X^m - 1 in place: the remainder is left in the first m coefficients. */
    private static Scalar[] divideByVanishing(Scalar[] polynomial) {
        final Scalar[] quotient = new Scalar[polynomial.length - Pad.ORDER];
        for (int i = polynomial.length - 1; i >= Pad.ORDER; i--) {
            quotient[i - Pad.ORDER] = polynomial[i];
            polynomial[i - Pad.ORDER] = polynomial[i - Pad.ORDER].add(polynomial[i]);
        }
        return quotient;
    }

    private static void addTo(Scalar[] target, Scalar[] other) {
        for (int i = 0; i < other.length; i++) {
            target[i] = target[i].add(other[i]);
        }
    }

    private static Scalar[] multiply(Scalar[] p, Scalar[] q) {
        final Scalar[] product = new Scalar[2 * Pad.ORDER];
        Arrays.fill(product, Scalar.ZERO);
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < q.length; j++) {
                product[i + j] = product[i + j].add(p[i].mul(q[j]));
            }
        }
        return product;
    }
}
