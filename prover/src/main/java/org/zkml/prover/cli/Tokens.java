package org.zkml.prover.cli;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Amounts of the reward token, and of what passes are paid in: both have 18 decimals. */
final class Tokens {

    static final int DECIMALS = 18;

    private Tokens() {}

    /**
     * Base units of an amount such as 1.5.
     *
     * @throws IllegalArgumentException if it is no such amount
     */
    static BigInteger parse(String text) {
        if (!text.matches("[0-9]{1,30}(\\.[0-9]{1,18})?")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no amount of tokens: write 1.5, with at most 18 decimals");
        }
        return new BigDecimal(text).movePointRight(DECIMALS).toBigIntegerExact();
    }

    static String text(BigInteger baseUnits) {
        return new BigDecimal(baseUnits)
                .movePointLeft(DECIMALS)
                .stripTrailingZeros()
                .toPlainString();
    }
}
