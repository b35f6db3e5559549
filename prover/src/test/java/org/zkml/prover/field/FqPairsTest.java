package org.zkml.prover.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The kernels of Fq2 against BigInteger, on shaped and seeded values. */
class FqPairsTest {

    private static final long SEED = 20262;
    private static final BigInteger Q = Fq.MODULUS;
    private static final BigInteger NINE = BigInteger.valueOf(9);

    private final Random random = new Random(SEED);

    /** 0, 1, 2, q - 1 .. q - 3, multiples of q/10 and their neighbours, limbs of all ones, all also as Montgomery forms; then seeded ones. */
    private List<BigInteger> values() {
        final List<BigInteger> values = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            values.add(BigInteger.valueOf(i));
            values.add(Q.subtract(BigInteger.valueOf(i + 1)));
        }
        for (int i = 1; i < 10; i++) {
            final BigInteger part = Q.multiply(BigInteger.valueOf(i)).divide(BigInteger.TEN);
            values.add(part);
            values.add(part.add(BigInteger.ONE));
            values.add(Q.multiply(BigInteger.valueOf(i)).divide(NINE));
        }
        for (int limb = 0; limb < 4; limb++) {
            values.add(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE).shiftLeft(64 * limb));
        }
        final BigInteger rInverse = BigInteger.ONE.shiftLeft(256).modInverse(Q);
        values.replaceAll(value -> value.mod(Q));
        values.addAll(values.stream().map(v -> v.multiply(rInverse).mod(Q)).toList());
        for (int i = 0; i < 40; i++) {
            values.add(new BigInteger(260, random).mod(Q));
        }
        return values;
    }

    private static long[] of(BigInteger... values) {
        final long[] z = new long[Fq.LIMBS * values.length];
        for (int i = 0; i < values.length; i++) {
            Fq.fromBigInteger(z, Fq.LIMBS * i, values[i]);
        }
        return z;
    }

    private static void assertValue(BigInteger expected, long[] z, int o, String what) {
        assertEquals(expected.mod(Q), Fq.toBigInteger(z, o), what);
        assertEquals(-1, limbs(z, o).compareTo(Q), what + " is reduced");
    }

    private static BigInteger limbs(long[] z, int o) {
        BigInteger value = BigInteger.ZERO;
        for (int i = Fq.LIMBS - 1; i >= 0; i--) {
            value = value.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(z[o + i])));
        }
        return value;
    }

    @Test
    void addsAndSubtractsProducts() {
        final List<BigInteger> values = values();
        final int count = values.size();
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                final BigInteger x = values.get(i);
                final BigInteger y = values.get(j);
                final BigInteger v = values.get((i + j) % count);
                final BigInteger w = values.get((7 * i + 3 * j) % count);
                final long[] z = of(x, y, v, w, BigInteger.ZERO);
                FqPairs.addProducts(z, 16, z, 0, z, 4, z, 8, z, 12);
                assertValue(x.multiply(y).add(v.multiply(w)), z, 16, "sum " + i + ", " + j);
                FqPairs.subtractProducts(z, 16, z, 0, z, 4, z, 8, z, 12);
                assertValue(x.multiply(y).subtract(v.multiply(w)), z, 16, "difference " + i + ", " + j);
                FqPairs.addProducts(z, 0, z, 0, z, 4, z, 8, z, 12);
                assertValue(x.multiply(y).add(v.multiply(w)), z, 0, "in place");
            }
        }
    }

    @Test
    void multipliesByNine() {
        for (BigInteger x : values()) {
            for (BigInteger y : values()) {
                final long[] z = of(x, y, BigInteger.ZERO);
                FqPairs.addNineTimes(z, 8, z, 0, z, 4);
                assertValue(x.multiply(NINE).add(y), z, 8, "9 * " + x + " + " + y);
                FqPairs.subtractFromNineTimes(z, 8, z, 0, z, 4);
                assertValue(x.multiply(NINE).subtract(y), z, 8, "9 * " + x + " - " + y);
            }
        }
    }

    @Test
    void multipliesInTheExtension() {
        final List<BigInteger> values = values();
        final int count = values.size();
        final long[] t = new long[Fq2.SCRATCH];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                final BigInteger a = values.get(i);
                final BigInteger b = values.get(j);
                final BigInteger c = values.get((i + 2 * j) % count);
                final BigInteger d = values.get((3 * i + j) % count);
                final long[] z = of(a, b, c, d);
                Fq2.mul(z, 0, z, 0, z, 8, t, 0);
                assertValue(a.multiply(c).subtract(b.multiply(d)), z, 0, "real part");
                assertValue(a.multiply(d).add(b.multiply(c)), z, 4, "imaginary part");
                Fq2.square(z, 0, z, 8, t, 0);
                assertValue(c.multiply(c).subtract(d.multiply(d)), z, 0, "real part of the square");
                assertValue(c.multiply(d).shiftLeft(1), z, 4, "imaginary part of the square");
                Fq2.mulByNonResidue(z, 8, z, 8, t, 0);
                assertValue(c.multiply(NINE).subtract(d), z, 8, "real part of 9 + u times");
                assertValue(d.multiply(NINE).add(c), z, 12, "imaginary part of 9 + u times");
            }
        }
    }

    @Test
    void invertsManyAtOnce() {
        final long[] t = new long[Fq2.LIMBS + Fq2.SCRATCH];
        for (int count : new int[] {0, 1, 2, 17}) {
            final long[] x = new long[Fq2.LIMBS * (count + 1)];
            for (int i = 0; i < 2 * count; i++) {
                Fq.fromBigInteger(x, 8 + 4 * i, new BigInteger(260, random));
            }
            final long[] inverses = x.clone();
            Fq2.invertAll(inverses, 8, count);
            for (int i = 1; i <= count; i++) {
                Fq2.inverse(t, 0, x, 8 * i, t, 8);
                assertEquals(Fq.toBigInteger(t, 0), Fq.toBigInteger(inverses, 8 * i));
                assertEquals(Fq.toBigInteger(t, 4), Fq.toBigInteger(inverses, 8 * i + 4));
            }
        }
        assertThrows(ArithmeticException.class, () -> Fq2.invertAll(new long[16], 0, 2));
    }
}
