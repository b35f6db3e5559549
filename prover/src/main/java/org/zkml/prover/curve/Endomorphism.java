package org.zkml.prover.curve;

import java.math.BigInteger;
import java.util.Arrays;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fr;

/**
 * The endomorphism (x, y) -> (beta x, y) = lambda (x, y) of G1, and the split of a scalar into two halves k = k1 + k2 lambda (Gallant,
 * Lambert, Vanstone, CRYPTO 2001). The lattice of BN curves has the basis v1 = (6x^2 + 2x, -(2x + 1)), v2 = (2x + 1, 6x^2 + 4x + 1) of
 * determinant r, so with c1 = floor(k (6x^2 + 4x + 1)/r) and c2 = floor(k (2x + 1)/r) the halves, (k, 0) - c1 v1 - c2 v2, are below 2^127 in
 * absolute value. On limbs, since the scalars are secrets that have to be overwritten.
 */
public final class Endomorphism {

    /** Limbs of a half's absolute value. */
    public static final int HALF_LIMBS = 2;

    /** Bits of a half's absolute value. */
    public static final int HALF_BITS = 127;

    private static final BigInteger X = BigInteger.valueOf(4965661367192848881L);
    private static final BigInteger A1 =
            BigInteger.valueOf(6).multiply(X.pow(2)).add(X.shiftLeft(1));
    private static final BigInteger SHORT = X.shiftLeft(1).add(BigInteger.ONE); // -b1 and a2
    private static final BigInteger B2 = A1.add(SHORT);

    public static final BigInteger LAMBDA =
            SHORT.negate().multiply(B2.modInverse(Fr.MODULUS)).mod(Fr.MODULUS);

    private static final long[] BETA = beta();
    private static final int WORK = 3; // limbs of the halves before their signs are known
    private static final long[] G1 = limbs(B2.shiftLeft(256).divide(Fr.MODULUS), WORK);
    private static final long[] G2 = limbs(SHORT.shiftLeft(256).divide(Fr.MODULUS), WORK);
    private static final long[] A1_LIMBS = limbs(A1, WORK);
    private static final long[] SHORT_LIMBS = limbs(SHORT, WORK);
    private static final long[] B2_LIMBS = limbs(B2, WORK);

    private final long[] product = new long[Fr.LIMBS + WORK];
    private final long[] c1 = new long[WORK];
    private final long[] c2 = new long[WORK];
    private final long[] k1 = new long[WORK];
    private final long[] k2 = new long[WORK];

    /** The cube root of unity that belongs to lambda; the other one belongs to lambda^2. */
    private static long[] beta() {
        final BigInteger third = Fq.MODULUS.subtract(BigInteger.ONE).divide(BigInteger.valueOf(3));
        final BigInteger root = BigInteger.valueOf(3).modPow(third, Fq.MODULUS); // not 1: 3 is no cube modulo q
        final G1Affine g = G1Affine.GENERATOR;
        final G1Affine expected = g.mul(LAMBDA);
        for (BigInteger candidate : new BigInteger[] {root, root.multiply(root).mod(Fq.MODULUS)}) {
            if (candidate.multiply(g.x()).mod(Fq.MODULUS).equals(expected.x())) {
                final long[] beta = new long[Fq.LIMBS];
                Fq.fromBigInteger(beta, 0, candidate);
                return beta;
            }
        }
        throw new IllegalStateException("no cube root of unity acts on G1 like lambda");
    }

    private static long[] limbs(BigInteger value, int count) {
        final long[] limbs = new long[count];
        for (int i = 0; i < count; i++) {
            limbs[i] = value.shiftRight(64 * i).longValue();
        }
        return limbs;
    }

    /** Multiplies the x of an affine point by beta. */
    public static void apply(long[] point, int o) {
        Fq.mul(point, o, point, o, BETA, 0);
    }

    /**
     * Splits the canonical integer at {@code k[o..o+4)}, below r: writes |k1| to {@code halves[h..h+2)} and |k2| to {@code halves[h+2..h+4)}.
     *
     * @return bit 0 tells whether k1 is negative, bit 1 whether k2 is
     */
    public int split(long[] k, int o, long[] halves, int h) {
        quotient(c1, k, o, G1);
        quotient(c2, k, o, G2);
        System.arraycopy(k, o, k1, 0, WORK);
        subtractProduct(k1, c1, A1_LIMBS);
        subtractProduct(k1, c2, SHORT_LIMBS);
        Arrays.fill(k2, 0);
        subtractProduct(k2, c2, B2_LIMBS);
        negate(k2); // c2 b2
        subtractProduct(k2, c1, SHORT_LIMBS); // - c1 (2x + 1) + c2 b2
        negate(k2);
        return absolute(k1, halves, h) | absolute(k2, halves, h + HALF_LIMBS) << 1;
    }

    /** Overwrites what {@link #split} has left. */
    public void wipe() {
        for (long[] secret : new long[][] {product, c1, c2, k1, k2}) {
            Arrays.fill(secret, 0);
        }
    }

    /** c = floor(k g / 2^256). */
    private void quotient(long[] c, long[] k, int o, long[] g) {
        Arrays.fill(product, 0);
        for (int i = 0; i < Fr.LIMBS; i++) {
            long carry = 0;
            for (int j = 0; j < WORK; j++) {
                carry = multiplyAdd(product, i + j, k[o + i], g[j], carry);
            }
            product[i + WORK] = carry;
        }
        System.arraycopy(product, Fr.LIMBS, c, 0, WORK);
    }

    /** z -= x y modulo 2^192. */
    private void subtractProduct(long[] z, long[] x, long[] y) {
        negate(z);
        for (int i = 0; i < WORK; i++) {
            long carry = 0;
            for (int j = 0; i + j < WORK; j++) {
                carry = multiplyAdd(z, i + j, x[i], y[j], carry);
            }
        }
        negate(z);
    }

    /** z[i] += x y + carry; returns what is above 64 bits. */
    private static long multiplyAdd(long[] z, int i, long x, long y, long carry) {
        final long low = x * y;
        long high = Math.unsignedMultiplyHigh(x, y);
        final long s = low + carry;
        high += Long.compareUnsigned(s, low) < 0 ? 1 : 0;
        final long r = z[i] + s;
        high += Long.compareUnsigned(r, s) < 0 ? 1 : 0;
        z[i] = r;
        return high;
    }

    private static void negate(long[] z) {
        long carry = 1;
        for (int i = 0; i < WORK; i++) {
            z[i] = ~z[i] + carry;
            carry = carry != 0 && z[i] == 0 ? 1 : 0;
        }
    }

    private static int absolute(long[] z, long[] out, int o) {
        final boolean negative = z[WORK - 1] < 0;
        if (negative) {
            negate(z);
        }
        System.arraycopy(z, 0, out, o, HALF_LIMBS);
        return negative ? 1 : 0;
    }
}
