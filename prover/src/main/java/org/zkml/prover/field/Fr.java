package org.zkml.prover.field;

import java.math.BigInteger;

/**
 * BN254 scalars (order of G1): kernels on flat arrays, four limbs an element, least significant first, Montgomery form, always below
 * r. An element is named by its array and the index of its first limb; results may overwrite operands. Not constant
 * time: never hold a signing key in it.
 */
public final class Fr {

    /** Limbs of an element. */
    public static final int LIMBS = 4;

    /** Bytes of an encoded element. */
    public static final int BYTES = 32;

    /** The modulus r. */
    public static final BigInteger MODULUS =
            new BigInteger("21888242871839275222246405745257275088548364400416034343698204186575808495617");

    private static final long Q0 = 0x43e1f593f0000001L;
    private static final long Q1 = 0x2833e84879b97091L;
    private static final long Q2 = 0xb85045b68181585dL;
    private static final long Q3 = 0x30644e72e131a029L;
    private static final long INV = 0xc2e1f593efffffffL; // -1/r mod 2^64
    /** x is a R for an element a, its inverse R / a: R^2 / x. */
    private static final Inversion INVERSION = new Inversion(MODULUS, BigInteger.ONE.shiftLeft(512));

    private static final long[] ZERO = new long[LIMBS];
    private static final long[] RAW_ONE = {1, 0, 0, 0};
    private static final long[] ONE = {
        0xac96341c4ffffffbL, 0x36fc76959f60cd29L, 0x666ea36f7879462eL, 0x0e0a77c19a07df2fL
    };
    private static final long[] R_SQUARED = {
        0x1bb8e645ae216da7L, 0x53fe3ab1e35c59e3L, 0x8c49833d53bb8085L, 0x0216d0b17f4e44a5L
    };

    private Fr() {}

    /** z = x y. */
    public static void mul(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
        Montgomery.mul(z, zo, x, xo, y, yo, Q0, Q1, Q2, Q3, INV);
    }

    /** z = x^2. */
    public static void square(long[] z, int zo, long[] x, int xo) {
        Montgomery.mul(z, zo, x, xo, x, xo, Q0, Q1, Q2, Q3, INV);
    }

    /** z = x + y. */
    public static void add(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
        Montgomery.add(z, zo, x, xo, y, yo, Q0, Q1, Q2, Q3);
    }

    /** z = x - y. */
    public static void sub(long[] z, int zo, long[] x, int xo, long[] y, int yo) {
        Montgomery.sub(z, zo, x, xo, y, yo, Q0, Q1, Q2, Q3);
    }

    /** z = -x. */
    public static void neg(long[] z, int zo, long[] x, int xo) {
        Montgomery.sub(z, zo, ZERO, 0, x, xo, Q0, Q1, Q2, Q3);
    }

    /** z = 1/x, and 0 for 0. */
    public static void inverse(long[] z, int zo, long[] x, int xo) {
        INVERSION.invert(z, zo, x, xo);
    }

    /** z = x^exponent for an exponent that is not negative; 0^0 = 1. */
    public static void pow(long[] z, int zo, long[] x, int xo, BigInteger exponent) {
        final long[] base = new long[LIMBS];
        final long[] acc = ONE.clone();
        copy(base, 0, x, xo);
        for (int i = exponent.bitLength() - 1; i >= 0; i--) {
            square(acc, 0, acc, 0);
            if (exponent.testBit(i)) {
                mul(acc, 0, acc, 0, base, 0);
            }
        }
        copy(z, zo, acc, 0);
    }

    /** z = x. */
    public static void copy(long[] z, int zo, long[] x, int xo) {
        z[zo] = x[xo];
        z[zo + 1] = x[xo + 1];
        z[zo + 2] = x[xo + 2];
        z[zo + 3] = x[xo + 3];
    }

    /** z = 1. */
    public static void setOne(long[] z, int zo) {
        copy(z, zo, ONE, 0);
    }

    /** z = 0. */
    public static void setZero(long[] z, int zo) {
        z[zo] = 0;
        z[zo + 1] = 0;
        z[zo + 2] = 0;
        z[zo + 3] = 0;
    }

    /** Whether x = 0. */
    public static boolean isZero(long[] x, int xo) {
        return (x[xo] | x[xo + 1] | x[xo + 2] | x[xo + 3]) == 0;
    }

    /** Whether x = y. */
    public static boolean equal(long[] x, int xo, long[] y, int yo) {
        return x[xo] == y[yo] && x[xo + 1] == y[yo + 1] && x[xo + 2] == y[yo + 2] && x[xo + 3] == y[yo + 3];
    }

    /** z = value, any signed 64-bit integer. */
    public static void fromLong(long[] z, int zo, long value) {
        z[zo] = Math.abs(value); // the absolute value of Long.MIN_VALUE is right as an unsigned limb
        z[zo + 1] = 0;
        z[zo + 2] = 0;
        z[zo + 3] = 0;
        mul(z, zo, z, zo, R_SQUARED, 0);
        if (value < 0) {
            neg(z, zo, z, zo);
        }
    }

    /** z = the canonical limbs of x, below r, not in Montgomery form. */
    public static void toCanonical(long[] z, int zo, long[] x, int xo) {
        mul(z, zo, x, xo, RAW_ONE, 0);
    }

    /** Brings canonical limbs, below r, to Montgomery form in place. */
    public static void fromCanonical(long[] z, int zo) {
        mul(z, zo, z, zo, R_SQUARED, 0);
    }

    /** z = value mod r, for any integer. */
    public static void fromBigInteger(long[] z, int zo, BigInteger value) {
        BigInteger rest = value.mod(MODULUS);
        for (int i = 0; i < LIMBS; i++) {
            z[zo + i] = rest.longValue();
            rest = rest.shiftRight(64);
        }
        fromCanonical(z, zo);
    }

    /** The canonical integer of x, in [0, r). */
    public static BigInteger toBigInteger(long[] x, int xo) {
        final byte[] bytes = new byte[BYTES];
        toBytes(bytes, 0, x, xo);
        return new BigInteger(1, bytes);
    }

    /** Writes x as 32 bytes, big-endian. */
    public static void toBytes(byte[] out, int offset, long[] x, int xo) {
        final long[] canonical = new long[LIMBS];
        toCanonical(canonical, 0, x, xo);
        for (int i = 0; i < LIMBS; i++) {
            BigEndian.putLong(out, offset + 8 * (LIMBS - 1 - i), canonical[i]);
        }
    }

    /**
     * Reads 32 bytes, big-endian, into z.
     *
     * @return false, and z is undefined, if the bytes are not below r
     */
    public static boolean fromBytes(long[] z, int zo, byte[] in, int offset) {
        for (int i = 0; i < LIMBS; i++) {
            z[zo + i] = BigEndian.getLong(in, offset + 8 * (LIMBS - 1 - i));
        }
        if (!isCanonical(z, zo)) {
            return false;
        }
        fromCanonical(z, zo);
        return true;
    }

    private static boolean isCanonical(long[] x, int xo) {
        final long[] q = {Q0, Q1, Q2, Q3};
        for (int i = LIMBS - 1; i >= 0; i--) {
            final int order = Long.compareUnsigned(x[xo + i], q[i]);
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    /**
     * Inverts count neighbouring elements in place by Montgomery's trick: three products an element and one inversion.
     *
     * @throws ArithmeticException if one of them is 0
     */
    public static void invertAll(long[] x, int xo, int count) {
        if (count == 0) {
            return;
        }
        final long[] prefix = new long[LIMBS * count];
        copy(prefix, 0, x, xo);
        for (int i = 1; i < count; i++) {
            mul(prefix, LIMBS * i, prefix, LIMBS * (i - 1), x, xo + LIMBS * i);
        }
        final long[] running = new long[LIMBS];
        final long[] next = new long[LIMBS];
        if (isZero(prefix, LIMBS * (count - 1))) {
            throw new ArithmeticException("zero has no inverse");
        }
        inverse(running, 0, prefix, LIMBS * (count - 1));
        for (int i = count - 1; i > 0; i--) {
            mul(next, 0, running, 0, x, xo + LIMBS * i);
            mul(x, xo + LIMBS * i, running, 0, prefix, LIMBS * (i - 1));
            copy(running, 0, next, 0);
        }
        copy(x, xo, running, 0);
    }
}
