package org.zkml.prover.msm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.field.Selection;
import org.zkml.prover.field.Selection.Part;

/** Pippenger against points of known discrete logarithm: the sum must be the generator times the inner product. */
class MsmTest {

    private static final long SEED = 4;

    /** Points k_i G for given k_i, and their logarithms. */
    private record Known(Bases scalar, Bases vector, BigInteger[] logarithms) {

        static Known of(BigInteger... logarithms) {
            final long[] points = new long[G1Affine.LIMBS * logarithms.length];
            for (int i = 0; i < logarithms.length; i++) {
                System.arraycopy(G1Affine.GENERATOR.mul(logarithms[i]).limbs(), 0, points, G1Affine.LIMBS * i, 8);
            }
            return new Known(Bases.of(points, false), Bases.of(points, true), logarithms);
        }

        static Known random(int count, Random random) {
            final BigInteger[] logarithms = new BigInteger[count];
            Arrays.setAll(logarithms, i -> new BigInteger(254, random).mod(Fr.MODULUS));
            return of(logarithms);
        }

        G1Affine expected(BigInteger[] scalars) {
            BigInteger sum = BigInteger.ZERO;
            for (int i = 0; i < scalars.length; i++) {
                sum = sum.add(scalars[i].multiply(logarithms[i]));
            }
            return G1Affine.GENERATOR.mul(sum.mod(Fr.MODULUS));
        }

        void check(BigInteger... scalars) {
            final long[] table = new long[Fr.LIMBS * scalars.length];
            for (int i = 0; i < scalars.length; i++) {
                Scalar.of(scalars[i]).put(table, i);
            }
            final G1Affine expected = expected(scalars);
            assertEquals(expected, Msm.sum(scalar, table, 0, scalars.length).toAffine());
            assertEquals(expected, Msm.sum(vector, table, 0, scalars.length).toAffine());
        }

        void checkSmall(int... scalars) {
            final BigInteger[] wide =
                    Arrays.stream(scalars).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new);
            final G1Affine expected = expected(wide);
            assertEquals(expected, Msm.sum(scalar, scalars).toAffine());
            assertEquals(expected, Msm.sum(vector, scalars).toAffine());
        }
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 17, 300})
    void addsFullScalars(int count) {
        final Random random = new Random(SEED + count);
        final Known known = Known.random(count, random);
        final BigInteger[] scalars = new BigInteger[count];
        Arrays.setAll(scalars, i -> new BigInteger(256, random).mod(Fr.MODULUS));
        known.check(scalars);
    }

    @Test
    void addsShapedScalars() {
        final BigInteger top = Fr.MODULUS.subtract(BigInteger.ONE);
        final Known known = Known.random(6, new Random(SEED));
        known.check(big(0), big(0), big(0), big(0), big(0), big(0));
        known.check(top, top, top, top, top, top);
        known.check(big(1), top, big(2), big(Long.MAX_VALUE), BigInteger.TWO.pow(253), big(0));
        known.check(BigInteger.TWO.pow(128).subtract(BigInteger.ONE), big(-1).mod(Fr.MODULUS));
    }

    @Test
    void addsEqualAndOppositePointsAndInfinity() {
        final BigInteger[] logarithms = new BigInteger[64];
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = big(new int[] {5, 5, -5, 0, 7, -7, 7, 0}[i % 8]).mod(Fr.MODULUS);
        }
        final Known known = Known.of(logarithms);
        final Random random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            final int[] scalars = new int[64];
            Arrays.setAll(scalars, i -> random.nextInt(5) - 2);
            known.checkSmall(scalars);
            known.check(
                    Arrays.stream(scalars).mapToObj(v -> big(v).mod(Fr.MODULUS)).toArray(BigInteger[]::new));
        }
        final int[] ones = new int[64];
        Arrays.fill(ones, 1);
        known.checkSmall(ones);
    }

    @Test
    void addsSmallSignedScalarsOfEveryWidth() {
        final Random random = new Random(SEED);
        final Known known = Known.random(200, random);
        for (int bits = 0; bits <= 31; bits++) {
            final int width = bits;
            final int[] scalars = new int[200];
            Arrays.setAll(
                    scalars,
                    i -> i % 3 == 0 || width == 0 ? 0 : (random.nextInt() >>> (32 - width)) * (1 - 2 * (i & 1)));
            known.checkSmall(scalars);
        }
        known.checkSmall(Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 1);
    }

    /** Scalars spread over the buckets, all in the first or in the last ones, all of one value, and such as cancel: tasks have rows of very different sizes, or none. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void sharesOutTheBucketsOfOneWindow(int threads) {
        final Random random = new Random(SEED);
        final Known known = Known.random(400, random);
        final int[][] shapes = new int[7][400];
        Arrays.setAll(shapes[0], i -> random.nextInt(8193) - 4096);
        Arrays.setAll(shapes[1], i -> random.nextInt(7) - 3);
        Arrays.setAll(shapes[2], i -> random.nextBoolean() ? 4096 : -4095);
        Arrays.fill(shapes[3], -2048);
        Arrays.setAll(shapes[4], i -> i % 2 == 0 ? 0 : 64 * (random.nextInt(129) - 64));
        Arrays.setAll(shapes[5], i -> i == 399 ? 4096 : 1);
        try (ForkJoinPool pool = new ForkJoinPool(threads)) {
            for (int[] scalars : shapes) {
                final G1Affine expected = known.expected(
                        Arrays.stream(scalars).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new));
                for (int buckets : new int[] {4096, 8192}) {
                    pool.submit(() -> {
                                assertEquals(expected, sumByValues(known.scalar, scalars, buckets));
                                assertEquals(expected, sumByValues(known.vector, scalars, buckets));
                            })
                            .join();
                }
            }
            final int[] ones = new int[400];
            Arrays.setAll(ones, i -> i % 3 - 1);
            final Known same =
                    Known.of(IntStream.range(0, 400).mapToObj(i -> big(5)).toArray(BigInteger[]::new));
            for (int buckets : new int[] {1, 2, 4, 8}) {
                final G1Affine expected = G1Affine.GENERATOR.mul(big(-5).mod(Fr.MODULUS));
                assertEquals(
                        expected,
                        pool.submit(() -> sumByValues(same.scalar, ones, buckets))
                                .join());
                assertEquals(
                        expected,
                        pool.submit(() -> sumByValues(same.vector, ones, buckets))
                                .join());
            }
        }
    }

    private static G1Affine sumByValues(Bases bases, int[] scalars, int buckets) {
        return ValueSums.of(bases, scalars, buckets).toAffine();
    }

    /** So many that one window of a bucket for every value is the shortest way, at the ends of what it can take and beyond. */
    @Test
    void addsManySmallScalarsOfManyBits() {
        final int count = 20_000;
        final long[] points = new long[G1Affine.LIMBS * count];
        final G1Jacobian p = G1Jacobian.of(G1Affine.GENERATOR);
        for (int i = 0; i < count; i++) {
            System.arraycopy(p.toAffine().limbs(), 0, points, G1Affine.LIMBS * i, 8);
            p.add(G1Affine.GENERATOR);
        }
        final Random random = new Random(SEED);
        for (int largest : new int[] {1 << 11, (1 << 11) + 1, 1 << 12, 1 << 13, 1 << 16, 1 << 17}) {
            final int[] scalars = new int[count];
            Arrays.setAll(
                    scalars, i -> i % 7 == 0 ? largest * (1 - 2 * (i & 1)) : random.nextInt(2 * largest) - largest);
            BigInteger inner = BigInteger.ZERO;
            for (int i = 0; i < count; i++) {
                inner = inner.add(big(scalars[i]).multiply(big(i + 1)));
            }
            final G1Affine expected = G1Affine.GENERATOR.mul(inner.mod(Fr.MODULUS));
            assertEquals(expected, Msm.sum(Bases.of(points, false), scalars).toAffine());
            assertEquals(expected, Msm.sum(Bases.of(points, true), scalars).toAffine());
        }
    }

    @Test
    void largeSumAgreesWithTheSumOfItsParts() {
        final int count = 20_000;
        final Random random = new Random(SEED);
        final long[] points = new long[G1Affine.LIMBS * count];
        final G1Jacobian p = G1Jacobian.of(G1Affine.GENERATOR);
        for (int i = 0; i < count; i++) {
            System.arraycopy(p.toAffine().limbs(), 0, points, G1Affine.LIMBS * i, 8);
            p.add(G1Affine.GENERATOR);
        }
        final long[] scalars = new long[Fr.LIMBS * count];
        BigInteger inner = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            final BigInteger k = new BigInteger(254, random).mod(Fr.MODULUS);
            Scalar.of(k).put(scalars, i);
            inner = inner.add(k.multiply(big(i + 1)));
        }
        final G1Affine expected = G1Affine.GENERATOR.mul(inner.mod(Fr.MODULUS));
        assertEquals(
                expected, Msm.sum(Bases.of(points, false), scalars, 0, count).toAffine());
        assertEquals(
                expected, Msm.sum(Bases.of(points, true), scalars, 0, count).toAffine());
    }

    /** While one thread brings the points to the form of the vector kernels, neither it nor the tasks of another may wait for each other. */
    @Test
    void threadsMayShareBasesFromTheirFirstUse() {
        final int count = 1 << 14;
        final long[] points = new long[G1Affine.LIMBS * count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(G1Affine.GENERATOR.limbs(), 0, points, G1Affine.LIMBS * i, G1Affine.LIMBS);
        }
        final int[] ones = new int[4000];
        Arrays.fill(ones, 1);
        final long[] table = new long[Fr.LIMBS * 4096];
        for (int i = 0; i < 4096; i++) {
            Scalar.of(i + 1L).put(table, i);
        }
        final G1Affine ofOnes = G1Affine.GENERATOR.mul(big(4000));
        final G1Affine ofTable = G1Affine.GENERATOR.mul(big(4096L * 4097 / 2));
        for (int round = 0; round < 40; round++) {
            final Bases bases = Bases.of(points);
            assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
                final CompletableFuture<G1Jacobian> other = CompletableFuture.supplyAsync(
                        () -> Msm.sum(bases, table, 0, 4096), task -> new Thread(task).start());
                assertEquals(ofOnes, Msm.sum(bases, ones).toAffine());
                assertEquals(ofTable, other.join().toAffine());
            });
        }
    }

    @Test
    void refusesMoreScalarsThanPoints() {
        final Known known = Known.random(2, new Random(SEED));
        assertThrows(IllegalArgumentException.class, () -> Msm.sum(known.vector(), new int[3]));
        assertThrows(IllegalArgumentException.class, () -> Msm.sum(known.vector(), new long[12], 0, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 300, 1500})
    void addsSelections(int count) {
        final Random random = new Random(SEED + count);
        final Known known = Known.random(count, random);
        final Scalar[] entries = new Scalar[64];
        Arrays.setAll(entries, i -> i == 7 ? Scalar.ZERO : Scalar.of(new BigInteger(256, random).mod(Fr.MODULUS)));
        final FrVector table = FrVector.zeros(entries.length);
        for (int i = 0; i < entries.length; i++) {
            table.set(i, entries[i]);
        }
        // the first entry has more points than rows are summed up at once, the last ones none
        final int[] plus = new int[count];
        final int[] minus = new int[count];
        for (int i = 0; i < count; i++) {
            plus[i] = i % 3 == 0 ? -5 : random.nextInt(50) - 5;
            minus[i] = i % 4 == 0 ? Selection.NOTHING : random.nextInt(50);
        }
        final Selection selection = new Selection(table, count, List.of(Part.of(plus, 5), new Part(minus, 0, true)));
        check(known, selection);
        check(known, selection.differences());
    }

    /** Sums of a group that are infinity, equal points among them: what is selected cancels, or is selected from points of few kinds. */
    @Test
    void addsSelectionsThatCancel() {
        final BigInteger[] logarithms = new BigInteger[512];
        Arrays.setAll(
                logarithms,
                i -> big(new int[] {5, 5, -5, 3, 7, -7, -3, -5}[i % 8]).mod(Fr.MODULUS));
        final FrVector table = FrVector.zeros(4);
        for (int i = 0; i < 4; i++) {
            table.set(i, Scalar.of(100 + i));
        }
        final int[] index = new int[512];
        Arrays.setAll(index, i -> i / 8 % 3);
        final Part part = Part.of(index, 0);
        final Known known = Known.of(logarithms);
        check(known, new Selection(table, 512, List.of(part)));
        check(known, new Selection(table, 512, List.of(part, new Part(index, 1, true))));
        check(known, new Selection(table, 512, List.of(part, new Part(index, 0, true))));
    }

    private static void check(Known known, Selection selection) {
        final FrVector values = selection.values();
        final BigInteger[] scalars = new BigInteger[selection.size()];
        Arrays.setAll(scalars, i -> values.get(i).toBigInteger());
        final G1Affine expected = known.expected(scalars);
        assertEquals(expected, Msm.sum(known.scalar, selection).toAffine());
        assertEquals(expected, Msm.sum(known.vector, selection).toAffine());
    }

    @Test
    void selectionsArePreferredWhereTheTableIsShort() {
        final FrVector table = FrVector.zeros(512);
        assertTrue(Msm.isShorter(new Selection(table, 4096, List.of(Part.of(new int[4096], 0)))));
        assertFalse(Msm.isShorter(new Selection(table, 512, List.of(Part.of(new int[512], 0)))));
    }

    @Test
    void refusesMoreSelectedThanPoints() {
        final Known known = Known.random(3, new Random(SEED));
        final Selection selection = new Selection(FrVector.zeros(4), 4, List.of(Part.of(new int[4], 0)));
        assertThrows(IllegalArgumentException.class, () -> Msm.sum(known.scalar, selection));
    }
}
