package org.zkml.prover.pairing;

import org.zkml.prover.field.Fq2;

/**
 * Fq2[v]/(v^3 - (9 + u)): kernels on flat arrays, 24 limbs an element, the coefficients of 1, v, v^2. Results may overwrite
 * operands; scratch as in {@link Fq2}.
 */
final class Fq6 {

    static final int LIMBS = 3 * Fq2.LIMBS;
    static final int SCRATCH = 7 * Fq2.LIMBS + Fq2.SCRATCH;

    private static final int L = Fq2.LIMBS;

    private Fq6() {}

    /** z = x y: six products in Fq2 (Karatsuba; Devegili et al., ePrint 2006/471, section 4). */
    static void mul(long[] z, int zo, long[] x, int xo, long[] y, int yo, long[] t, int to) {
        final int x1 = xo + L, x2 = xo + 2 * L, y1 = yo + L, y2 = yo + 2 * L;
        final int v0 = to, v1 = to + L, v2 = to + 2 * L, a = to + 3 * L, b = to + 4 * L, c = to + 5 * L, d = to + 6 * L;
        final int s = to + 7 * L;
        Fq2.mul(t, v0, x, xo, y, yo, t, s);
        Fq2.mul(t, v1, x, x1, y, y1, t, s);
        Fq2.mul(t, v2, x, x2, y, y2, t, s);
        Fq2.add(t, a, x, x1, x, x2);
        Fq2.add(t, b, y, y1, y, y2);
        Fq2.mul(t, c, t, a, t, b, t, s);
        Fq2.sub(t, c, t, c, t, v1);
        Fq2.sub(t, c, t, c, t, v2); // x1 y2 + x2 y1
        Fq2.mulByNonResidue(t, c, t, c, t, s);
        Fq2.add(t, a, x, xo, x, x1);
        Fq2.add(t, b, y, yo, y, y1);
        Fq2.mul(t, d, t, a, t, b, t, s);
        Fq2.sub(t, d, t, d, t, v0);
        Fq2.sub(t, d, t, d, t, v1); // x0 y1 + x1 y0
        Fq2.add(t, a, x, xo, x, x2);
        Fq2.add(t, b, y, yo, y, y2);
        Fq2.mul(t, a, t, a, t, b, t, s);
        Fq2.sub(t, a, t, a, t, v0);
        Fq2.sub(t, a, t, a, t, v2); // x0 y2 + x2 y0
        Fq2.add(z, zo, t, c, t, v0);
        Fq2.mulByNonResidue(t, v2, t, v2, t, s);
        Fq2.add(z, zo + L, t, d, t, v2);
        Fq2.add(z, zo + 2 * L, t, a, t, v1);
    }

    /** z = x (y0 + y1 v), y0 and y1 in Fq2: five products. */
    static void mulByLow(long[] z, int zo, long[] x, int xo, long[] y0, int y0o, long[] y1, int y1o, long[] t, int to) {
        final int x1 = xo + L, x2 = xo + 2 * L;
        final int v0 = to, v1 = to + L, a = to + 2 * L, b = to + 3 * L, c = to + 4 * L, s = to + 7 * L;
        Fq2.mul(t, v0, x, xo, y0, y0o, t, s);
        Fq2.mul(t, v1, x, x1, y1, y1o, t, s);
        Fq2.add(t, a, x, xo, x, x1);
        Fq2.add(t, b, y0, y0o, y1, y1o);
        Fq2.mul(t, a, t, a, t, b, t, s);
        Fq2.sub(t, a, t, a, t, v0);
        Fq2.sub(t, a, t, a, t, v1); // x0 y1 + x1 y0
        Fq2.mul(t, b, x, x2, y1, y1o, t, s);
        Fq2.mulByNonResidue(t, b, t, b, t, s);
        Fq2.mul(t, c, x, x2, y0, y0o, t, s);
        Fq2.add(z, zo, t, v0, t, b);
        Fq2.copy(z, zo + L, t, a);
        Fq2.add(z, zo + 2 * L, t, v1, t, c);
    }

    /** z = x v. */
    static void mulByV(long[] z, int zo, long[] x, int xo, long[] t, int to) {
        Fq2.mulByNonResidue(t, to, x, xo + 2 * L, t, to + L);
        Fq2.copy(z, zo + 2 * L, x, xo + L);
        Fq2.copy(z, zo + L, x, xo);
        Fq2.copy(z, zo, t, to);
    }

    static void add(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
        Fq2.add(z, zo, x, xo, y, yo);
        Fq2.add(z, zo + L, x, xo + L, y, yo + L);
        Fq2.add(z, zo + 2 * L, x, xo + 2 * L, y, yo + 2 * L);
    }

    static void sub(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
        Fq2.sub(z, zo, x, xo, y, yo);
        Fq2.sub(z, zo + L, x, xo + L, y, yo + L);
        Fq2.sub(z, zo + 2 * L, x, xo + 2 * L, y, yo + 2 * L);
    }

    static void neg(long[] z, int zo, long[] x, int xo) {
        Fq2.neg(z, zo, x, xo);
        Fq2.neg(z, zo + L, x, xo + L);
        Fq2.neg(z, zo + 2 * L, x, xo + 2 * L);
    }

    /** z = 1/x, and 0 for 0: by the norm to Fq2 (Beuchat et al., ePrint 2010/354, algorithm 17). */
    static void inverse(long[] z, int zo, long[] x, int xo, long[] t, int to) {
        final int x1 = xo + L, x2 = xo + 2 * L;
        final int a = to, b = to + L, c = to + 2 * L, d = to + 3 * L, e = to + 4 * L, s = to + 7 * L;
        Fq2.mul(t, d, x, x1, x, x2, t, s);
        Fq2.mulByNonResidue(t, d, t, d, t, s);
        Fq2.square(t, a, x, xo, t, s);
        Fq2.sub(t, a, t, a, t, d); // x0^2 - xi x1 x2
        Fq2.square(t, b, x, x2, t, s);
        Fq2.mulByNonResidue(t, b, t, b, t, s);
        Fq2.mul(t, d, x, xo, x, x1, t, s);
        Fq2.sub(t, b, t, b, t, d); // xi x2^2 - x0 x1
        Fq2.square(t, c, x, x1, t, s);
        Fq2.mul(t, d, x, xo, x, x2, t, s);
        Fq2.sub(t, c, t, c, t, d); // x1^2 - x0 x2
        Fq2.mul(t, d, x, x2, t, b, t, s);
        Fq2.mul(t, e, x, x1, t, c, t, s);
        Fq2.add(t, d, t, d, t, e);
        Fq2.mulByNonResidue(t, d, t, d, t, s);
        Fq2.mul(t, e, x, xo, t, a, t, s);
        Fq2.add(t, d, t, d, t, e);
        Fq2.inverse(t, d, t, d, t, s);
        Fq2.mul(z, zo, t, a, t, d, t, s);
        Fq2.mul(z, zo + L, t, b, t, d, t, s);
        Fq2.mul(z, zo + 2 * L, t, c, t, d, t, s);
    }
}
