package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.HexFormat;

/** Hexadecimal text with 0x, lower case. */
public final class Hex {

    private Hex() {}

    public static String of(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    /** An integer as a word of 32 bytes. */
    public static String word(BigInteger value) {
        return "0x" + String.format("%064x", value);
    }
}
