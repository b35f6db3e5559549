package org.zkml.prover.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both kinds of vectors against big integers, on shaped and seeded elements, in sizes around blocks, lanes and chunks. Long, but a test an operation on
 * the same elements.
 */
class FrVectorTest {

    private static final long SEED = 2018;
    private static final BigInteger R = Fr.MODULUS;
    private static final int CHUNK = FrVector.CHUNK;
    private static final int[] SIZES = {0, 1, 2, 63, 64, 65, 129, 256, 257, 1000};
    private static final Scalar[] FACTORS = {
        Scalar.ZERO, Scalar.ONE, Scalar.ONE.negate(), Scalar.powerOfTwo(253), new Scalars(1).next()
    };

    enum Form {
        LIMBS {
            @Override
            FrVector zeros(int size) {
                return new LimbVector(size);
            }
        },
        LANES {
            @Override
            FrVector zeros(int size) {
                return new LaneVector(size);
            }
        };

        abstract FrVector zeros(int size);

        /** The elements, read chunk by chunk. */
        FrVector of(BigInteger... values) {
            final FrVector vector = zeros(values.length);
            final long[] table = table(values);
            for (int at = 0; at < values.length; at += CHUNK) {
                vector.read(at, table, Math.min(CHUNK, values.length - at));
            }
            return vector;
        }
    }

    /** Shaped elements: ends of the range, all-ones limbs of 64 and of 51 bits, and others. */
    private static final class Scalars {
        private final Random random;

        Scalars(long seed) {
            random = new Random(SEED + seed);
        }

        Scalar next() {
            return Scalar.of(integer());
        }

        BigInteger integer() {
            return switch (random.nextInt(8)) {
                case 0 -> BigInteger.valueOf(random.nextInt(3));
                case 1 -> R.subtract(BigInteger.valueOf(1 + random.nextInt(3)));
                case 2 -> BigInteger.ONE.shiftLeft(64 * random.nextInt(4)).subtract(BigInteger.ONE);
                case 3 -> BigInteger.ONE.shiftLeft(51 * random.nextInt(5)).subtract(BigInteger.ONE);
                case 4 -> BigInteger.ONE.shiftLeft(253).subtract(BigInteger.ONE);
                default -> new BigInteger(320, random).mod(R);
            };
        }

        BigInteger[] integers(int size) {
            return IntStream.range(0, size).mapToObj(i -> integer()).toArray(BigInteger[]::new);
        }

        int[] small(int size) {
            final int[] ends = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
            return IntStream.range(0, size)
                    .map(i -> random.nextBoolean() ? ends[random.nextInt(ends.length)] : random.nextInt())
                    .toArray();
        }
    }

    static Stream<Arguments> vectors() {
        return Stream.of(Form.values())
                .flatMap(form -> Arrays.stream(SIZES).mapToObj(size -> Arguments.of(form, size)));
    }

    private static long[] table(BigInteger... values) {
        final long[] table = new long[Fr.LIMBS * values.length];
        for (int i = 0; i < values.length; i++) {
            Scalar.of(values[i]).put(table, i);
        }
        return table;
    }

    private interface Element {
        BigInteger at(int i);
    }

    private static BigInteger[] all(int size, Element element) {
        return IntStream.range(0, size).mapToObj(i -> element.at(i).mod(R)).toArray(BigInteger[]::new);
    }

    private static BigInteger sum(BigInteger... values) {
        return Stream.of(values).reduce(BigInteger.ZERO, BigInteger::add).mod(R);
    }

    private static void assertElements(BigInteger[] expected, FrVector actual) {
        assertEquals(expected.length, actual.size());
        assertArrayEquals(table(expected), actual.toTable());
        final long[] canonical = actual.toCanonical();
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < Fr.LIMBS; j++) {
                assertEquals(expected[i].shiftRight(64 * j).longValue(), canonical[Fr.LIMBS * i + j], "element " + i);
            }
        }
        for (int i = 0; i < expected.length; i += 1 + expected.length / 10) {
            assertEquals(expected[i], actual.get(i).toBigInteger());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void keepsElements(Form form, int size) {
        final BigInteger[] values = new Scalars(size).integers(size);
        assertElements(values, form.of(values));
        final FrVector set = form.zeros(size);
        assertElements(all(size, i -> BigInteger.ZERO), set);
        for (int i = size - 1; i >= 0; i--) {
            set.set(i, Scalar.of(values[i]));
        }
        assertElements(values, set);
        assertElements(values, form.zeros(1).sameForm(Form.LIMBS.of(values)));
        assertElements(values, form.zeros(1).sameForm(Form.LANES.of(values)));
        assertElements(values, FrVector.of(table(values)));

        final FrVector copy = set.copy();
        if (size > 0) {
            set.set(size - 1, Scalar.ONE);
        }
        assertElements(values, copy);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void addsSubtractsAndMultiplies(Form form, int size) {
        final Scalars scalars = new Scalars(size);
        final BigInteger[] a = scalars.integers(size);
        final BigInteger[] b = scalars.integers(size);
        final FrVector x = form.of(a);
        final FrVector y = form.of(b);
        final FrVector z = form.zeros(size);
        FrVector.forChunks(size, (at, count) -> z.add(at, x, at, y, at, count));
        assertElements(all(size, i -> a[i].add(b[i])), z);
        FrVector.forChunks(size, (at, count) -> z.sub(at, x, at, y, at, count));
        assertElements(all(size, i -> a[i].subtract(b[i])), z);
        FrVector.forChunks(size, (at, count) -> z.mul(at, x, at, y, at, count));
        assertElements(all(size, i -> a[i].multiply(b[i])), z);
        // in place, and an operand twice
        FrVector.forChunks(size, (at, count) -> {
            z.sub(at, x, at, z, at, count);
            z.mul(at, z, at, z, at, count);
            z.add(at, z, at, z, at, count);
        });
        assertElements(all(size, i -> a[i].subtract(a[i].multiply(b[i])).pow(2).shiftLeft(1)), z);
        assertElements(a, x);
        assertElements(b, y);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void takesConstantsOnEitherSide(Form form, int size) {
        final BigInteger[] a = new Scalars(size).integers(size);
        final FrVector x = form.of(a);
        final FrVector z = form.zeros(size);
        for (Scalar factor : FACTORS) {
            final BigInteger f = factor.toBigInteger();
            final FrVector c = x.constant(factor);
            FrVector.forChunks(size, (at, count) -> {
                final FrVector t = z.like(count);
                t.mul(0, c, 0, x, at, count);
                t.sub(0, c, at, t, 0, count);
                z.add(at, t, 0, c, at, count);
            });
            assertElements(all(size, i -> f.shiftLeft(1).subtract(f.multiply(a[i]))), z);
            FrVector.forChunks(size, (at, count) -> {
                z.mul(at, x, at, c, at, count);
                z.add(at, z, at, c, 0, count);
                z.sub(at, z, at, c, 0, count);
            });
            assertElements(all(size, i -> f.multiply(a[i])), z);
            final FrVector shifted = x.copy();
            shifted.addConstant(factor);
            assertElements(all(size, i -> a[i].add(f)), shifted);
        }
    }

    /** From one chunk of a vector to another, and what lies around it stays. */
    @ParameterizedTest
    @EnumSource
    void worksOnChunksAnywhere(Form form) {
        final int size = 4 * CHUNK;
        final Scalars scalars = new Scalars(4);
        final BigInteger[] a = scalars.integers(size);
        final BigInteger[] b = scalars.integers(size);
        final FrVector x = form.of(a);
        final FrVector y = form.of(b);
        final FrVector z = form.of(a);
        z.mul(CHUNK, x, 3 * CHUNK, y, 0, CHUNK);
        z.add(2 * CHUNK, x, 0, y, 3 * CHUNK, CHUNK);
        z.copy(3 * CHUNK, y, CHUNK, CHUNK);
        assertElements(
                all(size, i -> switch (i / CHUNK) {
                    case 0 -> a[i];
                    case 1 -> a[2 * CHUNK + i].multiply(b[i - CHUNK]);
                    case 2 -> a[i - 2 * CHUNK].add(b[CHUNK + i]);
                    default -> b[i - 2 * CHUNK];
                }),
                z);
        z.clear(CHUNK);
        assertEquals(Scalar.ZERO, z.sum(0, CHUNK));
        assertEquals(Scalar.of(b[CHUNK]), z.get(3 * CHUNK));
    }

    /** What lies between the places of a scatter stays. */
    @ParameterizedTest
    @MethodSource("vectors")
    void gathersAndScattersByStrides(Form form, int size) {
        final Scalars scalars = new Scalars(size);
        final BigInteger[] a = scalars.integers(5 * size);
        final BigInteger[] b = scalars.integers(size);
        for (int from = 0; from < 5; from++) {
            final int first = from;
            final FrVector x = form.of(a);
            final FrVector z = form.zeros(size);
            z.gather(x, first, 5, size);
            assertElements(all(size, i -> a[first + 5 * i]), z);
            x.scatter(first, 5, form.of(b), size);
            assertElements(all(a.length, i -> i % 5 == first ? b[i / 5] : a[i]), x);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void multipliesSmallIntegers(Form form, int size) {
        final Scalars scalars = new Scalars(size);
        final int[] small = scalars.small(size + 3);
        final BigInteger[] a = scalars.integers(size + 2);
        for (Scalar factor : FACTORS) {
            final BigInteger f = factor.toBigInteger();
            final FrVector z = form.zeros(size);
            final FrVector c = z.smallFactor(factor);
            FrVector.forChunks(size, (at, count) -> z.mulSmall(at, small, at + 3, c, count));
            assertElements(all(size, i -> BigInteger.valueOf(small[i + 3]).multiply(f)), z);
            final FrVector sum = form.of(a);
            sum.addScaled(Arrays.copyOf(small, size), factor);
            assertElements(
                    all(size + 2, i -> i < size ? a[i].add(f.multiply(BigInteger.valueOf(small[i]))) : a[i]), sum);
        }
        assertElements(all(small.length, i -> BigInteger.valueOf(small[i])), FrVector.ofSmall(small));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void invertsChunks(Form form, int size) {
        final BigInteger[] a =
                all(size, i -> new Scalars(31 * size + i).integer().max(BigInteger.ONE));
        final FrVector x = form.of(a);
        FrVector.forChunks(size, x::invert);
        assertElements(all(size, i -> a[i].modInverse(R)), x);
        x.invert(0, size);
        assertElements(a, x);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void invertsNoZero(Form form, int size) {
        for (int place : new int[] {0, 1, 7, 8, size / 2, size - 2, size - 1}) {
            if (place >= 0 && place < size) {
                final BigInteger[] a = all(size, i -> BigInteger.valueOf(i == place ? 0 : i + 1));
                final FrVector x = form.of(a);
                assertThrows(ArithmeticException.class, () -> x.invert(0, size), "zero at " + place);
                // a zero that is not 0 as limbs
                final FrVector zero = form.of(all(size, i -> BigInteger.valueOf(i + 1)));
                final FrVector c = zero.constant(Scalar.of(place + 1));
                FrVector.forChunks(size, (at, count) -> zero.sub(at, zero, at, c, at, count));
                assertThrows(ArithmeticException.class, () -> zero.invert(0, size), "zero at " + place);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void addsUpAnyRange(Form form, int size) {
        final BigInteger[] a = new Scalars(size).integers(size);
        final FrVector x = form.of(a);
        for (int at = 0; at < size; at += CHUNK) {
            for (int count : new int[] {0, 1, 7, 8, 9, CHUNK - 1, CHUNK, size - at}) {
                if (count <= size - at) {
                    assertEquals(
                            sum(Arrays.copyOfRange(a, at, at + count)),
                            x.sum(at, count).toBigInteger());
                }
            }
        }
    }

    /** Vectors as the prover makes them, whose elements are sums and products: whatever is left of a last block must not count. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 63, 64, 65, 100, 127, 128, 129, 256, 257, 511, 1000, 1024, 5000})
    void innerProductsAndSumsOfScaledVectorsCountElementsOnly(int size) {
        final Scalars scalars = new Scalars(size);
        final BigInteger[] a = scalars.integers(size);
        final BigInteger[] b = scalars.integers(size);
        final BigInteger[] longer = scalars.integers(size + 300);
        final BigInteger one = scalars.integer();
        final Scalar factor = scalars.next();
        final FrVector x = FrVector.of(table(a));
        final FrVector y = FrVector.of(table(b));
        x.addConstant(Scalar.of(one));
        y.addConstant(factor);
        final BigInteger[] xs = all(size, i -> a[i].add(one));
        final BigInteger[] ys = all(size, i -> b[i].add(factor.toBigInteger()));
        assertEquals(sum(xs), FrVector.innerProduct(x).toBigInteger());
        assertEquals(
                sum(all(size, i -> xs[i].multiply(ys[i]))),
                FrVector.innerProduct(x, y).toBigInteger());
        assertEquals(
                sum(all(size, i -> xs[i].multiply(ys[i]).multiply(xs[i]))),
                FrVector.innerProduct(x, y, x).toBigInteger());
        final FrVector target = FrVector.of(table(longer));
        target.addScaled(x, factor);
        assertElements(
                all(longer.length, i -> i < size ? longer[i].add(xs[i].multiply(factor.toBigInteger())) : longer[i]),
                target);
        for (int count : new int[] {0, size / 4, size / 2, size}) {
            final FrVector lower = x.copy().lower(count);
            assertElements(Arrays.copyOf(xs, count), lower);
            assertEquals(
                    sum(Arrays.copyOf(xs, count)), FrVector.innerProduct(lower).toBigInteger());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void reversesAndTakesTheLowerPart(Form form, int size) {
        final BigInteger[] a = new Scalars(size).integers(size);
        final FrVector x = form.of(a);
        assertElements(all(size, i -> a[size - 1 - i]), x.reversed());
        assertElements(a, x);
        for (int count : new int[] {0, 1, 63, 64, 65, 128, size}) {
            if (count <= size) {
                assertElements(Arrays.copyOf(a, count), x.lower(count));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void repeatsATable(Form form) {
        for (int period = 1; period <= 2048; period *= 2) {
            final BigInteger[] a = new Scalars(period).integers(period);
            for (Form other : Form.values()) {
                final FrVector tiled = form.zeros(2048);
                tiled.tile(other.of(a));
                assertElements(all(2048, i -> a[i % a.length]), tiled);
            }
        }
    }

    /** Down to one value; a result is the next round's operand. */
    @ParameterizedTest
    @EnumSource
    void bindsTheHighestVariable(Form form) {
        for (int numVars = 0; numVars <= 11; numVars++) {
            final Scalars scalars = new Scalars(numVars);
            BigInteger[] expected = scalars.integers(1 << numVars);
            FrVector table = numVars < 6 ? Form.LIMBS.of(expected) : form.of(expected);
            for (int k = numVars - 1; k >= 0; k--) {
                final BigInteger u = scalars.integer();
                final int half = 1 << k;
                final BigInteger[] all = expected;
                expected = all(
                        half, i -> all[half + i].subtract(all[i]).multiply(u).add(all[i]));
                table = table.bindHighest(Scalar.of(u));
                assertElements(expected, table);
            }
            assertEquals(expected[0], table.get(0).toBigInteger());
        }
    }

    /** A long program of operations: no bound is worn out, and both kinds give the same limbs. */
    @ParameterizedTest
    @ValueSource(ints = {1, 65, 600})
    void bothKindsComputeTheSame(int size) {
        final List<FrVector> results =
                Stream.of(Form.values()).map(form -> program(form, size)).toList();
        assertInstanceOf(LaneVector.class, results.get(1));
        assertArrayEquals(results.get(0).toTable(), results.get(1).toTable());
        assertArrayEquals(results.get(0).toCanonical(), results.get(1).toCanonical());
    }

    private static FrVector program(Form form, int size) {
        final Scalars scalars = new Scalars(99);
        final Random random = new Random(SEED);
        final FrVector[] v = new FrVector[5];
        Arrays.setAll(v, i -> form.of(scalars.integers(size)));
        for (int step = 0; step < 2000; step++) {
            final FrVector z = v[random.nextInt(v.length)];
            final FrVector x = v[random.nextInt(v.length)];
            final FrVector y = random.nextInt(5) == 0 ? z.constant(scalars.next()) : v[random.nextInt(v.length)];
            final int operation = random.nextInt(5);
            FrVector.forChunks(size, (at, count) -> {
                switch (operation) {
                    case 0 -> z.add(at, x, at, y, at, count);
                    case 1 -> z.sub(at, x, at, y, at, count);
                    case 2 -> z.sub(at, y, at, x, at, count);
                    default -> z.mul(at, x, at, y, at, count);
                }
            });
        }
        return v[0];
    }

    @Test
    void lanesAreUsedWhereTheyAreFilled() {
        for (int size : new int[] {1, 32, 63, 65, 100, 127, 129, 1000}) {
            assertInstanceOf(LimbVector.class, FrVector.zeros(size));
        }
        for (int size : new int[] {64, 128, 192, 1024}) {
            assertEquals(Lanes.available(), FrVector.zeros(size) instanceof LaneVector);
        }
    }
}
