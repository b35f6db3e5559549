package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.zkml.prover.hash.Keccak256;

/** An account or a contract, 20 bytes; written with the checksum of ERC-55. */
public final class Address {

    static final int BYTES = 20;

    private final byte[] bytes;

    private Address(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException unless there are 20 bytes */
    public static Address of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes, not 20");
        }
        return new Address(bytes.clone());
    }

    /**
     * Reads 0x and 40 hexadecimal digits; of mixed case only if the checksum holds.
     *
     * @throws IllegalArgumentException on anything else
     */
    public static Address parse(String text) {
        if (!text.matches("0x[0-9a-fA-F]{40}")) {
            throw new IllegalArgumentException("\"" + text + "\" is no address: write 0x and 40 hexadecimal digits");
        }
        final Address address = of(HexFormat.of().parseHex(text.substring(2)));
        final boolean mixed = text.matches(".*[a-f].*") && text.substring(2).matches(".*[A-F].*");
        if (mixed && !address.toString().equals(text)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has a wrong checksum: a digit or its case differs from " + address);
        }
        return address;
    }

    /** As an option of a command names it. */
    static Address ofOption(String option, String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, option + ": " + e.getMessage(), e);
        }
    }

    /** The address in the low 160 bits of a word. */
    public static Address of(BigInteger word) {
        final byte[] padded = new byte[BYTES + 1];
        final byte[] raw = word.toByteArray();
        if (word.signum() < 0 || word.bitLength() > 8 * BYTES) {
            throw new IllegalArgumentException(word + " is no address");
        }
        System.arraycopy(raw, 0, padded, padded.length - raw.length, raw.length);
        return of(Arrays.copyOfRange(padded, 1, padded.length));
    }

    /** As an integer of 160 bits. */
    public BigInteger toBigInteger() {
        return new BigInteger(1, bytes);
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        final String digits = HexFormat.of().formatHex(bytes);
        final String hash = HexFormat.of().formatHex(Keccak256.hash(digits.getBytes(StandardCharsets.US_ASCII)));
        final StringBuilder text = new StringBuilder("0x");
        for (int i = 0; i < digits.length(); i++) {
            final char digit = digits.charAt(i);
            text.append(hash.charAt(i) >= '8' ? Character.toUpperCase(digit) : digit);
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
