package org.zkml.prover.fixedpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class StepConstantsTest {
    @Test
    void equalsTheSharedVectors() {
        assertEquals(new StepConstants(2147483648L, 0), of("1/2", "0", 4, ModelKind.LOGISTIC));
        assertEquals(new StepConstants(2576980378L, 25769804), of("3/10", "1/50", 2, ModelKind.LOGISTIC));
        assertEquals(new StepConstants(1717986918L, 429497), of("0.1", "0.001", 4, ModelKind.LINEAR));
    }

    @Test
    void usesAllSixtyFourBitsAndNoMore() {
        BigInteger last = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        Fraction largest = new Fraction(last, BigInteger.ONE.shiftLeft(34));
        assertEquals(
                -1L,
                StepConstants.of(largest, Fraction.ZERO, 1, ModelKind.LOGISTIC, 16)
                        .c());

        Fraction tooLarge = new Fraction(last.add(BigInteger.ONE), BigInteger.ONE.shiftLeft(34));
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class,
                () -> StepConstants.of(tooLarge, Fraction.ZERO, 1, ModelKind.LOGISTIC, 16));
        assertTrue(failure.getMessage().contains("smaller rate"), failure.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> StepConstants.of(Fraction.of(1, 1), Fraction.parse("4294967296"), 1, ModelKind.LOGISTIC, 16));
    }

    @Test
    void refusesAnEmptyBatch() {
        assertThrows(IllegalArgumentException.class, () -> of("1", "0", 0, ModelKind.LINEAR));
    }

    private static StepConstants of(String rate, String l2, long rows, ModelKind kind) {
        return StepConstants.of(Fraction.parse(rate), Fraction.parse(l2), rows, kind, 16);
    }
}
