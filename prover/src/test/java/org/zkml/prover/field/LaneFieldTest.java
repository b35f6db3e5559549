package org.zkml.prover.msm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.zkml.prover.field.Fq;

/** The vector kernels against integers, on operands up to the bounds that {@link FqLanes} states. */
class FqLanesTest {

    private static final long SEED = 51;
    private static final int LANES = FqLanes.LANES;
    private static final int VECTOR = FqLanes.LIMBS * LANES;
    private static final BigInteger Q = Fq.MODULUS;
    private static final BigInteger R = BigInteger.ONE.shiftLeft(255);
    private static final BigInteger LIMB = BigInteger.ONE.shiftLeft(51);

    private final Random random = new Random(SEED);

    private static BigInteger value(double[] x, int lane) {
        BigInteger value = BigInteger.ZERO;
        for (int j = FqLanes.LIMBS - 1; j >= 0; j--) {
            value = value.multiply(LIMB).add(BigInteger.valueOf((long) x[lane + j * LANES]));
        }
        return value;
    }

    /** Writes a value of absolute value up to 2 q with lower limbs of up to 2^51, positive or negative by the bits of {@code signs}. */
    private static void put(double[] x, int lane, BigInteger value, int signs) {
        BigInteger rest = value;
        for (int j = 0; j < FqLanes.LIMBS - 1; j++) {
            BigInteger limb = rest.mod(LIMB);
            if ((signs >> j & 1) != 0) {
                limb = limb.subtract(LIMB); // down to -2^51 itself
            }
            x[lane + j * LANES] = limb.doubleValue();
            rest = rest.subtract(limb).divide(LIMB);
        }
        x[lane + 4 * LANES] = rest.doubleValue();
    }

    private BigInteger operand(int i) {
        final BigInteger magnitude = switch (i % 6) {
            case 0 -> Q.shiftLeft(1);
            case 1 -> Q.shiftLeft(1).subtract(BigInteger.valueOf(random.nextInt(5)));
            case 2 -> BigInteger.valueOf(random.nextInt(3));
            case 3 -> BigInteger.ONE.shiftLeft(random.nextInt(255)).subtract(BigInteger.valueOf(random.nextInt(2)));
            case 4 -> Q.subtract(BigInteger.valueOf(random.nextInt(3)));
            default -> new BigInteger(254, random);
        };
        return random.nextBoolean() ? magnitude : magnitude.negate();
    }

    @Test
    void multipliesOperandsUpToTheBounds() {
        final double[] x = new double[VECTOR];
        final double[] y = new double[VECTOR];
        final double[] z = new double[VECTOR];
        for (int round = 0; round < 3000; round++) {
            for (int lane = 0; lane < LANES; lane++) {
                put(x, lane, operand(random.nextInt(6)), random.nextInt(16));
                put(y, lane, operand(random.nextInt(6)), random.nextInt(16));
            }
            FqLanes.mul(z, 0, x, 0, y, 0);
            for (int lane = 0; lane < LANES; lane++) {
                final BigInteger product = value(x, lane).multiply(value(y, lane));
                final BigInteger result = value(z, lane);
                assertEquals(product.mod(Q), result.multiply(R).mod(Q));
                // |z| <= |x y| / R + 0.627 q
                final BigInteger bound = product.abs()
                        .shiftRight(255)
                        .add(Q.multiply(BigInteger.valueOf(627)).divide(BigInteger.valueOf(1000)));
                assertTrue(result.abs().compareTo(bound) <= 0, () -> "product " + product + " gives " + result);
                for (int j = 0; j < FqLanes.LIMBS - 1; j++) {
                    final double limb = z[lane + j * LANES];
                    assertTrue(limb >= 0 && limb < 0x1p51, "limb " + limb);
                }
            }
        }
    }

    /** Operands whose limbs are all at one end, so that every partial product is as large as it gets. */
    @Test
    void multipliesTheLargestLimbs() {
        final double[] x = new double[VECTOR];
        final double[] y = new double[VECTOR];
        final double[] z = new double[VECTOR];
        for (int signs = 0; signs < 1 << 10; signs++) {
            for (int j = 0; j < FqLanes.LIMBS; j++) {
                final double top = j == 4 ? 0x1p50 : 0x1p51;
                for (int lane = 0; lane < LANES; lane++) {
                    x[lane + j * LANES] = (signs >> j & 1) != 0 ? -top : top;
                    y[lane + j * LANES] = (signs >> (5 + j) & 1) != 0 ? -top : top;
                }
            }
            FqLanes.mul(z, 0, x, 0, y, 0);
            final BigInteger product = value(x, 0).multiply(value(y, 0));
            assertEquals(product.mod(Q), value(z, LANES - 1).multiply(R).mod(Q));
        }
    }

    /** The largest limbs that a product can have, and a top limb that keeps it below 1.03 q. */
    private static void limbsUp(double[] x, int lane) {
        for (int j = 0; j < FqLanes.LIMBS - 1; j++) {
            x[lane + j * LANES] = 0x1p51 - 1;
        }
        x[lane + 4 * LANES] = Q.shiftRight(204).doubleValue();
    }

    @Test
    void reducesDifferences() {
        final double[] x = new double[VECTOR];
        final double[] y = new double[VECTOR];
        final double[] w = new double[VECTOR];
        final double[] z = new double[VECTOR];
        for (int round = 0; round < 3000; round++) {
            for (int lane = 0; lane < LANES; lane++) {
                put(x, lane, operand(2 + random.nextInt(4)), random.nextInt(16));
                put(y, lane, operand(random.nextInt(6)), random.nextInt(16));
                put(w, lane, operand(random.nextInt(6)), random.nextInt(16));
            }
            FqLanes.reduce(y, 0);
            FqLanes.reduce(w, 0);
            random.ints(LANES / 2, 0, LANES).forEach(lane -> limbsUp(x, lane));
            FqLanes.subtractAndReduce(z, 0, x, 0, y, 0, w, 0);
            for (int lane = 0; lane < LANES; lane++) {
                final BigInteger result = value(z, lane);
                assertEquals(
                        value(x, lane)
                                .subtract(value(y, lane))
                                .subtract(value(w, lane))
                                .mod(Q),
                        result.mod(Q));
                assertTrue(result.abs()
                                .compareTo(Q.multiply(BigInteger.valueOf(51)).divide(BigInteger.valueOf(100)))
                        <= 0);
                for (int j = 0; j < FqLanes.LIMBS; j++) {
                    assertTrue(Math.abs(z[lane + j * LANES]) <= 0x1p50);
                }
            }
        }
    }

    @Test
    void goesToSixtyFourBitLimbsAndBack() {
        final long[] limbs = new long[Fq.LIMBS];
        final long[] back = new long[Fq.LIMBS];
        final double[] x = new double[FqLanes.LIMBS];
        for (int i = 0; i < 3000; i++) {
            final BigInteger value = operand(i).mod(Q);
            for (int j = 0; j < Fq.LIMBS; j++) {
                limbs[j] = value.shiftRight(64 * j).longValue();
            }
            FqLanes.fromFq(x, 0, 1, limbs, 0, new long[Fq.LIMBS]);
            FqLanes.toFq(back, 0, x, 0, 1);
            assertArrayEquals(limbs, back);
        }
    }
}
