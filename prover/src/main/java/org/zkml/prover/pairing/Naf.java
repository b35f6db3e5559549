package org.zkml.prover.pairing;

import java.math.BigInteger;

/** Non-adjacent forms: signed binary digits of which no two neighbours differ from 0. */
final class Naf {

    private Naf() {}

    /** The digits of a positive integer, least significant first; the last one is 1. */
    static byte[] of(BigInteger value) {
        final BigInteger triple = value.multiply(BigInteger.valueOf(3));
        final byte[] digits = new byte[triple.bitLength() - 1];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) ((triple.testBit(i + 1) ? 1 : 0) - (value.testBit(i + 1) ? 1 : 0));
        }
        return digits;
    }
}
