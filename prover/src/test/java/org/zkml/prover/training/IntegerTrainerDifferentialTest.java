package org.zkml.prover.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.Fraction;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.fixedpoint.StepConstants;

class IntegerTrainerDifferentialTest {
    @ParameterizedTest
    @ValueSource(ints = {8, 10, 12, 14, 16})
    void equalsBigIntegersOnRandomShapes(int b) {
        Random random = new Random(40 + b);
        int outOfRange = 0;
        for (int run = 0; run < 150; run++) {
            TrainingShape shape = randomShape(random, b);
            ModelKind kind = ModelKind.values()[run % 3];
            ActivationTable table = ActivationTable.of(kind, b);
            StepConstants constants = new StepConstants(
                    random.nextLong() >>> random.nextInt(64), random.nextLong() >>> random.nextInt(64));
            short[] x = randomValues(random, shape, shape.batches() * shape.rows() * shape.features());
            short[] y = randomValues(random, shape, shape.batches() * shape.rows());
            long[] weights = new long[shape.features()];
            int size = random.nextInt(3 * b);
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (random.nextLong() >> (Long.SIZE - 3 * b)) >> size;
            }
            BigIntegerTrainer oracle = new BigIntegerTrainer(shape, table, constants);
            boolean expected = oracle.train(x, y, weights);
            TrainingTrace trace = null;
            try {
                trace = new IntegerTrainer(shape, table, constants).train(x, y, weights);
            } catch (OutOfRangeException e) {
                outOfRange++;
                assertTrue(e.value().compareTo(e.min()) < 0 || e.value().compareTo(e.end()) >= 0, e.getMessage());
            }
            if (expected) {
                assertNotNull(trace, "run " + run);
                assertSameTrace(oracle.trace, trace);
            } else {
                assertNull(trace, "run " + run);
            }
        }
        assertTrue(outOfRange > 10 && outOfRange < 140, outOfRange + " of 150 runs out of range");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void updatesLikeBigIntegersAtTheEdges(int b) {
        FixedPoint format = new FixedPoint(b);
        long[] unsigned = {0, 1, 2, (1L << (2 * b)) - 1, 1L << (2 * b), Long.MAX_VALUE, Long.MIN_VALUE, -2, -1};
        long[] gradients = {0, 1, -1, 1L << 31, -(1L << 31), (1L << 59) - 1, -(1L << 59), 1L << 59};
        long[] weights = {0, 1, -1, format.weightMin(), format.weightEnd() - 1, 1L << (2 * b), -(1L << (2 * b - 1))};
        int inRange = 0;
        for (long c : unsigned) {
            for (long d : unsigned) {
                WeightUpdate update = new WeightUpdate(new StepConstants(c, d), format);
                for (long gradient : gradients) {
                    for (long weight : weights) {
                        BigInteger sum = unsigned(c)
                                .multiply(BigInteger.valueOf(gradient))
                                .add(unsigned(d).multiply(BigInteger.valueOf(weight)))
                                .add(BigInteger.ONE.shiftLeft(2 * b - 1));
                        BigInteger next = BigInteger.valueOf(weight).subtract(sum.shiftRight(2 * b));
                        boolean expected = next.compareTo(BigInteger.valueOf(format.weightMin())) >= 0
                                && next.compareTo(BigInteger.valueOf(format.weightEnd())) < 0;
                        String at = "c " + c + " d " + d + " G " + gradient + " W " + weight;
                        assertEquals(expected, update.compute(weight, gradient), at);
                        assertEquals(next, update.exact(weight, gradient), at);
                        assertEquals(
                                sum.mod(BigInteger.ONE.shiftLeft(2 * b)), BigInteger.valueOf(update.remainder()), at);
                        if (expected) {
                            inRange++;
                            assertEquals(next, BigInteger.valueOf(update.next()), at);
                        }
                    }
                }
            }
        }
        assertTrue(inRange > 100, "only " + inRange + " cases in range");
    }

    @Test
    void givesTheSameTraceForAnyNumberOfThreads() {
        TrainingShape shape = new TrainingShape(1, 12, 4, 2, 3, 16);
        Random random = new Random(5);
        short[] x = randomValues(random, shape, shape.batches() * shape.rows() * shape.features());
        short[] y = randomValues(random, shape, shape.batches() * shape.rows());
        StepConstants constants =
                StepConstants.of(Fraction.of(1, 100), Fraction.of(1, 10), shape.rows(), ModelKind.LINEAR, 16);
        IntegerTrainer trainer = new IntegerTrainer(shape, ActivationTable.of(ModelKind.LINEAR, 16), constants);
        BigIntegerTrainer oracle = new BigIntegerTrainer(shape, ActivationTable.of(ModelKind.LINEAR, 16), constants);
        assertTrue(oracle.train(x, y, new long[16]));
        for (int threads : new int[] {1, 2, 3, 8}) {
            try (ForkJoinPool pool = new ForkJoinPool(threads)) {
                assertSameTrace(
                        oracle.trace,
                        pool.submit(() -> trainer.train(x, y, new long[16])).join());
            }
        }
    }

    private static TrainingShape randomShape(Random random, int b) {
        int lb = random.nextInt(3);
        int lt = lb + random.nextInt(3);
        return new TrainingShape(lb, random.nextInt(4), random.nextInt(4), lt, 1 + random.nextInt(1 << lt), b);
    }

    private static short[] randomValues(Random random, TrainingShape shape, int length) {
        short[] values = new short[length];
        int shift = random.nextInt(shape.b());
        for (int i = 0; i < length; i++) {
            values[i] = (short) ((random.nextInt() >> (Integer.SIZE - shape.b())) >> shift);
        }
        return values;
    }

    private static void assertSameTrace(TrainingTrace expected, TrainingTrace actual) {
        assertArrayEquals(expected.zi(), actual.zi());
        assertArrayEquals(expected.rem(), actual.rem());
        assertArrayEquals(expected.p(), actual.p());
        assertArrayEquals(expected.aux(), actual.aux());
        assertArrayEquals(expected.weightsOut(), actual.weightsOut());
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
