package org.zkml.prover.field;

/**
 * Arithmetic modulo a 254-bit prime q on four 64-bit limbs, least significant first, in Montgomery form with R = 2^256;
 * every operand and result is below q. The modulus comes as arguments, so that both fields of BN254 share one kernel.
 *
 * <p>Carries are computed as {@code a + MIN < b + MIN}: C2 turns this into an unsigned comparison without a branch. Not
 * constant time.
 */
final class Montgomery {

    private static final long MIN = Long.MIN_VALUE;

    private Montgomery() {}

    /**
     * z = x y / R mod q, operand scanning with interleaved reduction. Since q < 2^254 no carry leaves the fourth limb
     * (gnark-crypto, "no-carry" optimisation; EdMSM, ePrint 2022/1400, section 6).
     *
     * @param inv -1/q mod 2^64
     */
    static void mul(
            long[] z, int zo, long[] x, int xo, long[] y, int yo, long q0, long q1, long q2, long q3, long inv) {
        final long y0 = y[yo + 0];
        final long y1 = y[yo + 1];
        final long y2 = y[yo + 2];
        final long y3 = y[yo + 3];
        long t0 = 0, t1 = 0, t2 = 0, t3 = 0, lo, hi, a, c, m, xi;
        xi = x[xo + 0];
        lo = xi * y0;
        a = Math.unsignedMultiplyHigh(xi, y0);
        t0 = lo;
        m = t0 * inv;
        lo = m * q0;
        c = Math.unsignedMultiplyHigh(m, q0) + (t0 != 0 ? 1L : 0L);
        lo = xi * y1;
        hi = Math.unsignedMultiplyHigh(xi, y1);
        lo += a;
        hi += (lo + MIN < a + MIN ? 1L : 0L);
        t1 = lo;
        a = hi;
        lo = m * q1;
        hi = Math.unsignedMultiplyHigh(m, q1);
        lo += c;
        hi += (lo + MIN < c + MIN ? 1L : 0L);
        lo += t1;
        c = hi + (lo + MIN < t1 + MIN ? 1L : 0L);
        t0 = lo;
        lo = xi * y2;
        hi = Math.unsignedMultiplyHigh(xi, y2);
        lo += a;
        hi += (lo + MIN < a + MIN ? 1L : 0L);
        t2 = lo;
        a = hi;
        lo = m * q2;
        hi = Math.unsignedMultiplyHigh(m, q2);
        lo += c;
        hi += (lo + MIN < c + MIN ? 1L : 0L);
        lo += t2;
        c = hi + (lo + MIN < t2 + MIN ? 1L : 0L);
        t1 = lo;
        lo = xi * y3;
        hi = Math.unsignedMultiplyHigh(xi, y3);
        lo += a;
        hi += (lo + MIN < a + MIN ? 1L : 0L);
        t3 = lo;
        a = hi;
        lo = m * q3;
        hi = Math.unsignedMultiplyHigh(m, q3);
        lo += c;
        hi += (lo + MIN < c + MIN ? 1L : 0L);
        lo += t3;
        c = hi + (lo + MIN < t3 + MIN ? 1L : 0L);
        t2 = lo;
        t3 = a + c;
        xi = x[xo + 1];
        lo = xi * y0;
        a = Math.unsignedMultiplyHigh(xi, y0);
        t0 += lo;
        a += (t0 + MIN < lo + MIN ? 1L : 0L);
        m = t0 * inv;
        lo = m * q0;
        c = Math.unsignedMultiplyHigh(m, q0) + (t0 != 0 ? 1L : 0L);
        lo = xi * y1;
        hi = Math.unsignedMultiplyHigh(xi, y1);
        lo += a;
        hi += (lo + MIN < a + MIN ? 1L : 0L);
        t1 += lo;
        a = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = m * q1;
        hi = Math.unsignedMultiplyHigh(m, q1);
        lo += c;
        hi += (lo + MIN < c + MIN ? 1L : 0L);
        lo += t1;
        c = hi + (lo + MIN < t1 + MIN ? 1L : 0L);
        t0 = lo;
        lo = xi * y2;
        hi = Math.unsignedMultiplyHigh(xi, y2);
        lo += a;
        hi += (lo + MIN < a + MIN ? 1L : 0L);
        t2 += lo;
        a = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        lo = m * q2;
        hi = Math.unsignedMultiplyHigh(m, q2);
        lo += c;
        hi += (lo + MIN < c + MIN ? 1L : 0L);
        lo += t2;
        c = hi + (lo + MIN < t2 + MIN ? 1L : 0L);
        t1 = lo;
        lo = xi * y3;
        hi = Math.unsignedMultiplyHigh(xi, y3);
        lo += a;
        hi += (lo + MIN < a + MIN ? 1L : 0L);
        t3 += lo;
        a = hi + (t3 + MIN < lo + MIN ? 1L : 0L);
        lo = m * q3;
        hi = Math.unsignedMultiplyHigh(m, q3);
        lo += c;
        hi += (lo + MIN < c + MIN ? 1L : 0L);
        lo += t3;
        c = hi + (lo + MIN < t3 + MIN ? 1L : 0L);
        t2 = lo;
        t3 = a + c;
        xi = x[xo + 2];
        lo = xi * y0;
        a = Math.unsignedMultiplyHigh(xi, y0);
        t0 += lo;
        a += (t0 + MIN < lo + MIN ? 1L : 0L);
        m = t0 * inv;
        lo = m * q0;
        c = Math.unsignedMultiplyHigh(m, q0) + (t0 != 0 ? 1L : 0L);
        lo = xi * y1;
        hi = Math.unsignedMultiplyHigh(xi, y1);
        lo += a;
        hi += (lo + MIN < a + MIN ? 1L : 0L);
        t1 += lo;
        a = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = m * q1;
        hi = Math.unsignedMultiplyHigh(m, q1);
        lo += c;
        hi += (lo + MIN < c + MIN ? 1L : 0L);
        lo += t1;
        c = hi + (lo + MIN < t1 + MIN ? 1L : 0L);
        t0 = lo;
        lo = xi * y2;
        hi = Math.unsignedMultiplyHigh(xi, y2);
        lo += a;
        hi += (lo + MIN < a + MIN ? 1L : 0L);
        t2 += lo;
        a = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        lo = m * q2;
        hi = Math.unsignedMultiplyHigh(m, q2);
        lo += c;
        hi += (lo + MIN < c + MIN ? 1L : 0L);
        lo += t2;
        c = hi + (lo + MIN < t2 + MIN ? 1L : 0L);
        t1 = lo;
        lo = xi * y3;
        hi = Math.unsignedMultiplyHigh(xi, y3);
        lo += a;
        hi += (lo + MIN < a + MIN ? 1L : 0L);
        t3 += lo;
        a = hi + (t3 + MIN < lo + MIN ? 1L : 0L);
        lo = m * q3;
        hi = Math.unsignedMultiplyHigh(m, q3);
        lo += c;
        hi += (lo + MIN < c + MIN ? 1L : 0L);
        lo += t3;
        c = hi + (lo + MIN < t3 + MIN ? 1L : 0L);
        t2 = lo;
        t3 = a + c;
        xi = x[xo + 3];
        lo = xi * y0;
        a = Math.unsignedMultiplyHigh(xi, y0);
        t0 += lo;
        a += (t0 + MIN < lo + MIN ? 1L : 0L);
        m = t0 * inv;
        lo = m * q0;
        c = Math.unsignedMultiplyHigh(m, q0) + (t0 != 0 ? 1L : 0L);
        lo = xi * y1;
        hi = Math.unsignedMultiplyHigh(xi, y1);
        lo += a;
        hi += (lo + MIN < a + MIN ? 1L : 0L);
        t1 += lo;
        a = hi + (t1 + MIN < lo + MIN ? 1L : 0L);
        lo = m * q1;
        hi = Math.unsignedMultiplyHigh(m, q1);
        lo += c;
        hi += (lo + MIN < c + MIN ? 1L : 0L);
        lo += t1;
        c = hi + (lo + MIN < t1 + MIN ? 1L : 0L);
        t0 = lo;
        lo = xi * y2;
        hi = Math.unsignedMultiplyHigh(xi, y2);
        lo += a;
        hi += (lo + MIN < a + MIN ? 1L : 0L);
        t2 += lo;
        a = hi + (t2 + MIN < lo + MIN ? 1L : 0L);
        lo = m * q2;
        hi = Math.unsignedMultiplyHigh(m, q2);
        lo += c;
        hi += (lo + MIN < c + MIN ? 1L : 0L);
        lo += t2;
        c = hi + (lo + MIN < t2 + MIN ? 1L : 0L);
        t1 = lo;
        lo = xi * y3;
        hi = Math.unsignedMultiplyHigh(xi, y3);
        lo += a;
        hi += (lo + MIN < a + MIN ? 1L : 0L);
        t3 += lo;
        a = hi + (t3 + MIN < lo + MIN ? 1L : 0L);
        lo = m * q3;
        hi = Math.unsignedMultiplyHigh(m, q3);
        lo += c;
        hi += (lo + MIN < c + MIN ? 1L : 0L);
        lo += t3;
        c = hi + (lo + MIN < t3 + MIN ? 1L : 0L);
        t2 = lo;
        t3 = a + c;
        reduceOnce(z, zo, t0, t1, t2, t3, q0, q1, q2, q3);
    }

    /** The carry out of a sum s = a + b + carry in, without a branch. */
    private static long carry(long a, long b, long s) {
        return ((a & b) | ((a | b) & ~s)) >>> 63;
    }

    /** The borrow out of a difference d = a - b - borrow in, without a branch. */
    private static long borrow(long a, long b, long d) {
        return ((~a & b) | ((~a | b) & d)) >>> 63;
    }

    /** z = t - q if t >= q, else t; t below 2 q. */
    private static void reduceOnce(
            long[] z, int zo, long t0, long t1, long t2, long t3, long q0, long q1, long q2, long q3) {
        final long s0 = t0 - q0;
        long borrow = borrow(t0, q0, s0);
        final long s1 = t1 - q1 - borrow;
        borrow = borrow(t1, q1, s1);
        final long s2 = t2 - q2 - borrow;
        borrow = borrow(t2, q2, s2);
        final long s3 = t3 - q3 - borrow;
        final long keep = s3 >> 63; // t3 and q3 are below 2^63: the sign tells whether t < q
        z[zo] = s0 ^ ((s0 ^ t0) & keep);
        z[zo + 1] = s1 ^ ((s1 ^ t1) & keep);
        z[zo + 2] = s2 ^ ((s2 ^ t2) & keep);
        z[zo + 3] = s3 ^ ((s3 ^ t3) & keep);
    }

    /** z = x + y mod q. */
    static void add(long[] z, int zo, long[] x, int xo, long[] y, int yo, long q0, long q1, long q2, long q3) {
        long a = x[xo];
        long b = y[yo];
        final long t0 = a + b;
        long carry = carry(a, b, t0);
        a = x[xo + 1];
        b = y[yo + 1];
        final long t1 = a + b + carry;
        carry = carry(a, b, t1);
        a = x[xo + 2];
        b = y[yo + 2];
        final long t2 = a + b + carry;
        carry = carry(a, b, t2);
        final long t3 = x[xo + 3] + y[yo + 3] + carry;
        reduceOnce(z, zo, t0, t1, t2, t3, q0, q1, q2, q3);
    }

    /** z = x - y mod q. */
    static void sub(long[] z, int zo, long[] x, int xo, long[] y, int yo, long q0, long q1, long q2, long q3) {
        long a = x[xo];
        long b = y[yo];
        final long d0 = a - b;
        long borrow = borrow(a, b, d0);
        a = x[xo + 1];
        b = y[yo + 1];
        final long d1 = a - b - borrow;
        borrow = borrow(a, b, d1);
        a = x[xo + 2];
        b = y[yo + 2];
        final long d2 = a - b - borrow;
        borrow = borrow(a, b, d2);
        final long d3 = x[xo + 3] - y[yo + 3] - borrow;
        final long back = d3 >> 63;
        long p = q0 & back;
        final long r0 = d0 + p;
        long carry = carry(d0, p, r0);
        p = q1 & back;
        final long r1 = d1 + p + carry;
        carry = carry(d1, p, r1);
        p = q2 & back;
        final long r2 = d2 + p + carry;
        carry = carry(d2, p, r2);
        z[zo] = r0;
        z[zo + 1] = r1;
        z[zo + 2] = r2;
        z[zo + 3] = d3 + (q3 & back) + carry;
    }
}
