package org.zkml.prover.field;

import java.math.BigInteger;

/**
 * Sums in {@link Fq} that products in {@link Fq2} need, with one reduction each. Carries of additions are computed from the signs: C2 may make a branch of a comparison, and on data that does not
 * repeat a branch on a carry is guessed wrongly every other time.
 */
final class FqPairs {

    private static final long MIN = Long.MIN_VALUE;
    private static final long Q0 = 0x3c208c16d87cfd47L;
    private static final long Q1 = 0x97816a916871ca8dL;
    private static final long Q2 = 0xb85045b68181585dL;
    private static final long Q3 = 0x30644e72e131a029L;
    private static final long INV = 0x87d20782e4866389L; // -1/q mod 2^64

    /** k q for k = 0 .. 9, four limbs each; below 2^257, of which the highest bit is left out. */
    private static final long[] MULTIPLES = multiples();

    private FqPairs() {}

    private static long[] multiples() {
        final long[] multiples = new long[10 * Fq.LIMBS];
        for (int k = 0; k < 10; k++) {
            for (int i = 0; i < Fq.LIMBS; i++) {
                multiples[Fq.LIMBS * k + i] = Fq.MODULUS
                        .multiply(BigInteger.valueOf(k))
                        .shiftRight(64 * i)
                        .longValue();
            }
        }
        return multiples;
    }

    /** z = x y + v w. */
    static void addProducts(long[] z, int zo, long[] x, int xo, long[] y, int yo, long[] v, int vo, long[] w, int wo) {
        addProducts(z, zo, x, xo, y, yo, v, vo, w[wo], w[wo + 1], w[wo + 2], w[wo + 3]);
    }

    /** z = x y - v w: the sum with q - w, which is at most q. */
    static void subtractProducts(
            long[] z, int zo, long[] x, int xo, long[] y, int yo, long[] v, int vo, long[] w, int wo) {
        final long w0 = Q0 - w[wo];
        long borrow = borrow(Q0, w[wo], w0);
        final long w1 = Q1 - w[wo + 1] - borrow;
        borrow = borrow(Q1, w[wo + 1], w1);
        final long w2 = Q2 - w[wo + 2] - borrow;
        borrow = borrow(Q2, w[wo + 2], w2);
        addProducts(z, zo, x, xo, y, yo, v, vo, w0, w1, w2, Q3 - w[wo + 3] - borrow);
    }

    /** z = 9 x + y. */
    static void addNineTimes(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
        addNineTimes(z, zo, x, xo, y[yo], y[yo + 1], y[yo + 2], y[yo + 3]);
    }

    /** z = 9 x - y = 9 x + (q - y). */
    static void subtractFromNineTimes(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
        final long y0 = Q0 - y[yo];
        long borrow = borrow(Q0, y[yo], y0);
        final long y1 = Q1 - y[yo + 1] - borrow;
        borrow = borrow(Q1, y[yo + 1], y1);
        final long y2 = Q2 - y[yo + 2] - borrow;
        borrow = borrow(Q2, y[yo + 2], y2);
        addNineTimes(z, zo, x, xo, y0, y1, y2, Q3 - y[yo + 3] - borrow);
    }

    /**
     * The sum s is below 10 q. With h = floor(s / 2^250) and q = 12.097.. 2^250, k = floor(84 h / 1024) is floor(s / q) or one less: 84/1024 is below 1/12.097.., for h up to 120 by
     * less than 0.08, and s / 2^250 exceeds h by less than 1. So s - k q is below 2 q, and its low four limbs suffice.
     */
    private static void addNineTimes(long[] z, int zo, long[] x, int xo, long y0, long y1, long y2, long y3) {
        final long x0 = x[xo];
        final long x1 = x[xo + 1];
        final long x2 = x[xo + 2];
        final long x3 = x[xo + 3];
        // x + y, below 2 q
        final long s0 = x0 + y0;
        long carry = carry(x0, y0, s0);
        final long s1 = x1 + y1 + carry;
        carry = carry(x1, y1, s1);
        final long s2 = x2 + y2 + carry;
        carry = carry(x2, y2, s2);
        final long s3 = x3 + y3 + carry;
        // + 8 x
        long a = x0 << 3;
        final long t0 = s0 + a;
        carry = carry(s0, a, t0);
        a = x1 << 3 | x0 >>> 61;
        final long t1 = s1 + a + carry;
        carry = carry(s1, a, t1);
        a = x2 << 3 | x1 >>> 61;
        final long t2 = s2 + a + carry;
        carry = carry(s2, a, t2);
        a = x3 << 3 | x2 >>> 61;
        final long t3 = s3 + a + carry;
        final long t4 = (x3 >>> 61) + carry(s3, a, t3);
        // - k q
        final int k = Fq.LIMBS * (int) ((t4 << 6 | t3 >>> 58) * 84 >> 10);
        final long r0 = t0 - MULTIPLES[k];
        long borrow = borrow(t0, MULTIPLES[k], r0);
        final long r1 = t1 - MULTIPLES[k + 1] - borrow;
        borrow = borrow(t1, MULTIPLES[k + 1], r1);
        final long r2 = t2 - MULTIPLES[k + 2] - borrow;
        borrow = borrow(t2, MULTIPLES[k + 2], r2);
        reduceOnce(z, zo, r0, r1, r2, t3 - MULTIPLES[k + 3] - borrow);
    }

    /**
     * Operand scanning with interleaved reduction (Longa, ePrint 2022/367, algorithm 2). With all operands at most q, the number of four limbs between two steps is at most 3 q, below 2^256, and the last one
     * (2 q^2 / 2^256 + q) below 2 q.
     */
    private static void addProducts(
            long[] z,
            int zo,
            long[] x,
            int xo,
            long[] y,
            int yo,
            long[] v,
            int vo,
            long w0,
            long w1,
            long w2,
            long w3) {
        final long y0 = y[yo];
        final long y1 = y[yo + 1];
        final long y2 = y[yo + 2];
        final long y3 = y[yo + 3];
        long t0, t1, t2, t3, t4, lo, hi, a, c;
        a = x[xo + 0];
        t0 = a * y0;
        c = Math.unsignedMultiplyHigh(a, y0);
        lo = a * y1;
        hi = Math.unsignedMultiplyHigh(a, y1);
        t1 = lo + c;
        c = hi + (t1 + MIN < c + MIN ? 1L : 0L);
        lo = a * y2;
        hi = Math.unsignedMultiplyHigh(a, y2);
        t2 = lo + c;
        c = hi + (t2 + MIN < c + MIN ? 1L : 0L);
        lo = a * y3;
        hi = Math.unsignedMultiplyHigh(a, y3);
        t3 = lo + c;
        c = hi + (t3 + MIN < c + MIN ? 1L : 0L);
        t4 = c;
        a = v[vo + 0];
        lo = a * w0;
        c = Math.unsignedMultiplyHigh(a, w0);
        t0 += lo;
        c += t0 + MIN < lo + MIN ? 1L : 0L;
        lo = a * w1;
        hi = Math.unsignedMultiplyHigh(a, w1);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t1 += lo;
        c = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = a * w2;
        hi = Math.unsignedMultiplyHigh(a, w2);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t2 += lo;
        c = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        lo = a * w3;
        hi = Math.unsignedMultiplyHigh(a, w3);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t3 += lo;
        c = hi + (t3 + MIN < lo + MIN ? 1L : 0L);
        t4 += c;
        a = t0 * INV;
        c = Math.unsignedMultiplyHigh(a, Q0) + (t0 != 0 ? 1L : 0L);
        lo = a * Q1;
        hi = Math.unsignedMultiplyHigh(a, Q1);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t0 = t1 + lo;
        c = hi + (t0 + MIN < lo + MIN ? 1L : 0L);
        lo = a * Q2;
        hi = Math.unsignedMultiplyHigh(a, Q2);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t1 = t2 + lo;
        c = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = a * Q3;
        hi = Math.unsignedMultiplyHigh(a, Q3);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t2 = t3 + lo;
        c = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        t3 = t4 + c;
        a = x[xo + 1];
        lo = a * y0;
        c = Math.unsignedMultiplyHigh(a, y0);
        t0 += lo;
        c += t0 + MIN < lo + MIN ? 1L : 0L;
        lo = a * y1;
        hi = Math.unsignedMultiplyHigh(a, y1);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t1 += lo;
        c = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = a * y2;
        hi = Math.unsignedMultiplyHigh(a, y2);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t2 += lo;
        c = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        lo = a * y3;
        hi = Math.unsignedMultiplyHigh(a, y3);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t3 += lo;
        c = hi + (t3 + MIN < lo + MIN ? 1L : 0L);
        t4 = c;
        a = v[vo + 1];
        lo = a * w0;
        c = Math.unsignedMultiplyHigh(a, w0);
        t0 += lo;
        c += t0 + MIN < lo + MIN ? 1L : 0L;
        lo = a * w1;
        hi = Math.unsignedMultiplyHigh(a, w1);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t1 += lo;
        c = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = a * w2;
        hi = Math.unsignedMultiplyHigh(a, w2);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t2 += lo;
        c = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        lo = a * w3;
        hi = Math.unsignedMultiplyHigh(a, w3);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t3 += lo;
        c = hi + (t3 + MIN < lo + MIN ? 1L : 0L);
        t4 += c;
        a = t0 * INV;
        c = Math.unsignedMultiplyHigh(a, Q0) + (t0 != 0 ? 1L : 0L);
        lo = a * Q1;
        hi = Math.unsignedMultiplyHigh(a, Q1);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t0 = t1 + lo;
        c = hi + (t0 + MIN < lo + MIN ? 1L : 0L);
        lo = a * Q2;
        hi = Math.unsignedMultiplyHigh(a, Q2);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t1 = t2 + lo;
        c = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = a * Q3;
        hi = Math.unsignedMultiplyHigh(a, Q3);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t2 = t3 + lo;
        c = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        t3 = t4 + c;
        a = x[xo + 2];
        lo = a * y0;
        c = Math.unsignedMultiplyHigh(a, y0);
        t0 += lo;
        c += t0 + MIN < lo + MIN ? 1L : 0L;
        lo = a * y1;
        hi = Math.unsignedMultiplyHigh(a, y1);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t1 += lo;
        c = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = a * y2;
        hi = Math.unsignedMultiplyHigh(a, y2);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t2 += lo;
        c = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        lo = a * y3;
        hi = Math.unsignedMultiplyHigh(a, y3);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t3 += lo;
        c = hi + (t3 + MIN < lo + MIN ? 1L : 0L);
        t4 = c;
        a = v[vo + 2];
        lo = a * w0;
        c = Math.unsignedMultiplyHigh(a, w0);
        t0 += lo;
        c += t0 + MIN < lo + MIN ? 1L : 0L;
        lo = a * w1;
        hi = Math.unsignedMultiplyHigh(a, w1);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t1 += lo;
        c = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = a * w2;
        hi = Math.unsignedMultiplyHigh(a, w2);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t2 += lo;
        c = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        lo = a * w3;
        hi = Math.unsignedMultiplyHigh(a, w3);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t3 += lo;
        c = hi + (t3 + MIN < lo + MIN ? 1L : 0L);
        t4 += c;
        a = t0 * INV;
        c = Math.unsignedMultiplyHigh(a, Q0) + (t0 != 0 ? 1L : 0L);
        lo = a * Q1;
        hi = Math.unsignedMultiplyHigh(a, Q1);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t0 = t1 + lo;
        c = hi + (t0 + MIN < lo + MIN ? 1L : 0L);
        lo = a * Q2;
        hi = Math.unsignedMultiplyHigh(a, Q2);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t1 = t2 + lo;
        c = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = a * Q3;
        hi = Math.unsignedMultiplyHigh(a, Q3);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t2 = t3 + lo;
        c = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        t3 = t4 + c;
        a = x[xo + 3];
        lo = a * y0;
        c = Math.unsignedMultiplyHigh(a, y0);
        t0 += lo;
        c += t0 + MIN < lo + MIN ? 1L : 0L;
        lo = a * y1;
        hi = Math.unsignedMultiplyHigh(a, y1);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t1 += lo;
        c = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = a * y2;
        hi = Math.unsignedMultiplyHigh(a, y2);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t2 += lo;
        c = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        lo = a * y3;
        hi = Math.unsignedMultiplyHigh(a, y3);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t3 += lo;
        c = hi + (t3 + MIN < lo + MIN ? 1L : 0L);
        t4 = c;
        a = v[vo + 3];
        lo = a * w0;
        c = Math.unsignedMultiplyHigh(a, w0);
        t0 += lo;
        c += t0 + MIN < lo + MIN ? 1L : 0L;
        lo = a * w1;
        hi = Math.unsignedMultiplyHigh(a, w1);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t1 += lo;
        c = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = a * w2;
        hi = Math.unsignedMultiplyHigh(a, w2);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t2 += lo;
        c = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        lo = a * w3;
        hi = Math.unsignedMultiplyHigh(a, w3);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t3 += lo;
        c = hi + (t3 + MIN < lo + MIN ? 1L : 0L);
        t4 += c;
        a = t0 * INV;
        c = Math.unsignedMultiplyHigh(a, Q0) + (t0 != 0 ? 1L : 0L);
        lo = a * Q1;
        hi = Math.unsignedMultiplyHigh(a, Q1);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t0 = t1 + lo;
        c = hi + (t0 + MIN < lo + MIN ? 1L : 0L);
        lo = a * Q2;
        hi = Math.unsignedMultiplyHigh(a, Q2);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t1 = t2 + lo;
        c = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = a * Q3;
        hi = Math.unsignedMultiplyHigh(a, Q3);
        lo += c;
        hi += lo + MIN < c + MIN ? 1L : 0L;
        t2 = t3 + lo;
        c = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        t3 = t4 + c;
        reduceOnce(z, zo, t0, t1, t2, t3);
    }

    /** z = t - q if t >= q, else t; t below 2 q. */
    private static void reduceOnce(long[] z, int zo, long t0, long t1, long t2, long t3) {
        final long s0 = t0 - Q0;
        long borrow = borrow(t0, Q0, s0);
        final long s1 = t1 - Q1 - borrow;
        borrow = borrow(t1, Q1, s1);
        final long s2 = t2 - Q2 - borrow;
        borrow = borrow(t2, Q2, s2);
        final long s3 = t3 - Q3 - borrow;
        final long keep = s3 >> 63; // t3 and q are below 2^63: the sign tells whether t < q
        z[zo] = s0 ^ ((s0 ^ t0) & keep);
        z[zo + 1] = s1 ^ ((s1 ^ t1) & keep);
        z[zo + 2] = s2 ^ ((s2 ^ t2) & keep);
        z[zo + 3] = s3 ^ ((s3 ^ t3) & keep);
    }

    /** The carry out of the sum s = a + b + carry in. */
    private static long carry(long a, long b, long s) {
        return ((a & b) | ((a | b) & ~s)) >>> 63;
    }

    /** The borrow out of the difference d = a - b - borrow in. */
    private static long borrow(long a, long b, long d) {
        return ((~a & b) | ((~a | b) & d)) >>> 63;
    }
}
