package org.zkml.prover.fixedpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundedAverageTest {

    private static RoundedAverage of(int b, long weightTotal, long... sums) {
        return RoundedAverage.of(
                new FixedPoint(b),
                Arrays.stream(sums).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new),
                weightTotal);
    }

    @Test
    void roundsHalvesUp() {
        final RoundedAverage even = of(8, 4, -7, -6, -5, -2, -1, 0, 1, 2, 5, 6, 7);
        assertArrayEquals(new long[] {-2, -1, -1, 0, 0, 0, 0, 1, 1, 2, 2}, even.averages());
        assertArrayEquals(new long[] {3, 0, 1, 0, 1, 2, 3, 0, 3, 0, 1}, even.remainders());
        final RoundedAverage odd = of(8, 3, -5, -4, -2, -1, 0, 1, 2, 4, 5);
        assertArrayEquals(new long[] {-2, -1, -1, 0, 0, 0, 1, 1, 2}, odd.averages());
        assertArrayEquals(new long[] {2, 0, 2, 0, 1, 2, 0, 2, 0}, odd.remainders());
    }

    @Test
    void theAverageOfOneModelIsTheModel() {
        assertArrayEquals(new long[] {-3, 0, 7}, of(8, 1, -3, 0, 7).averages());
        assertArrayEquals(new long[3], of(8, 1, -3, 0, 7).remainders());
    }

    /** Models of random weights: the sum's average is floor(S/N + 1/2) in exact decimals, and satisfies AGGREGATE's equation. */
    @ParameterizedTest
    @ValueSource(ints = {8, 10, 12, 14, 16})
    void averagesLikeExactArithmetic(int b) {
        final FixedPoint format = new FixedPoint(b);
        final Random random = new Random(b);
        for (int i = 0; i < 2000; i++) {
            final int models = 1 + random.nextInt(5);
            long weightTotal = 0;
            BigInteger sum = BigInteger.ZERO;
            for (int j = 0; j < models; j++) {
                final long weight = random.nextLong(1, (1L << (2 * b)) / 5);
                final long value = switch (random.nextInt(4)) {
                    case 0 -> format.weightMin();
                    case 1 -> format.weightEnd() - 1;
                    case 2 -> random.nextLong(-3, 4);
                    default -> random.nextLong(format.weightMin(), format.weightEnd());
                };
                weightTotal += weight;
                sum = sum.add(BigInteger.valueOf(weight).multiply(BigInteger.valueOf(value)));
            }
            final BigInteger n = BigInteger.valueOf(weightTotal);
            final RoundedAverage average = RoundedAverage.of(format, new BigInteger[] {sum}, weightTotal);
            final BigInteger expected = new BigDecimal(sum.shiftLeft(1).add(n))
                    .divide(new BigDecimal(n.shiftLeft(1)), 0, RoundingMode.FLOOR)
                    .toBigInteger();
            assertEquals(expected, BigInteger.valueOf(average.averages()[0]), sum + " of " + n);
            final long remainder = average.remainders()[0];
            assertTrue(remainder >= 0 && remainder < weightTotal, sum + " of " + n);
            assertEquals(
                    sum.add(BigInteger.valueOf(weightTotal / 2)),
                    expected.multiply(n).add(BigInteger.valueOf(remainder)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 10, 12, 14, 16})
    void averagesModelsAtTheEndsOfTheRangeAndRefusesSumsBeyondThem(int b) {
        final FixedPoint format = new FixedPoint(b);
        for (long n : new long[] {1, 2, 3, 1000, (1L << (2 * b)) - 1, 1L << (2 * b)}) {
            final BigInteger least = BigInteger.valueOf(n).multiply(BigInteger.valueOf(format.weightMin()));
            final BigInteger greatest = BigInteger.valueOf(n).multiply(BigInteger.valueOf(format.weightEnd() - 1));
            assertArrayEquals(
                    new long[] {format.weightMin(), format.weightEnd() - 1},
                    RoundedAverage.of(format, new BigInteger[] {least, greatest}, n)
                            .averages());
            for (BigInteger beyond : new BigInteger[] {
                least.subtract(BigInteger.ONE), greatest.add(BigInteger.ONE), BigInteger.ONE.shiftLeft(253)
            }) {
                final String refusal = assertThrows(
                                IllegalArgumentException.class,
                                () -> RoundedAverage.of(format, new BigInteger[] {BigInteger.ZERO, beyond}, n))
                        .getMessage();
                assertTrue(refusal.startsWith("the sum of weight 1 is not from"), refusal);
                assertTrue(refusal.contains("check that every contributor's share is in it"), refusal);
            }
        }
    }

    @Test
    void refusesWeightsOutOfRange() {
        for (long n : new long[] {-1, 0, (1 << 16) + 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            final String refusal = assertThrows(IllegalArgumentException.class, () -> of(8, n, 0))
                    .getMessage();
            assertTrue(refusal.startsWith("the sum of the weights is " + n + ", it must be from 1 to 65536"), refusal);
        }
    }
}
