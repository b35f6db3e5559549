package org.zkml.prover.fixedpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedPointTest {
    private static final FixedPoint B16 = new FixedPoint(16);

    @Test
    void hasTheFormatsOfTheSpecification() {
        assertEquals(12, B16.fx());
        assertEquals(28, B16.fw());
        assertEquals(8, B16.fz());
        assertEquals(4096, B16.one());
        assertEquals(-(1L << 47) - (1 << 15), B16.weightMin());
        assertEquals((1L << 47) - (1 << 15), B16.weightEnd());
        assertEquals(-(1L << 31) - (1 << 15), B16.logitMin());
        assertEquals((1L << 31) - (1 << 15), B16.logitEnd());
        assertEquals(14, ModelKind.LOGISTIC.fp(16));
        assertEquals(12, ModelKind.LINEAR.fp(16));
        assertEquals(12, ModelKind.POISSON.fp(16));
    }

    @ParameterizedTest
    @ValueSource(ints = {-16, 0, 6, 7, 9, 15, 17, 18, 32})
    void refusesOtherLimbWidths(int b) {
        assertThrows(IllegalArgumentException.class, () -> new FixedPoint(b));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 10, 12, 14, 16})
    void forwardWeightsOfAllWeightsInRangeFitInTwoLimbs(int b) {
        FixedPoint format = new FixedPoint(b);
        assertEquals(-(1L << (2 * b - 1)), format.forwardWeight(format.weightMin()));
        assertEquals((1L << (2 * b - 1)) - 1, format.forwardWeight(format.weightEnd() - 1));
        assertEquals(1, format.forwardWeight(1L << (b - 1)));
        assertEquals(0, format.forwardWeight((1L << (b - 1)) - 1));
        assertEquals(0, format.forwardWeight(-(1L << (b - 1))));
        assertEquals(-1, format.forwardWeight(-(1L << (b - 1)) - 1));
    }

    @Test
    void quantisesLikeExactArithmetic() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double value = i % 2 == 0
                    ? random.nextGaussian() * 3
                    : Math.scalb(random.nextInt(1 << 17) - (1 << 16), -13); // half-way cases
            BigInteger exact = new BigDecimal(value)
                    .multiply(new BigDecimal(1 << 12))
                    .add(new BigDecimal("0.5"))
                    .setScale(0, RoundingMode.FLOOR)
                    .toBigInteger();
            boolean inRange = exact.bitLength() < 16;
            assertEquals(!inRange, B16.clips(value, 12), "value " + value);
            if (inRange) {
                assertEquals(exact.intValue(), B16.quantise(value), "value " + value);
            }
        }
    }

    @Test
    void clipsAtTheEndsOfTheRange() {
        assertEquals(-32768, B16.quantise(-8));
        assertFalse(B16.clips(-8, 12));
        assertEquals(32767, B16.quantise(8));
        assertTrue(B16.clips(8, 12));
        assertEquals(32767, B16.quantise(Double.POSITIVE_INFINITY));
        assertEquals(-32768, B16.quantise(-1e300));
        assertTrue(B16.clips(-1e300, 12));
        assertEquals(127, new FixedPoint(8).quantise(100));
        assertEquals(0, B16.quantise(Math.nextDown(0.5) / 4096));
        assertThrows(IllegalArgumentException.class, () -> B16.quantise(Double.NaN));
    }
}
