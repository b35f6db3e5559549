package org.zkml.prover.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The vector kernels against integers, on operands up to the bounds that docs/field-arithmetic.md states. Long, but one class: {@link #main} runs all of it
 * at another width of the vectors.
 */
class LaneFieldTest {

    private static final long SEED = 51;
    private static final int ROUNDS = 400;
    private static final int LANES = LaneField.LANES;
    private static final int BLOCK = LaneField.BLOCK;
    private static final int LIMBS = LaneField.LIMBS;
    private static final BigInteger R = BigInteger.ONE.shiftLeft(255);
    private static final BigInteger LIMB = BigInteger.ONE.shiftLeft(51);
    private static final BigInteger HALF_LIMB = BigInteger.ONE.shiftLeft(50);

    enum Field {
        FQ(LaneField.FQ, Fq.MODULUS),
        FR(LaneField.FR, Fr.MODULUS);

        final LaneField lanes;
        final BigInteger p;
        /** -1/p mod 2^51. */
        final BigInteger k;

        Field(LaneField lanes, BigInteger p) {
            this.lanes = lanes;
            this.p = p;
            this.k = p.negate().modInverse(LIMB);
        }

        BigInteger times(int thousandths) {
            return p.multiply(BigInteger.valueOf(thousandths)).divide(BigInteger.valueOf(1000));
        }

        /** What a product adds: {@code sum_{i<4} m_i k p 2^{51 i} + m_4 p 2^204}. */
        BigInteger eliminated(BigInteger digit, BigInteger last) {
            BigInteger digits = BigInteger.ZERO;
            for (int i = 0; i < LIMBS - 1; i++) {
                digits = digits.add(digit.shiftLeft(51 * i));
            }
            return digits.multiply(k).add(last.shiftLeft(204)).multiply(p);
        }
    }

    private final Random random = new Random(SEED);

    /** All tests of this class, where there is no test runner: {@code PathsTest} starts it at every width of the vectors. */
    public static void main(String[] args) throws ReflectiveOperationException {
        for (Method method : LaneFieldTest.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(ParameterizedTest.class)) {
                for (Field field : Field.values()) {
                    try {
                        method.invoke(new LaneFieldTest(), field);
                    } catch (InvocationTargetException e) {
                        throw new AssertionError(method.getName() + " of " + field + ", seed " + SEED, e.getCause());
                    }
                }
            }
        }
        System.out.println("lanes " + LANES);
    }

    private static BigInteger value(double[] x, int i) {
        BigInteger value = BigInteger.ZERO;
        for (int j = LIMBS - 1; j >= 0; j--) {
            value = value.multiply(LIMB).add(BigInteger.valueOf((long) x[LaneField.place(i) + j * LANES]));
        }
        return value;
    }

    /** Writes a value of absolute value up to 2 p with lower limbs of up to 2^51, positive or negative by the bits of {@code signs}. */
    private static void put(double[] x, int i, BigInteger value, int signs) {
        BigInteger rest = value;
        for (int j = 0; j < LIMBS - 1; j++) {
            BigInteger limb = rest.mod(LIMB);
            if ((signs >> j & 1) != 0) {
                limb = limb.subtract(LIMB); // down to -2^51 itself
            }
            x[LaneField.place(i) + j * LANES] = limb.doubleValue();
            rest = rest.subtract(limb).divide(LIMB);
        }
        x[LaneField.place(i) + 4 * LANES] = rest.doubleValue();
    }

    /** Writes a value of absolute value up to p / 2 with limbs of up to 2^50. */
    private static void putReduced(double[] x, int i, BigInteger value) {
        BigInteger rest = value;
        for (int j = 0; j < LIMBS; j++) {
            final BigInteger limb =
                    j == LIMBS - 1 ? rest : rest.add(HALF_LIMB).mod(LIMB).subtract(HALF_LIMB);
            x[LaneField.place(i) + j * LANES] = limb.doubleValue();
            rest = rest.subtract(limb).divide(LIMB);
        }
    }

    /** Shaped values of absolute value up to the bound. */
    private BigInteger upTo(BigInteger bound) {
        final BigInteger magnitude = switch (random.nextInt(6)) {
            case 0 -> bound;
            case 1 -> bound.subtract(BigInteger.valueOf(random.nextInt(5)));
            case 2 -> BigInteger.valueOf(random.nextInt(3));
            case 3 ->
                BigInteger.ONE.shiftLeft(random.nextInt(bound.bitLength())).subtract(BigInteger.ONE);
            case 4 -> BigInteger.ONE.shiftLeft(random.nextInt(bound.bitLength()));
            default -> new BigInteger(bound.bitLength() + 64, random).mod(bound);
        };
        return random.nextBoolean() ? magnitude : magnitude.negate();
    }

    private double[] operands(BigInteger bound, int blocks) {
        final double[] x = new double[BLOCK * blocks];
        for (int i = 0; i < LANES * blocks; i++) {
            put(x, i, upTo(bound), random.nextInt(16));
        }
        return x;
    }

    private double[] reduced(BigInteger p, int blocks) {
        final double[] x = new double[BLOCK * blocks];
        for (int i = 0; i < LANES * blocks; i++) {
            putReduced(x, i, upTo(p.shiftRight(1)));
        }
        return x;
    }

    private static void assertWithin(BigInteger bound, BigInteger value) {
        assertTrue(value.abs().compareTo(bound) <= 0, () -> value + " is not within " + bound);
    }

    private static void assertCongruent(Field field, BigInteger expected, BigInteger actual) {
        assertEquals(expected.mod(field.p), actual.mod(field.p));
    }

    /** The result of {@code x y}: congruent, limbs in their ranges, and {@code |z| R <= |x y| + what the digits add}. */
    private static void assertProduct(Field field, BigInteger x, BigInteger y, double[] z, int i) {
        final BigInteger product = x.multiply(y);
        final BigInteger result = value(z, i);
        assertCongruent(field, product, result.multiply(R));
        assertWithin(product.abs().add(field.eliminated(HALF_LIMB, HALF_LIMB)), result.multiply(R));
        for (int j = 0; j < LIMBS - 1; j++) {
            final double limb = z[LaneField.place(i) + j * LANES];
            assertTrue(limb >= 0 && limb < 0x1p51, () -> "limb " + limb);
        }
        assertTrue(Math.abs(z[LaneField.place(i) + 4 * LANES]) < 0x1p51);
    }

    private static void assertReduced(Field field, BigInteger expected, double[] z, int i) {
        final BigInteger result = value(z, i);
        assertCongruent(field, expected, result);
        // half of p and 2^-48 of it
        assertWithin(field.p.shiftRight(1).add(field.p.shiftRight(48)), result);
        for (int j = 0; j < LIMBS; j++) {
            assertTrue(Math.abs(z[LaneField.place(i) + j * LANES]) <= 0x1p50);
        }
    }

    /** The numbers of the bounds, exactly. */
    @ParameterizedTest
    @EnumSource
    void theDigitsAddLessThanStated(Field field) {
        final BigInteger digits = field.eliminated(HALF_LIMB, HALF_LIMB);
        assertWithin(field.times(627).multiply(R), digits);
        final BigInteger operand = field.times(1030);
        assertWithin(operand.multiply(R), operand.pow(2).add(digits));
        assertWithin(field.times(2150).multiply(R), field.p.shiftLeft(1).pow(2).add(digits));
    }

    @ParameterizedTest
    @EnumSource
    void multipliesOperandsUpToTheBounds(Field field) {
        for (int round = 0; round < ROUNDS; round++) {
            final double[] x = operands(field.p.shiftLeft(1), 2);
            final double[] y = operands(field.p.shiftLeft(1), 2);
            final double[] z = new double[2 * BLOCK];
            field.lanes.mul(z, 0, BLOCK, x, 0, BLOCK, y, 0, BLOCK, 2);
            for (int i = 0; i < 2 * LANES; i++) {
                assertProduct(field, value(x, i), value(y, i), z, i);
                assertWithin(field.times(2150), value(z, i));
            }
        }
    }

    /** Operands whose limbs are all at one end, so that every partial product is as large as it gets. */
    @ParameterizedTest
    @EnumSource
    void multipliesTheLargestLimbs(Field field) {
        final double[] x = new double[BLOCK];
        final double[] y = new double[BLOCK];
        final double[] z = new double[BLOCK];
        for (int signs = 0; signs < 1 << 2 * LIMBS; signs++) {
            for (int j = 0; j < LIMBS; j++) {
                final double top = j == 4 ? 0x1p50 : 0x1p51;
                Arrays.fill(x, j * LANES, (j + 1) * LANES, (signs >> j & 1) != 0 ? -top : top);
                Arrays.fill(y, j * LANES, (j + 1) * LANES, (signs >> (LIMBS + j) & 1) != 0 ? -top : top);
            }
            field.lanes.mul(z, 0, BLOCK, x, 0, BLOCK, y, 0, BLOCK, 1);
            for (int lane = 0; lane < LANES; lane++) {
                assertProduct(field, value(x, lane), value(y, lane), z, lane);
            }
        }
    }

    /** Every digit at an end of its range: the digits add all that the bound allows, and come out as computed. */
    @ParameterizedTest
    @EnumSource
    void reachesTheBoundOfTheDigits(Field field) {
        final BigInteger[] ends = {HALF_LIMB.negate(), HALF_LIMB.subtract(BigInteger.ONE)};
        final double[] x = new double[BLOCK];
        final double[] z = new double[BLOCK];
        for (BigInteger digit : ends) {
            for (BigInteger last : new BigInteger[] {BigInteger.ONE.subtract(HALF_LIMB), ends[1]}) {
                final BigInteger added = field.eliminated(digit, last);
                // x = -added mod R, so that the digits of x times 1 are these
                BigInteger operand = added.negate().mod(R);
                if (operand.bitLength() == 255) {
                    operand = operand.subtract(R);
                }
                put(x, 0, operand, random.nextInt(16));
                field.lanes.mul(z, 0, BLOCK, x, 0, BLOCK, field.lanes.filled(BigInteger.ONE), 0, 0, 1);
                assertEquals(operand.add(added), value(z, 0).multiply(R));
            }
        }
        final BigInteger most = field.eliminated(HALF_LIMB, HALF_LIMB);
        put(x, 0, most.mod(R).subtract(most.mod(R).bitLength() == 255 ? R : BigInteger.ZERO), 0);
        field.lanes.mul(z, 0, BLOCK, x, 0, BLOCK, field.lanes.filled(BigInteger.ONE), 0, 0, 1);
        assertProduct(field, value(x, 0), BigInteger.ONE, z, 0);
        assertTrue(field.eliminated(ends[0], BigInteger.ONE.subtract(HALF_LIMB))
                        .abs()
                        .compareTo(field.times(622).multiply(R))
                > 0);
    }

    /** Products of products, from operands at the bound on. */
    @ParameterizedTest
    @EnumSource
    void aChainStaysBelowItsBound(Field field) {
        final BigInteger bound = field.times(1030);
        final double[] x = operands(bound, 1);
        for (int round = 0; round < ROUNDS; round++) {
            final double[] y = operands(bound, 1);
            final double[] before = x.clone();
            field.lanes.mul(x, 0, BLOCK, x, 0, BLOCK, y, 0, BLOCK, 1);
            for (int lane = 0; lane < LANES; lane++) {
                assertProduct(field, value(before, lane), value(y, lane), x, lane);
                assertWithin(bound, value(x, lane));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void differencesOfReducedElementsAreOperands(Field field) {
        final double[] z = new double[2 * BLOCK];
        for (int round = 0; round < ROUNDS; round++) {
            final double[] x = reduced(field.p, 2);
            final double[] y = reduced(field.p, 2);
            field.lanes.subtract(z, 0, x, 0, y, 0, 2);
            for (int i = 0; i < 2 * LANES; i++) {
                assertEquals(value(x, i).subtract(value(y, i)), value(z, i));
            }
            for (double limb : z) {
                assertTrue(Math.abs(limb) <= 0x1p51);
            }
        }
    }

    /** A product and two reduced elements, with all signs that are taken. */
    @ParameterizedTest
    @EnumSource
    void combinesAProductAndReducedElements(Field field) {
        final double[] z = new double[2 * BLOCK];
        for (int round = 0; round < ROUNDS; round++) {
            final double[] x = new double[2 * BLOCK];
            for (int i = 0; i < 2 * LANES; i++) {
                put(x, i, upTo(field.times(1030)), 0);
            }
            final double[] y = reduced(field.p, 2);
            final double[] w = reduced(field.p, 2);
            for (int signs = 0; signs < 9; signs++) {
                final int f = signs % 3 - 1;
                final int g = signs / 3 - 1;
                field.lanes.combine(z, 0, BLOCK, x, 0, BLOCK, f, y, 0, BLOCK, g, w, 0, BLOCK, 2);
                for (int i = 0; i < 2 * LANES; i++) {
                    final BigInteger sum = value(x, i)
                            .add(value(y, i).multiply(BigInteger.valueOf(f)))
                            .add(value(w, i).multiply(BigInteger.valueOf(g)));
                    assertReduced(field, sum, z, i);
                }
            }
        }
    }

    /** Two operands below 1.03 p with limbs of any sign; and what is as near as can be to a half multiple of p. */
    @ParameterizedTest
    @EnumSource
    void combinesTwoProducts(Field field) {
        final double[] z = new double[BLOCK];
        for (int round = 0; round < 4 * ROUNDS; round++) {
            final double[] x = operands(field.times(1030), 1);
            final double[] y = operands(field.times(1030), 1);
            final int factor = random.nextInt(3) - 1;
            if (factor != 0 && round % 2 == 0) {
                final BigInteger halves = field.p.multiply(BigInteger.valueOf(random.nextInt(-4, 5)));
                final BigInteger sum = halves.shiftRight(1).add(BigInteger.valueOf(random.nextInt(-2, 3)));
                for (int lane = 0; lane < LANES; lane++) {
                    final BigInteger one = halves.shiftRight(2);
                    put(x, lane, one, random.nextInt(16));
                    put(y, lane, sum.subtract(one).multiply(BigInteger.valueOf(factor)), random.nextInt(16));
                }
            }
            field.lanes.combine(z, 0, BLOCK, x, 0, BLOCK, factor, y, 0, BLOCK, 1);
            for (int lane = 0; lane < LANES; lane++) {
                assertReduced(field, value(x, lane).add(value(y, lane).multiply(BigInteger.valueOf(factor))), z, lane);
            }
        }
    }

    /** Sums of 2.4 p whose lower limbs are all 2^52 or -2^52. */
    @ParameterizedTest
    @EnumSource
    void combinesTheLargestLimbs(Field field) {
        final double[] x = new double[BLOCK];
        final double[] z = new double[BLOCK];
        for (int signs = 0; signs < 1 << LIMBS; signs++) {
            final BigInteger target = field.times((signs & 16) == 0 ? 2400 : -2400);
            BigInteger low = BigInteger.ZERO;
            for (int j = 0; j < LIMBS - 1; j++) {
                final double limb = (signs >> j & 1) == 0 ? 0x1p51 : -0x1p51;
                Arrays.fill(x, j * LANES, (j + 1) * LANES, limb);
                low = low.add(BigInteger.valueOf((long) limb).shiftLeft(51 * j));
            }
            final double top = target.shiftRight(1)
                    .subtract(low)
                    .divide(BigInteger.ONE.shiftLeft(204))
                    .doubleValue();
            Arrays.fill(x, 4 * LANES, BLOCK, top);
            field.lanes.combine(z, 0, BLOCK, x, 0, BLOCK, 1, x, 0, BLOCK, 1);
            for (int lane = 0; lane < LANES; lane++) {
                assertReduced(field, value(x, lane).shiftLeft(1), z, lane);
            }
        }
    }

    /** Any steps, and results on top of operands, as block by block. */
    @ParameterizedTest
    @EnumSource
    void worksOnBlocksInOrder(Field field) {
        final int count = 5;
        final int[] steps = {BLOCK, 0, -BLOCK};
        for (int zs : steps) {
            for (int xs : steps) {
                for (int ys : steps) {
                    for (int overlap = 0; overlap < 4; overlap++) {
                        final double[] data = operands(field.times(1030), 4 * count);
                        final int zo = start(zs, count, 1);
                        final int xo = (overlap & 1) == 0 ? start(xs, count, 2) : start(xs, count, 1);
                        final int yo = (overlap & 2) == 0 ? start(ys, count, 3) : start(ys, count, 1);
                        final double[] expected = data.clone();
                        final double[] combined = data.clone();
                        final double[] expectedCombined = data.clone();
                        for (int b = 0; b < count; b++) {
                            single(field, expected, zo + b * zs, xo + b * xs, yo + b * ys, true);
                            single(field, expectedCombined, zo + b * zs, xo + b * xs, yo + b * ys, false);
                        }
                        field.lanes.mul(data, zo, zs, data, xo, xs, data, yo, ys, count);
                        assertArrayEquals(expected, data);
                        field.lanes.combine(combined, zo, zs, combined, xo, xs, -1, combined, yo, ys, count);
                        assertArrayEquals(expectedCombined, combined);
                    }
                }
            }
        }
        final double[] untouched = operands(field.p, 2);
        final double[] before = untouched.clone();
        field.lanes.mul(untouched, 0, BLOCK, untouched, 0, BLOCK, untouched, BLOCK, BLOCK, 0);
        field.lanes.combine(untouched, 0, BLOCK, untouched, 0, BLOCK, 1, untouched, BLOCK, BLOCK, 0);
        field.lanes.subtract(untouched, 0, untouched, 0, untouched, BLOCK, 0);
        assertArrayEquals(before, untouched);
    }

    private static int start(int step, int count, int part) {
        return BLOCK * count * part + (step < 0 ? BLOCK * (count - 1) : 0);
    }

    /** One block on copies. */
    private static void single(Field field, double[] data, int z, int x, int y, boolean product) {
        final double[] result = new double[BLOCK];
        final double[] a = Arrays.copyOfRange(data, x, x + BLOCK);
        final double[] b = Arrays.copyOfRange(data, y, y + BLOCK);
        if (product) {
            field.lanes.mul(result, 0, BLOCK, a, 0, BLOCK, b, 0, BLOCK, 1);
        } else {
            field.lanes.combine(result, 0, BLOCK, a, 0, BLOCK, -1, b, 0, BLOCK, 1);
        }
        System.arraycopy(result, 0, data, z, BLOCK);
    }

    @ParameterizedTest
    @EnumSource
    void goesToSixtyFourBitLimbsAndBack(Field field) {
        final BigInteger half = BigInteger.TWO.modInverse(field.p);
        for (int round = 0; round < ROUNDS; round++) {
            final int count = 1 + random.nextInt(3 * LANES);
            final int blocks = LaneField.blocks(count);
            final long[] limbs = new long[Fr.LIMBS * (count + 2)];
            final BigInteger[] values = new BigInteger[count];
            for (int i = 0; i < count; i++) {
                values[i] = upTo(field.p.subtract(BigInteger.ONE)).mod(field.p);
                for (int j = 0; j < Fr.LIMBS; j++) {
                    limbs[Fr.LIMBS * (i + 1) + j] = values[i].shiftRight(64 * j).longValue();
                }
            }
            final double[] x = operands(field.p, blocks + 2);
            final double[] before = x.clone();
            field.lanes.fromMontgomery(x, BLOCK, limbs, Fr.LIMBS, count);
            for (int i = 0; i < LANES * blocks; i++) {
                // a 2^256 becomes a 2^255
                final BigInteger integer = i < count ? values[i] : BigInteger.ZERO;
                assertReduced(field, integer.multiply(half), x, LANES + i);
            }
            assertArrayEquals(Arrays.copyOf(before, BLOCK), Arrays.copyOf(x, BLOCK));
            final long[] back = new long[limbs.length];
            field.lanes.toMontgomery(back, Fr.LIMBS, x, BLOCK, count);
            assertArrayEquals(limbs, back);
        }
    }

    /** Operands of either sign, up to the bound, come out as the integer in [0, p). */
    @ParameterizedTest
    @EnumSource
    void readsOperandsUpToTheBound(Field field) {
        final BigInteger inverse = R.modInverse(field.p);
        for (int round = 0; round < ROUNDS; round++) {
            final double[] x = operands(field.times(1030), 1);
            final long[] canonical = new long[Fr.LIMBS * LANES];
            final long[] montgomery = new long[Fr.LIMBS * LANES];
            field.lanes.toCanonical(canonical, 0, x, 0, LANES);
            field.lanes.toMontgomery(montgomery, 0, x, 0, LANES);
            for (int i = 0; i < LANES; i++) {
                assertEquals(value(x, i).multiply(inverse).mod(field.p), integer(canonical, i));
                assertEquals(value(x, i).shiftLeft(1).mod(field.p), integer(montgomery, i));
            }
        }
    }

    private static BigInteger integer(long[] limbs, int i) {
        BigInteger value = BigInteger.ZERO;
        for (int j = Fr.LIMBS - 1; j >= 0; j--) {
            value = value.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(limbs[Fr.LIMBS * i + j])));
        }
        return value;
    }

    @ParameterizedTest
    @EnumSource
    void fillsABlockWithAnIntegerModuloP(Field field) {
        for (BigInteger integer : new BigInteger[] {
            BigInteger.ZERO, BigInteger.ONE, field.p.subtract(BigInteger.ONE), field.p, R, BigInteger.TWO.negate()
        }) {
            final double[] block = field.lanes.filled(integer);
            for (int lane = 0; lane < LANES; lane++) {
                assertEquals(integer.mod(field.p), value(block, lane));
            }
        }
    }
}
