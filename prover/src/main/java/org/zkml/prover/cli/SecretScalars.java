package org.zkml.prover.cli;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;

/** Blinders and shares: uniform scalars, drawn and stored. */
final class SecretScalars {

    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretScalars() {}

    /** 512 bits reduced modulo r: within 2^-258 of uniform. */
    static Scalar draw() {
        final byte[] wide = new byte[64];
        RANDOM.nextBytes(wide);
        return Scalar.of(new BigInteger(1, wide));
    }

    /**
     * Reads 32 bytes, big-endian.
     *
     * @throws IllegalArgumentException if they are not below r
     */
    static Scalar read(byte[] bytes) {
        final BigInteger value = new BigInteger(1, bytes);
        if (bytes.length != Fr.BYTES || value.compareTo(Fr.MODULUS) >= 0) {
            throw new IllegalArgumentException("a stored scalar of " + bytes.length + " bytes is not canonical");
        }
        return Scalar.of(value);
    }
}
