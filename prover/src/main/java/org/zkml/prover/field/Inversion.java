package org.zkml.prover.field;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Inverses modulo an odd prime below 2^255 by the binary greatest common divisor, thirty steps at a time on approximations of one word (Pornin,
 * "Optimized Binary GCD for Modular Inversion", ePrint 2020/972, algorithm 2 with k = 31). Numbers are nine limbs of 30 bits, the highest one
 * signed. Not constant time.
 */
final class Inversion {

    private static final int LIMBS = 9;
    private static final int BITS = 30;
    private static final long MASK = (1L << BITS) - 1;

    /** 2 * 254 - 1 steps are enough for numbers of 254 bits. */
    private static final int ROUNDS = 17;

    private final long[] modulus;
    private final long[] scale;
    private final long minusInverse;

    /** @param scale what the inverses are multiplied by */
    Inversion(BigInteger modulus, BigInteger scale) {
        this.modulus = limbs(modulus);
        this.scale = limbs(scale.mod(modulus));
        this.minusInverse =
                modulus.negate().modInverse(BigInteger.ONE.shiftLeft(BITS)).longValue();
    }

    private static long[] limbs(BigInteger value) {
        final long[] limbs = new long[LIMBS];
        Arrays.setAll(limbs, i -> value.shiftRight(BITS * i).longValue() & MASK);
        return limbs;
    }

    /** z = scale / x modulo the modulus for four 64-bit limbs at x[xo]; 0 for 0. */
    void invert(long[] z, int zo, long[] x, int xo) {
        // a scale = x u and b scale = x v modulo the modulus all along; a ends as 0, b as 1
        final long[] a = new long[LIMBS];
        final long[] b = modulus.clone();
        final long[] u = scale.clone();
        final long[] v = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            final int bit = BITS * i;
            long limb = x[xo + (bit >> 6)] >>> (bit & 63);
            if ((bit & 63) > 64 - BITS && bit >> 6 < 3) {
                limb |= x[xo + (bit >> 6) + 1] << (64 - (bit & 63));
            }
            a[i] = limb & MASK;
        }
        final long[] factors = new long[2];
        for (int round = 0; round < ROUNDS; round++) {
            int top = LIMBS - 1;
            while (top > 1 && (a[top] | b[top]) == 0) {
                top--;
            }
            final int length = 64 - Long.numberOfLeadingZeros(a[top] | b[top]);
            steps(approximation(a, top, length), approximation(b, top, length), factors);
            final long f = factors[0];
            final long g = factors[1];
            final long fa = (int) f;
            final long fb = (f - fa) >> 32;
            final long ga = (int) g;
            final long gb = (g - ga) >> 32;
            final int negated = combine(a, b, fa, fb, ga, gb);
            final long s = (negated & 1) != 0 ? -1 : 1;
            final long t = (negated & 2) != 0 ? -1 : 1;
            combineModular(u, v, s * fa, s * fb, t * ga, t * gb);
        }
        normalise(v);
        z[zo] = v[0] | v[1] << 30 | v[2] << 60;
        z[zo + 1] = v[2] >>> 4 | v[3] << 26 | v[4] << 56;
        z[zo + 2] = v[4] >>> 8 | v[5] << 22 | v[6] << 52;
        z[zo + 3] = v[6] >>> 12 | v[7] << 18 | v[8] << 48;
    }

    /** Thirty steps on approximations of a and b: the factors of a (low half of a word) and b (high half) in the new a, and in the new b. */
    private static void steps(long a, long b, long[] factors) {
        long p = a;
        long q = b;
        long f = 1;
        long g = 1L << 32;
        for (int i = 0; i < BITS; i++) {
            final long odd = -(p & 1);
            final long swap = odd & ((p - q) >> 63);
            final long d = (p ^ q) & swap;
            final long e = (f ^ g) & swap;
            q ^= d;
            g ^= e;
            p = ((p ^ d) - (q & odd)) >> 1;
            f = (f ^ e) - (g & odd);
            g <<= 1;
        }
        factors[0] = f;
        factors[1] = g;
    }

    /** The lowest 30 bits and the highest 32, where the longer of the two numbers has {@code length} bits in limb {@code top}. */
    private static long approximation(long[] a, int top, int length) {
        if (top == 1) {
            return a[1] << BITS | a[0];
        }
        final long high = a[top] << BITS | a[top - 1];
        if (length >= 2) {
            return (high >> (length - 2)) << BITS | a[0];
        }
        return top == 2 ? high << BITS | a[0] : (high << 1 | a[top - 2] >> (BITS - 1)) << BITS | a[0];
    }

    /** (a, b) = |(fa a + fb b, ga a + gb b)| / 2^30, exactly; bit 0 of the result tells that a was negative, bit 1 that b was. */
    private static int combine(long[] a, long[] b, long fa, long fb, long ga, long gb) {
        long c = (fa * a[0] + fb * b[0]) >> BITS;
        long d = (ga * a[0] + gb * b[0]) >> BITS;
        for (int i = 1; i < LIMBS; i++) {
            final long x = a[i];
            final long y = b[i];
            c += fa * x + fb * y;
            d += ga * x + gb * y;
            a[i - 1] = c & MASK;
            b[i - 1] = d & MASK;
            c >>= BITS;
            d >>= BITS;
        }
        a[LIMBS - 1] = c;
        b[LIMBS - 1] = d;
        return (c < 0 ? negate(a) : 0) | (d < 0 ? negate(b) << 1 : 0);
    }

    private static int negate(long[] a) {
        long carry = 0;
        for (int i = 0; i < LIMBS - 1; i++) {
            carry -= a[i];
            a[i] = carry & MASK;
            carry >>= BITS;
        }
        a[LIMBS - 1] = carry - a[LIMBS - 1];
        return 1;
    }

    /** (u, v) = (fa u + fb v, ga u + gb v) / 2^30 modulo the modulus; at most one modulus more in absolute value than the larger was. */
    private void combineModular(long[] u, long[] v, long fa, long fb, long ga, long gb) {
        long c = fa * u[0] + fb * v[0];
        long d = ga * u[0] + gb * v[0];
        final long m = (c * minusInverse) & MASK;
        final long n = (d * minusInverse) & MASK;
        c = (c + m * modulus[0]) >> BITS;
        d = (d + n * modulus[0]) >> BITS;
        for (int i = 1; i < LIMBS; i++) {
            final long x = u[i];
            final long y = v[i];
            c += fa * x + fb * y + m * modulus[i];
            d += ga * x + gb * y + n * modulus[i];
            u[i - 1] = c & MASK;
            v[i - 1] = d & MASK;
            c >>= BITS;
            d >>= BITS;
        }
        u[LIMBS - 1] = c;
        v[LIMBS - 1] = d;
    }

    /** Brings v from (-18, 18) moduli to [0, 1). */
    private void normalise(long[] v) {
        while (v[LIMBS - 1] < 0) {
            addModulus(v, 1);
        }
        while (v[LIMBS - 1] >= 0) {
            addModulus(v, -1);
        }
        addModulus(v, 1);
    }

    private void addModulus(long[] v, long factor) {
        long carry = 0;
        for (int i = 0; i < LIMBS - 1; i++) {
            carry += v[i] + factor * modulus[i];
            v[i] = carry & MASK;
            carry >>= BITS;
        }
        v[LIMBS - 1] += carry + factor * modulus[LIMBS - 1];
    }
}
