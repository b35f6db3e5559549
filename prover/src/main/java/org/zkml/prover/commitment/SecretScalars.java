package org.zkml.prover.commitment;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;

/** Blinders and shares: uniform scalars, drawn, stored and sent. */
public final class SecretScalars {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int WIDE_BYTES = 64;

    private SecretScalars() {}

    /** A fresh one. */
    public static Scalar draw() {
        final byte[] wide = new byte[WIDE_BYTES];
        RANDOM.nextBytes(wide);
        return reduce(wide);
    }

    /** 512 uniform bits, big-endian, modulo r: within 2^-258 of uniform. */
    public static Scalar reduce(byte[] wide) {
        if (wide.length != WIDE_BYTES) {
            throw new IllegalArgumentException(wide.length + " bytes to reduce, not " + WIDE_BYTES);
        }
        return Scalar.of(new BigInteger(1, wide));
    }

    /**
     * Reads 32 bytes, big-endian.
     *
     * @throws IllegalArgumentException if they are not below r
     */
    public static Scalar read(byte[] bytes) {
        if (bytes.length != Fr.BYTES) {
            throw new IllegalArgumentException("a scalar of " + bytes.length + " bytes, not " + Fr.BYTES);
        }
        return read(bytes, 0);
    }

    /**
     * Reads 32 bytes from an offset on, big-endian.
     *
     * @throws IllegalArgumentException if they are not below r
     */
    public static Scalar read(byte[] bytes, int offset) {
        final BigInteger value = new BigInteger(1, Arrays.copyOfRange(bytes, offset, offset + Fr.BYTES));
        if (value.compareTo(Fr.MODULUS) >= 0) {
            throw new IllegalArgumentException("the scalar at byte " + offset + " is not below the field's modulus");
        }
        return Scalar.of(value);
    }
}
