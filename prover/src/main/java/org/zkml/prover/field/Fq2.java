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

    /** z = x y: three products in Fq (Karatsuba). */
    public static void mul(long[] z, int zo, long[] x, int xo, long[] y, int yo, long[] t, int to) {
        Fq.add(t, to, x, xo, x, xo + IM);
        Fq.add(t, to + 4, y, yo, y, yo + IM);
        Fq.mul(t, to + 8, t, to, t, to + 4);
        Fq.mul(t, to, x, xo, y, yo);
        Fq.mul(t, to + 4, x, xo + IM, y, yo + IM);
        Fq.sub(z, zo, t, to, t, to + 4);
        Fq.sub(t, to + 8, t, to + 8, t, to);
        Fq.sub(z, zo + IM, t, to + 8, t, to + 4);
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
        Fq.add(t, to, x, xo, x, xo);
        Fq.add(t, to, t, to, t, to);
        Fq.add(t, to, t, to, t, to);
        Fq.add(t, to, t, to, x, xo); // 9a
        Fq.add(t, to + 4, x, xo + IM, x, xo + IM);
        Fq.add(t, to + 4, t, to + 4, t, to + 4);
        Fq.add(t, to + 4, t, to + 4, t, to + 4);
        Fq.add(t, to + 4, t, to + 4, x, xo + IM); // 9b
        Fq.sub(t, to, t, to, x, xo + IM);
        Fq.add(z, zo + IM, t, to + 4, x, xo);
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
