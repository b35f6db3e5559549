package org.zkml.prover.pairing;

import java.math.BigInteger;

/**
 * f^(d (q^12 - 1)/r) with d = 2x (6x^2 + 3x + 1), which is prime to r, so that the result is 1 exactly if f^((q^12 - 1)/r) is.
 */
final class FinalExponentiation {

    /** The parameter x of the Barreto-Naehrig family that gives BN254. */
    static final BigInteger X = BigInteger.valueOf(4965661367192848881L);

    private static final byte[] DIGITS = Naf.of(X);

    private final long[] t = new long[Fq12.SCRATCH];

    private FinalExponentiation() {}

    /** The power of f, which must not be 0. */
    static long[] of(long[] f) {
        final FinalExponentiation power = new FinalExponentiation();
        return power.hardPart(power.easyPart(f));
    }

    /** f^((q^6 - 1)(q^2 + 1)): in the cyclotomic subgroup, where inverting is conjugating. */
    private long[] easyPart(long[] f) {
        final long[] inverse = new long[Fq12.LIMBS];
        final long[] g = new long[Fq12.LIMBS];
        Fq12.inverse(inverse, f, t);
        Fq12.conjugate(g, f);
        Fq12.mul(g, g, inverse, t);
        final long[] h = frobenius(g, 2);
        Fq12.mul(g, g, h, t);
        return g;
    }

    /**
     * f^(d (q^4 - q^2 + 1)/r) by Fuentes-Castaneda, Knapp, Rodriguez-Henriquez (SAC 2011, section 5): with a = f^(12x^3 + 6x^2 + 6x) and b = a
     * f^(-2x) it is (a f^(6x^2) f) b^q a^(q^2) (b / f)^(q^3). Three powers of x.
     */
    private long[] hardPart(long[] f) {
        final long[] twoX = squared(powerOfX(f));
        final long[] sixX = product(squared(twoX), twoX);
        final long[] sixXX = powerOfX(sixX);
        final long[] a = product(product(powerOfX(squared(sixXX)), sixXX), sixX);
        final long[] b = product(a, inverse(twoX));
        long[] result = product(product(a, sixXX), f);
        result = product(result, frobenius(b, 1));
        result = product(result, frobenius(a, 2));
        return product(result, frobenius(product(b, inverse(f)), 3));
    }

    private long[] powerOfX(long[] f) {
        final long[] z = f.clone();
        final long[] inverse = inverse(f);
        for (int i = DIGITS.length - 2; i >= 0; i--) {
            Fq12.cyclotomicSquare(z, z, t);
            if (DIGITS[i] != 0) {
                Fq12.mul(z, z, DIGITS[i] > 0 ? f : inverse, t);
            }
        }
        return z;
    }

    private long[] squared(long[] f) {
        final long[] z = new long[Fq12.LIMBS];
        Fq12.cyclotomicSquare(z, f, t);
        return z;
    }

    private long[] product(long[] x, long[] y) {
        final long[] z = new long[Fq12.LIMBS];
        Fq12.mul(z, x, y, t);
        return z;
    }

    private static long[] inverse(long[] f) {
        final long[] z = new long[Fq12.LIMBS];
        Fq12.conjugate(z, f);
        return z;
    }

    private long[] frobenius(long[] f, int times) {
        final long[] z = f.clone();
        for (int i = 0; i < times; i++) {
            Fq12.frobenius(z, z, t);
        }
        return z;
    }
}
