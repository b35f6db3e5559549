package org.zkml.prover.field;

import java.math.BigInteger;

/**
 * The quadratic extension Fq[u]/(u^2 + 1) of BN254, over which G2 is defined: kernels on flat arrays, eight limbs an element,
 * first the coefficient of 1, then that of u, each as in {@link Fq}. Results may overwrite operands. Kernels that need room take a
 * scratch array {@code t} and use {@link #SCRATCH} limbs of it from {@code to}; it must not overlap operands or result.
 */
public final class Fq2 {

    /** Limbs of an element. */
    public static final int LIMBS = 2 * Fq.LIMBS;

    /** Limbs of scratch. */
    public static final int SCRATCH = 3 * Fq.LIMBS;

    private static final int IM = Fq.LIMBS;

    private Fq2() {}

    /** z = x y: four products in Fq with two reductions. */
    public static void mul(long[] z, int zo, long[] x, int xo, long[] y, int yo, long[] t, int to) {
        FqPairs.subtractProducts(t, to, x, xo, y, yo, x, xo + IM, y, yo + IM);
        FqPairs.addProducts(z, zo + IM, x, xo, y, yo + IM, x, xo + IM, y, yo);
        Fq.copy(z, zo, t, to);
    }

    /** z = x^2 = (a + b)(a - b) + 2ab u: two products in Fq. */
    public static void square(long[] z, int zo, long[] x, int xo, long[] t, int to) {
        Fq.add(t, to, x, xo, x, xo + IM);
        Fq.sub(t, to + 4, x, xo, x, xo + IM);
        Fq.add(t, to + 8, x, xo, x, xo);
        Fq.mul(z, zo + IM, t, to + 8, x, xo + IM);
        Fq.mul(z, zo, t, to, t, to + 4);
    }

    /** z = x s for s in Fq, which must not overlap z. */
    public static void mulByFq(long[] z, int zo, long[] x, int xo, long[] s, int so) {
        Fq.mul(z, zo, x, xo, s, so);
        Fq.mul(z, zo + IM, x, xo + IM, s, so);
    }

    /** z = x (9 + u), the non-residue from which the sextic twist and Fq6 are built: additions only. */
    public static void mulByNonResidue(long[] z, int zo, long[] x, int xo, long[] t, int to) {
        FqPairs.subtractFromNineTimes(t, to, x, xo, x, xo + IM);
        FqPairs.addNineTimes(z, zo + IM, x, xo + IM, x, xo);
        Fq.copy(z, zo, t, to);
    }

    public static void add(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
        Fq.add(z, zo, x, xo, y, yo);
        Fq.add(z, zo + IM, x, xo + IM, y, yo + IM);
    }

    public static void sub(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
        Fq.sub(z, zo, x, xo, y, yo);
        Fq.sub(z, zo + IM, x, xo + IM, y, yo + IM);
    }

    /** z = -x. */
    public static void neg(long[] z, int zo, long[] x, int xo) {
        Fq.neg(z, zo, x, xo);
        Fq.neg(z, zo + IM, x, xo + IM);
    }

    /** z = a - b u for x = a + b u, which is x^q. */
    public static void conjugate(long[] z, int zo, long[] x, int xo) {
        Fq.copy(z, zo, x, xo);
        Fq.neg(z, zo + IM, x, xo + IM);
    }

    /** z = 1/x = (a - b u) / (a^2 + b^2), and 0 for 0; one inversion in Fq. */
    public static void inverse(long[] z, int zo, long[] x, int xo, long[] t, int to) {
        Fq.square(t, to, x, xo);
        Fq.square(t, to + 4, x, xo + IM);
        Fq.add(t, to, t, to, t, to + 4);
        Fq.inverse(t, to, t, to);
        Fq.mul(z, zo, x, xo, t, to);
        Fq.mul(z, zo + IM, x, xo + IM, t, to);
        Fq.neg(z, zo + IM, z, zo + IM);
    }

    /**
     * Inverts count neighbouring elements in place by Montgomery's trick: three products an element and one inversion.
     *
     * @throws ArithmeticException if one of them is 0
     */
    public static void invertAll(long[] x, int xo, int count) {
        final long[] prefix = new long[LIMBS * (count + 1)];
        final long[] t = new long[2 * LIMBS + SCRATCH];
        setOne(prefix, 0);
        for (int i = 0; i < count; i++) {
            mul(prefix, LIMBS * (i + 1), prefix, LIMBS * i, x, xo + LIMBS * i, t, 2 * LIMBS);
        }
        if (isZero(prefix, LIMBS * count)) {
            throw new ArithmeticException("zero has no inverse");
        }
        inverse(t, 0, prefix, LIMBS * count, t, 2 * LIMBS);
        for (int i = count - 1; i >= 0; i--) {
            mul(t, LIMBS, t, 0, x, xo + LIMBS * i, t, 2 * LIMBS);
            mul(x, xo + LIMBS * i, t, 0, prefix, LIMBS * i, t, 2 * LIMBS);
            copy(t, 0, t, LIMBS);
        }
    }

    /** z = x^exponent for an exponent that is not negative; 0^0 = 1. */
    public static void pow(long[] z, int zo, long[] x, int xo, BigInteger exponent) {
        final long[] t = new long[2 * LIMBS + SCRATCH];
        setOne(t, 0);
        copy(t, LIMBS, x, xo);
        for (int i = exponent.bitLength() - 1; i >= 0; i--) {
            square(t, 0, t, 0, t, 2 * LIMBS);
            if (exponent.testBit(i)) {
                mul(t, 0, t, 0, t, LIMBS, t, 2 * LIMBS);
            }
        }
        copy(z, zo, t, 0);
    }

    public static void copy(long[] z, int zo, long[] x, int xo) {
        Fq.copy(z, zo, x, xo);
        Fq.copy(z, zo + IM, x, xo + IM);
    }

    public static void setOne(long[] z, int zo) {
        Fq.setOne(z, zo);
        Fq.setZero(z, zo + IM);
    }

    public static void setZero(long[] z, int zo) {
        Fq.setZero(z, zo);
        Fq.setZero(z, zo + IM);
    }

    public static boolean isZero(long[] x, int xo) {
        return Fq.isZero(x, xo) && Fq.isZero(x, xo + IM);
    }

    public static boolean equal(long[] x, int xo, long[] y, int yo) {
        return Fq.equal(x, xo, y, yo) && Fq.equal(x, xo + IM, y, yo + IM);
    }
}
