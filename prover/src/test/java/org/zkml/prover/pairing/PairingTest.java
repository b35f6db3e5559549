package org.zkml.prover.pairing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fr;

class PairingTest {

    private static final long SEED = 197;
    private static final G1Affine P = G1Affine.GENERATOR;
    private static final G2Affine Q = G2Affine.GENERATOR;
    private static final BigInteger X = FinalExponentiation.X;
    private static final BigInteger D = X.shiftLeft(1)
            .multiply(X.multiply(X)
                    .multiply(BigInteger.valueOf(6))
                    .add(X.multiply(BigInteger.valueOf(3)))
                    .add(BigInteger.ONE));

    private final Random random = new Random(SEED);

    private static long[] product(List<G1Affine> p, List<G2Affine> q) {
        return Pairing.product(p, q.stream().map(PreparedG2::of).toList()).limbs();
    }

    private BigInteger scalar() {
        return new BigInteger(260, random).mod(Fr.MODULUS);
    }

    @Test
    void agreesWithTheDefinition() {
        final BigInteger a = scalar();
        final BigInteger b = scalar();
        for (G1Affine p : List.of(P, P.mul(a), G1Affine.INFINITY)) {
            final G2Affine q = Q.mul(b);
            assertArrayEquals(
                    SlowPairing.pow(SlowPairing.pair(p, q), D), SlowPairing.fromLimbs(product(List.of(p), List.of(q))));
        }
        assertArrayEquals(
                SlowPairing.pow(SlowPairing.mul(SlowPairing.pair(P.mul(a), Q), SlowPairing.pair(P, Q.mul(b))), D),
                SlowPairing.fromLimbs(product(List.of(P.mul(a), P), List.of(Q, Q.mul(b)))));
    }

    /** The facts that the additions chains rest on. */
    @Test
    void exponentIsAMultipleThatKeepsTheOrder() {
        final BigInteger q = Fq.MODULUS;
        final BigInteger x2 = X.pow(2);
        final BigInteger x3 = X.pow(3);
        final BigInteger a = x3.multiply(BigInteger.valueOf(12))
                .add(x2.multiply(BigInteger.valueOf(6)))
                .add(X.multiply(BigInteger.valueOf(6)));
        final BigInteger b = a.subtract(X.shiftLeft(1));
        final BigInteger sum = a.add(x2.multiply(BigInteger.valueOf(6)))
                .add(BigInteger.ONE)
                .add(b.multiply(q))
                .add(a.multiply(q.pow(2)))
                .add(b.subtract(BigInteger.ONE).multiply(q.pow(3)));
        final BigInteger hard = q.pow(4).subtract(q.pow(2)).add(BigInteger.ONE);
        assertEquals(BigInteger.ZERO, hard.mod(Fr.MODULUS));
        assertEquals(D.multiply(hard.divide(Fr.MODULUS)), sum);
        assertEquals(BigInteger.ONE, D.gcd(Fr.MODULUS));
    }

    @Test
    void isBilinear() {
        final long[] base = product(List.of(P), List.of(Q));
        assertFalse(Fq12.isOne(base), "degenerate");
        for (int i = 0; i < 20; i++) {
            final BigInteger a = scalar();
            final BigInteger b = scalar();
            final long[] ab = product(List.of(P.mul(a.multiply(b).mod(Fr.MODULUS))), List.of(Q));
            assertArrayEquals(ab, product(List.of(P.mul(a)), List.of(Q.mul(b))));
            assertArrayEquals(ab, product(List.of(P.mul(b)), List.of(Q.mul(a))));
            assertArrayEquals(
                    product(List.of(P.mul(a.add(b))), List.of(Q)), product(List.of(P.mul(a), P), List.of(Q, Q.mul(b))));
        }
    }

    @Test
    void acceptsProductsThatCancelAndNoOthers() {
        for (int i = 0; i < 10; i++) {
            final BigInteger a = scalar();
            final BigInteger b = scalar();
            final BigInteger c = scalar();
            final BigInteger d = scalar();
            final BigInteger last = a.multiply(b).add(c.multiply(d)).mod(Fr.MODULUS);
            final List<G1Affine> ps = List.of(P.mul(a), P.mul(c), P.mul(last).negate());
            final List<G2Affine> qs = List.of(Q.mul(b), Q.mul(d), Q);
            assertTrue(Pairing.productIsOne(ps, qs));
            for (int bit = 0; bit < 254; bit += 23) {
                final List<G1Affine> wrong = new ArrayList<>(ps);
                wrong.set(2, P.mul(last.flipBit(bit)).negate());
                assertFalse(Pairing.productIsOne(wrong, qs));
            }
            assertFalse(Pairing.productIsOne(ps, List.of(Q.mul(d), Q.mul(b), Q)));
            assertFalse(Pairing.productIsOne(ps, List.of(Q.mul(b), Q.mul(d), Q.negate())));
        }
    }

    @Test
    void aPreparedPointCanBePairedAgain() {
        final BigInteger a = scalar();
        final PreparedG2 q = PreparedG2.of(Q.mul(a));
        assertEquals(Q.mul(a), q.point());
        final long[] once = Pairing.product(List.of(P), List.of(q)).limbs();
        assertArrayEquals(product(List.of(P.mul(a)), List.of(Q)), once);
        assertArrayEquals(once, Pairing.product(List.of(P), List.of(q)).limbs());
        assertTrue(Pairing.product(List.of(P, P.mul(a).negate()), List.of(q, PreparedG2.GENERATOR))
                .isOne());
    }

    @Test
    void dividesValues() {
        final BigInteger a = scalar();
        final BigInteger b = scalar();
        final List<PreparedG2> q = List.of(PreparedG2.GENERATOR);
        final PairingValue left = Pairing.product(List.of(P.mul(a)), q);
        final PairingValue right = Pairing.product(List.of(P.mul(b)), q);
        final BigInteger difference = a.subtract(b).mod(Fr.MODULUS);
        assertArrayEquals(
                Pairing.product(List.of(P.mul(difference)), q).limbs(),
                left.dividedBy(right).limbs());
        assertTrue(left.dividedBy(left).isOne());
        assertFalse(left.dividedBy(right).isOne());
    }

    @Test
    void takesInfinityOnEitherSide() {
        final G1Affine o1 = G1Affine.INFINITY;
        final G2Affine o2 = G2Affine.INFINITY;
        assertTrue(Pairing.productIsOne(List.of(), List.of()));
        assertTrue(Pairing.productIsOne(List.of(o1), List.of(Q)));
        assertTrue(Pairing.productIsOne(List.of(P), List.of(o2)));
        assertTrue(Pairing.productIsOne(List.of(o1, P, P), List.of(o2, Q, Q.negate())));
        assertFalse(Pairing.productIsOne(List.of(o1, P), List.of(Q, Q)));
    }

    @Test
    void rejectsListsOfDifferentLengths() {
        assertThrows(IllegalArgumentException.class, () -> Pairing.productIsOne(List.of(P), List.of()));
    }

    @Test
    void squaresInTheCyclotomicSubgroupLikeAnywhere() {
        final long[] t = new long[Fq12.SCRATCH];
        final long[] x = product(List.of(P.mul(scalar())), List.of(Q));
        final long[] general = new long[Fq12.LIMBS];
        final long[] cyclotomic = new long[Fq12.LIMBS];
        final long[] product = new long[Fq12.LIMBS];
        for (int i = 0; i < 10; i++) {
            Fq12.square(general, x, t);
            Fq12.cyclotomicSquare(cyclotomic, x, t);
            Fq12.mul(product, x, x, t);
            assertArrayEquals(general, cyclotomic);
            assertArrayEquals(general, product);
            Fq12.cyclotomicSquare(x, x, t);
            assertArrayEquals(general, x, "in place");
        }
    }

    @Test
    void fieldKernelsAgreeWithPolynomials() {
        final long[] t = new long[Fq12.SCRATCH];
        for (int round = 0; round < 20; round++) {
            final long[] x = element(round);
            final long[] y = element(round / 2);
            final long[] z = new long[Fq12.LIMBS];
            Fq12.mul(z, x, y, t);
            final BigInteger[] expected = SlowPairing.mul(SlowPairing.fromLimbs(x), SlowPairing.fromLimbs(y));
            assertArrayEquals(expected, SlowPairing.fromLimbs(z));
            Fq12.square(z, x, t);
            assertArrayEquals(
                    SlowPairing.mul(SlowPairing.fromLimbs(x), SlowPairing.fromLimbs(x)), SlowPairing.fromLimbs(z));
            Fq12.frobenius(z, x, t);
            assertArrayEquals(SlowPairing.pow(SlowPairing.fromLimbs(x), Fq.MODULUS), SlowPairing.fromLimbs(z));
            Fq12.inverse(z, x, t);
            Fq12.mul(z, z, x, t);
            assertTrue(Fq12.isOne(z) || round == 0);
            final long[] line = Fq12.one();
            final long[] coefficients = Arrays.copyOf(y, 16);
            System.arraycopy(y, 0, line, 24, 16);
            Fq12.mul(z, x, line, t);
            Fq12.mulByLine(x, coefficients, t);
            assertArrayEquals(z, x);
        }
    }

    /** 0, 1, all coefficients q - 1, then random ones with some zeros. */
    private long[] element(int kind) {
        if (kind == 1) {
            return Fq12.one();
        }
        final long[] x = new long[Fq12.LIMBS];
        for (int i = 0; i < Fq12.LIMBS && kind > 0; i += 4) {
            final BigInteger value = kind == 2 ? Fq.MODULUS.subtract(BigInteger.ONE) : new BigInteger(260, random);
            Fq.fromBigInteger(x, i, random.nextInt(8) == 0 && kind > 2 ? BigInteger.ZERO : value);
        }
        return x;
    }
}
