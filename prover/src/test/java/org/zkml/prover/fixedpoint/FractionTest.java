package org.zkml.prover.fixedpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FractionTest {
    @ParameterizedTest
    @CsvSource({"1/2,1/2", "0.5,1/2", "2/4,1/2", "3,3", "0,0", "0.0,0", "0/7,0", "10.250,41/4", "007,7"})
    void readsQuotientsAndDecimals(String text, String lowestTerms) {
        assertEquals(lowestTerms, Fraction.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "-1", "+1", "1e3", ".5", "5.", "1/2/3", "1/-2", "0x1", "1,5", "NaN", "1 / 2"})
    void refusesEverythingElse(String text) {
        IllegalArgumentException failure = assertThrows(IllegalArgumentException.class, () -> Fraction.parse(text));
        assertTrue(failure.getMessage().contains("\"" + text + "\""), failure.getMessage());
    }

    @Test
    void refusesADenominatorOfZero() {
        assertThrows(IllegalArgumentException.class, () -> Fraction.parse("1/0"));
    }

    @Test
    void roundsHalfUp() {
        assertEquals(BigInteger.ONE, Fraction.parse("1/2").scaledByPowerOfTwo(0));
        assertEquals(BigInteger.ZERO, Fraction.parse("0.4999999999999999999999").scaledByPowerOfTwo(0));
        assertEquals(BigInteger.TWO, Fraction.parse("3/2").scaledByPowerOfTwo(0));
        assertEquals(BigInteger.valueOf(3), Fraction.parse("1/3").scaledByPowerOfTwo(3));
        assertEquals(BigInteger.ONE.shiftLeft(100), Fraction.parse("1").scaledByPowerOfTwo(100));
    }

    @Test
    void convertsToTheNearestDouble() {
        assertEquals(0.1, Fraction.parse("0.1").toDouble());
        assertEquals(1.0 / 3, Fraction.parse("1/3").toDouble());
    }
}
