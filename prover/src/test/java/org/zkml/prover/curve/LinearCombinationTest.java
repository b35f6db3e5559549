package org.zkml.prover.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;

/** Linear combinations and the affine additions below them against double and add. */
class LinearCombinationTest {

    private static final long SEED = 20263;
    private static final G1Affine G = G1Affine.GENERATOR;

    private final Random random = new Random(SEED);

    private static G1Affine naive(List<G1Affine> points, List<Scalar> scalars) {
        G1Affine sum = G1Affine.INFINITY;
        for (int i = 0; i < points.size(); i++) {
            sum = sum.add(points.get(i).mul(scalars.get(i)));
        }
        return sum;
    }

    private static void assertAgrees(List<G1Affine> points, List<Scalar> scalars) {
        assertEquals(
                naive(points, scalars),
                LinearCombination.of(points, scalars).toAffine(),
                () -> points + " times " + scalars);
    }

    private Scalar scalar() {
        return Scalar.of(new BigInteger(260, random));
    }

    private G1Affine point() {
        return G.mul(scalar());
    }

    /** Small ones of both signs, around powers of two and around multiples of lambda and of the lattice's vectors. */
    private List<Scalar> shapedScalars() {
        final List<BigInteger> values = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            values.add(BigInteger.valueOf(i));
        }
        for (int bit = 5; bit < 254; bit += 3) {
            values.add(BigInteger.ONE.shiftLeft(bit));
            values.add(BigInteger.ONE.shiftLeft(bit).subtract(BigInteger.ONE));
        }
        for (int i = 1; i < 20; i++) {
            values.add(Endomorphism.LAMBDA.multiply(BigInteger.valueOf(i)));
            values.add(Endomorphism.LAMBDA.shiftLeft(7 * i).add(BigInteger.valueOf(i)));
            values.add(Fr.MODULUS.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(20)));
        }
        final List<Scalar> scalars = new ArrayList<>();
        for (BigInteger value : values) {
            scalars.add(Scalar.of(value));
            scalars.add(Scalar.of(value.negate()));
        }
        return scalars;
    }

    @Test
    void multipliesOnePointByShapedScalars() {
        final G1Affine point = point();
        for (Scalar scalar : shapedScalars()) {
            assertAgrees(List.of(point), List.of(scalar));
        }
    }

    @Test
    void agreesOnRandomPoints() {
        for (int count : new int[] {0, 1, 2, 3, 4, 5, 8, 13, 47, 100}) {
            final List<G1Affine> points = new ArrayList<>();
            final List<Scalar> scalars = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                points.add(point());
                scalars.add(scalar());
            }
            assertAgrees(points, scalars);
        }
    }

    @Test
    void agreesOnShapedScalarsTogether() {
        final List<Scalar> scalars = shapedScalars();
        final List<G1Affine> points = new ArrayList<>();
        scalars.forEach(scalar -> points.add(point()));
        assertAgrees(points, scalars);
    }

    /** Points that are equal, opposite, small multiples or images of each other meet in one sum with all kinds of factors. */
    @Test
    void agreesOnRelatedPoints() {
        final G1Affine p = point();
        final List<G1Affine> kinds = List.of(
                p,
                p.negate(),
                G1Affine.INFINITY,
                p.add(p),
                p.mul(BigInteger.valueOf(3)),
                p.mul(Endomorphism.LAMBDA),
                G);
        final List<Scalar> shaped = shapedScalars();
        for (int round = 0; round < 60; round++) {
            final List<G1Affine> points = new ArrayList<>();
            final List<Scalar> scalars = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                points.add(kinds.get(random.nextInt(kinds.size())));
                scalars.add(random.nextBoolean() ? scalar() : shaped.get(random.nextInt(shaped.size())));
            }
            assertAgrees(points, scalars);
        }
    }

    @Test
    void equalAndOppositePointsWithEqualFactors() {
        final G1Affine p = point();
        final Scalar s = scalar();
        for (int count = 1; count < 20; count++) {
            assertAgrees(Collections.nCopies(count, p), Collections.nCopies(count, s));
            final List<G1Affine> both = new ArrayList<>(Collections.nCopies(count, p));
            both.addAll(Collections.nCopies(count, p.negate()));
            assertTrue(LinearCombination.of(both, Collections.nCopies(2 * count, s))
                    .isInfinity());
        }
    }

    @Test
    void refusesListsOfDifferentLengths() {
        assertThrows(IllegalArgumentException.class, () -> LinearCombination.of(List.of(G), List.of()));
    }

    @Test
    void addsAffinePointsInEveryCase() {
        final G1Affine p = point();
        final List<G1Affine> kinds = List.of(p, p.negate(), p.add(p), G1Affine.INFINITY, G, p.mul(Endomorphism.LAMBDA));
        final int count = kinds.size() * kinds.size();
        final long[] left = new long[G1Affine.LIMBS * count];
        final long[] right = new long[G1Affine.LIMBS * count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(kinds.get(i / kinds.size()).limbs(), 0, left, 8 * i, 8);
            System.arraycopy(kinds.get(i % kinds.size()).limbs(), 0, right, 8 * i, 8);
        }
        final AffineAdditions additions = new AffineAdditions(count);
        for (int round = 0; round < 2; round++) { // an instance can be used again
            for (int i = 0; i < count; i++) {
                additions.announce(left, 8 * i, right, 8 * i);
            }
            additions.invert();
            final long[] sums = left.clone();
            for (int i = 0; i < count; i++) {
                additions.take(sums, 8 * i, sums, 8 * i, right, 8 * i);
                final G1Affine expected = kinds.get(i / kinds.size()).add(kinds.get(i % kinds.size()));
                assertEquals(expected, G1Affine.ofLimbs(sums, 8 * i), "pair " + i);
            }
        }
    }
}
