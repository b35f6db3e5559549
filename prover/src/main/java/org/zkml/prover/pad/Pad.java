package org.zkml.prover.pad;

import java.math.BigInteger;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;

/**
 * The domain of the one-time pads (docs/proof-system.md, section 4.1): the subgroup {@code H = {w^i}} of order 128. Slot {@code 2 j} is a_j, slot
 * {@code 2 j + 1} is b_j.
 */
public final class Pad {

    /** m, the order of H. */
    public static final int ORDER = 128;

    /** Pads in all: a_j and b_j. */
    public static final int SLOTS = 2 * ORDER;

    private static final Scalar[] POWERS =
            powersOf(Scalar.of(5).pow(Fr.MODULUS.subtract(BigInteger.ONE).shiftRight(7)));
    private static final Scalar ORDER_INVERSE = Scalar.of(ORDER).inverse();

    private Pad() {}

    private static Scalar[] powersOf(Scalar root) {
        final Scalar[] powers = new Scalar[ORDER];
        powers[0] = Scalar.ONE;
        for (int i = 1; i < ORDER; i++) {
            powers[i] = powers[i - 1].mul(root);
        }
        return powers;
    }

    /** 1/m. */
    public static Scalar orderInverse() {
        return ORDER_INVERSE;
    }

    /** w^i, for i of any sign. */
    public static Scalar root(int i) {
        return POWERS[Math.floorMod(i, ORDER)];
    }

    /** Z_H(x) = x^m - 1. */
    public static Scalar vanishing(Scalar x) {
        return x.pow(ORDER).sub(Scalar.ONE);
    }

    /** Coefficients of {@code sum_j values[j] L_j}: the inverse Fourier transform, by its definition. */
    public static Scalar[] interpolate(Scalar... values) {
        final Scalar[] coefficients = new Scalar[ORDER];
        for (int k = 0; k < ORDER; k++) {
            Scalar sum = Scalar.ZERO;
            for (int j = 0; j < ORDER; j++) {
                if (!values[j].isZero()) {
                    sum = sum.add(values[j].mul(root(-j * k)));
                }
            }
            coefficients[k] = sum.mul(ORDER_INVERSE);
        }
        return coefficients;
    }

    /** L_0(x) .. L_{m-1}(x) for x outside H: {@code Z_H(x) w^j / (m (x - w^j))}, with one inversion. */
    public static Scalar[] lagrange(Scalar x) {
        final long[] inverses = new long[Fr.LIMBS * ORDER];
        for (int j = 0; j < ORDER; j++) {
            x.sub(root(j)).put(inverses, j);
        }
        Fr.invertAll(inverses, 0, ORDER);
        final Scalar scale = vanishing(x).mul(ORDER_INVERSE);
        final Scalar[] values = new Scalar[ORDER];
        for (int j = 0; j < ORDER; j++) {
            values[j] = scale.mul(root(j)).mul(Scalar.get(inverses, j));
        }
        return values;
    }
}
