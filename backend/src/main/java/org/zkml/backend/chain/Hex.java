package org.zkml.backend.chain;

import java.math.BigInteger;
import java.util.HexFormat;

/** Bytes as the API writes them: 0x and lower-case digits. */
public final class Hex {

    private static final HexFormat DIGITS = HexFormat.of();

    private Hex() {}

    public static String of(byte[] bytes) {
        return "0x" + DIGITS.formatHex(bytes);
    }

    /**
     * Digits in either case.
     *
     * @throws IllegalArgumentException if it does not begin with 0x or is no even number of digits
     */
    public static byte[] parse(String text) {
        if (!text.startsWith("0x")) {
            throw new IllegalArgumentException("bytes begin with 0x");
        }
        return DIGITS.parseHex(text, 2, text.length());
    }

    /** 32 bytes, big-endian, of an unsigned integer. */
    public static byte[] word(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 256) {
            throw new IllegalArgumentException(value + " is no 256-bit word");
        }
        final byte[] raw = value.toByteArray();
        final byte[] word = new byte[32];
        final int length = Math.min(raw.length, 32); // a leading zero byte may stand for the sign
        System.arraycopy(raw, raw.length - length, word, 32 - length, length);
        return word;
    }

    /** The 20 bytes of an address given as an integer. */
    public static String address(BigInteger value) {
        return "0x" + DIGITS.formatHex(word(value), 12, 32);
    }
}
