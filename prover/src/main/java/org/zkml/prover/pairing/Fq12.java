package org.zkml.prover.pairing;

import java.math.BigInteger;
import java.util.Arrays;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fq2;

/**
 * Fq6[w]/(w^2 - v), where pairings have their values: kernels on flat arrays, 48 limbs an element that starts at index 0, the
 * coefficients of 1 and w. Results may overwrite operands; scratch as in {@link Fq2}, but a whole array of {@link #SCRATCH} limbs.
 */
final class Fq12 {

    static final int LIMBS = 2 * Fq6.LIMBS;
    static final int SCRATCH = 3 * Fq6.LIMBS + Fq6.SCRATCH;

    private static final int L = Fq2.LIMBS;
    private static final int C1 = Fq6.LIMBS;
    private static final int A = 0;
    private static final int B = Fq6.LIMBS;
    private static final int C = 2 * Fq6.LIMBS;
    private static final int S = 3 * Fq6.LIMBS;

    /** (9 + u)^(k (q-1)/6) for k = 0 .. 5. */
    private static final long[] FROBENIUS = frobeniusFactors();

    private Fq12() {}

    private static long[] frobeniusFactors() {
        final long[] factors = new long[6 * L];
        final long[] t = new long[L + Fq2.SCRATCH];
        Fq.fromLong(t, 0, 9);
        Fq.setOne(t, Fq.LIMBS);
        Fq2.setOne(factors, 0);
        Fq2.pow(factors, L, t, 0, Fq.MODULUS.subtract(BigInteger.ONE).divide(BigInteger.valueOf(6)));
        for (int k = 2; k < 6; k++) {
            Fq2.mul(factors, k * L, factors, (k - 1) * L, factors, L, t, L);
        }
        return factors;
    }

    static long[] one() {
        final long[] one = new long[LIMBS];
        Fq2.setOne(one, 0);
        return one;
    }

    static boolean isOne(long[] x) {
        return Arrays.equals(x, one());
    }

    /** z = x y: three products in Fq6. */
    static void mul(long[] z, long[] x, long[] y, long[] t) {
        Fq6.add(t, A, x, 0, x, C1);
        Fq6.add(t, B, y, 0, y, C1);
        Fq6.mul(t, C, t, A, t, B, t, S);
        Fq6.mul(t, A, x, 0, y, 0, t, S);
        Fq6.mul(t, B, x, C1, y, C1, t, S);
        Fq6.sub(t, C, t, C, t, A);
        Fq6.sub(z, C1, t, C, t, B);
        Fq6.mulByV(t, B, t, B, t, S);
        Fq6.add(z, 0, t, A, t, B);
    }

    /** z = x^2 = (a + b)(a + v b) - (1 + v) ab + 2ab w: two products in Fq6. */
    static void square(long[] z, long[] x, long[] t) {
        Fq6.mulByV(t, A, x, C1, t, S);
        Fq6.add(t, A, t, A, x, 0);
        Fq6.add(t, B, x, 0, x, C1);
        Fq6.mul(t, C, x, 0, x, C1, t, S);
        Fq6.mul(t, A, t, A, t, B, t, S);
        Fq6.sub(t, A, t, A, t, C);
        Fq6.add(z, C1, t, C, t, C);
        Fq6.mulByV(t, C, t, C, t, S);
        Fq6.sub(z, 0, t, A, t, C);
    }

    /** z = z (1 + l1 w + l2 w^3), the shape of a line; l holds l1, l2 of Fq2: ten products in Fq2. */
    static void mulByLine(long[] z, long[] l, long[] t) {
        Fq6.mulByLow(t, A, z, 0, l, 0, l, L, t, S);
        Fq6.mulByLow(t, B, z, C1, l, 0, l, L, t, S);
        Fq6.add(z, C1, z, C1, t, A);
        Fq6.mulByV(t, B, t, B, t, S);
        Fq6.add(z, 0, z, 0, t, B);
    }

    /** z = x^(q^6) = a - b w for x = a + b w; this is 1/x if x is in the cyclotomic subgroup. */
    static void conjugate(long[] z, long[] x) {
        System.arraycopy(x, 0, z, 0, Fq6.LIMBS);
        Fq6.neg(z, C1, x, C1);
    }

    /** z = 1/x = (a - b w)/(a^2 - v b^2), and 0 for 0. */
    static void inverse(long[] z, long[] x, long[] t) {
        Fq6.mul(t, A, x, 0, x, 0, t, S);
        Fq6.mul(t, B, x, C1, x, C1, t, S);
        Fq6.mulByV(t, B, t, B, t, S);
        Fq6.sub(t, A, t, A, t, B);
        Fq6.inverse(t, A, t, A, t, S);
        Fq6.mul(z, 0, x, 0, t, A, t, S);
        Fq6.mul(z, C1, x, C1, t, A, t, S);
        Fq6.neg(z, C1, z, C1);
    }

    /** z = x^q: conjugates every coefficient in Fq2 and multiplies that of w^k by (9 + u)^(k (q-1)/6). */
    static void frobenius(long[] z, long[] x, long[] t) {
        for (int i = 0; i < 6; i++) {
            final int k = i < 3 ? 2 * i : 2 * i - 5;
            Fq2.conjugate(z, i * L, x, i * L);
            Fq2.mul(z, i * L, z, i * L, FROBENIUS, k * L, t, 0);
        }
    }

    /**
     * z = x^2 for x in the cyclotomic subgroup (x^(q^4 - q^2 + 1) = 1): nine squarings in Fq2 (Granger, Scott, ePrint 2009/565, section
     * 3.2). With s = w^3, x = A + B w + C w^2 over Fq4 = Fq2[s], and x^2 = (3A^2 - 2A') + (3 s C^2 + 2B') w + (3B^2 - 2C') w^2, where '
     * changes the sign of s.
     */
    static void cyclotomicSquare(long[] z, long[] x, long[] t) {
        final int s = 6 * L;
        final int g0 = 0, g1 = L, g2 = 2 * L, h0 = C1, h1 = C1 + L, h2 = C1 + 2 * L;
        squareFq4(t, 0, x, g0, h1);
        squareFq4(t, 2 * L, x, h0, g2);
        squareFq4(t, 4 * L, x, g1, h2);
        Fq2.mulByNonResidue(t, 5 * L, t, 5 * L, t, s);
        tripleMinusTwice(z, g0, t, 0, x);
        triplePlusTwice(z, h1, t, L, x);
        tripleMinusTwice(z, g1, t, 2 * L, x);
        triplePlusTwice(z, h2, t, 3 * L, x);
        tripleMinusTwice(z, g2, t, 4 * L, x);
        triplePlusTwice(z, h0, t, 5 * L, x);
    }

    /** t[o..o+16) = (a^2 + (9 + u) b^2, 2ab) for the elements a, b of Fq2 in x; uses t from 48 on. */
    private static void squareFq4(long[] t, int o, long[] x, int a, int b) {
        final int aa = 6 * L, bb = 7 * L, s = 8 * L;
        Fq2.square(t, aa, x, a, t, s);
        Fq2.square(t, bb, x, b, t, s);
        Fq2.add(t, o + L, x, a, x, b);
        Fq2.square(t, o + L, t, o + L, t, s);
        Fq2.sub(t, o + L, t, o + L, t, aa);
        Fq2.sub(t, o + L, t, o + L, t, bb);
        Fq2.mulByNonResidue(t, bb, t, bb, t, s);
        Fq2.add(t, o, t, aa, t, bb);
    }

    /** z[o] = 3 t[to] - 2 x[o], in Fq2. */
    private static void tripleMinusTwice(long[] z, int o, long[] t, int to, long[] x) {
        Fq2.sub(z, o, t, to, x, o);
        Fq2.add(z, o, z, o, z, o);
        Fq2.add(z, o, z, o, t, to);
    }

    /** z[o] = 3 t[to] + 2 x[o], in Fq2. */
    private static void triplePlusTwice(long[] z, int o, long[] t, int to, long[] x) {
        Fq2.add(z, o, t, to, x, o);
        Fq2.add(z, o, z, o, z, o);
        Fq2.add(z, o, z, o, t, to);
    }
}
