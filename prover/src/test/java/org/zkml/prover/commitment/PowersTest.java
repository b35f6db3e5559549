package org.zkml.prover.commitment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.zkml.prover.curve.Endomorphism;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;

class PowersTest {

    private static final G1Affine G = G1Affine.GENERATOR;
    private static final BigInteger R = Fr.MODULUS;
    private final Random random = new Random(2017);

    private static long[] flat(List<G1Affine> points) {
        final long[] out = new long[G1Affine.LIMBS * points.size()];
        for (int i = 0; i < points.size(); i++) {
            System.arraycopy(points.get(i).limbs(), 0, out, G1Affine.LIMBS * i, G1Affine.LIMBS);
        }
        return out;
    }

    @Test
    void fixedBasePowersAreThePowers() {
        final List<BigInteger> secrets = List.of(
                BigInteger.ONE,
                BigInteger.TWO,
                R.subtract(BigInteger.ONE),
                R.shiftRight(1),
                new BigInteger(253, random));
        for (BigInteger secret : secrets) {
            for (int count : new int[] {1, 2, 33, 1100}) {
                final long[] powers = FixedBasePowers.of(Scalar.of(secret).limbs(), count, Progress.SILENT);
                assertEquals(G1Affine.LIMBS * count, powers.length);
                for (int i = 0; i < count; i += count > 100 ? 97 : 1) {
                    final BigInteger expected = secret.modPow(BigInteger.valueOf(i), R);
                    assertEquals(G.mul(expected), G1Affine.ofLimbs(powers, G1Affine.LIMBS * i), secret + "^" + i);
                }
            }
        }
    }

    @Test
    void updateMultipliesEveryPointByItsPower() {
        final List<G1Affine> points = new ArrayList<>();
        for (int i = 0; i < 1030; i++) {
            points.add(i % 9 == 4 ? G1Affine.INFINITY : G.mul(BigInteger.valueOf(random.nextInt(5) + i / 2)));
        }
        for (BigInteger secret : List.of(BigInteger.ONE, R.subtract(BigInteger.ONE), new BigInteger(253, random))) {
            final long[] updated =
                    PowersUpdate.of(flat(points), Scalar.of(secret).limbs(), Progress.SILENT);
            for (int i = 0; i < points.size(); i += 1 + i / 20) {
                final BigInteger scalar = secret.modPow(BigInteger.valueOf(i), R);
                assertEquals(
                        points.get(i).mul(scalar), G1Affine.ofLimbs(updated, G1Affine.LIMBS * i), secret + "^" + i);
            }
        }
    }

    @Test
    void multipliesOnePointByShapedScalars() {
        final List<BigInteger> scalars = new ArrayList<>(List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                R.subtract(BigInteger.ONE),
                Endomorphism.LAMBDA,
                R.subtract(Endomorphism.LAMBDA),
                BigInteger.ONE.shiftLeft(127),
                BigInteger.ONE.shiftLeft(253)));
        for (int i = 0; i < 30; i++) {
            scalars.add(new BigInteger(253, random));
        }
        for (BigInteger scalar : scalars) {
            assertEquals(
                    G.mul(scalar), PowersUpdate.multiply(G, Scalar.of(scalar).limbs()), scalar.toString());
        }
    }

    @Test
    void splitsScalarsIntoHalvesOfBoundedSize() {
        final Endomorphism endomorphism = new Endomorphism();
        for (int i = 0; i < 2000; i++) {
            BigInteger k = new BigInteger(260, random).mod(R);
            if (i < 200) {
                k = R.subtract(BigInteger.valueOf(i + 1));
            } else if (i < 400) {
                k = Endomorphism.LAMBDA.multiply(BigInteger.valueOf(i - 300)).mod(R);
            }
            final long[] limbs = new long[4];
            for (int j = 0; j < 4; j++) {
                limbs[j] = k.shiftRight(64 * j).longValue();
            }
            final long[] halves = new long[4];
            final int signs = endomorphism.split(limbs, 0, halves, 0);
            final BigInteger k1 = half(halves, 0, signs & 1);
            final BigInteger k2 = half(halves, 2, signs >> 1);
            assertTrue(k1.abs().bitLength() <= Endomorphism.HALF_BITS, "first half of " + k);
            assertTrue(k2.abs().bitLength() <= Endomorphism.HALF_BITS, "second half of " + k);
            assertEquals(k, k1.add(k2.multiply(Endomorphism.LAMBDA)).mod(R));
        }
    }

    private static BigInteger half(long[] halves, int o, int sign) {
        final BigInteger mask = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        final BigInteger value = BigInteger.valueOf(halves[o])
                .and(mask)
                .add(BigInteger.valueOf(halves[o + 1]).and(mask).shiftLeft(64));
        return sign == 0 ? value : value.negate();
    }

    @Test
    void addsAllPairsOfASmallSetInOneBatch() {
        final List<G1Affine> points = new ArrayList<>(List.of(G1Affine.INFINITY));
        for (int i = 1; i < 6; i++) {
            points.add(G.mul(BigInteger.valueOf(i)));
            points.add(G.mul(BigInteger.valueOf(i)).negate());
        }
        final List<G1Affine> left = new ArrayList<>();
        final List<G1Affine> right = new ArrayList<>();
        final List<G1Affine> expected = new ArrayList<>();
        final List<G1Affine> doubled = new ArrayList<>();
        for (G1Affine p : points) {
            for (G1Affine q : points) {
                left.add(p);
                right.add(q);
                expected.add(p.add(q));
                doubled.add(p.add(p));
            }
        }
        final long[] sum = flat(left);
        final BatchAddition addition = new BatchAddition();
        addition.add(sum, flat(right), left.size());
        assertArrayEquals(flat(expected), sum);
        final long[] twice = flat(left);
        addition.add(twice, twice, left.size());
        assertArrayEquals(flat(doubled), twice);
    }

    @Test
    void reportsProgressUpToTheTotal() {
        final List<Long> seen = new ArrayList<>();
        FixedBasePowers.of(Scalar.of(3).limbs(), 5000, (phase, done, total) -> {
            assertEquals(5000, total);
            seen.add(done);
        });
        assertEquals(0L, seen.getFirst());
        assertEquals(5000L, seen.getLast());
        assertEquals(seen.stream().sorted().toList(), seen);
    }
}
