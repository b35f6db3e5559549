package org.zkml.prover.engine;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.zkml.prover.field.Scalar;

/**
 * Where the prover's pads and blinders come from. Outside of tests there is one source, {@link #secure}; tests of byte equality name
 * the draws as the vectors do.
 */
@FunctionalInterface
interface ProverRandomness {

    /** A uniform scalar; the label says what for, and is no input of the secure source. */
    Scalar draw(String label);

    /** Draws of 512 bits reduced modulo r: within 2^-258 of uniform. */
    static ProverRandomness secure() {
        final SecureRandom random = new SecureRandom();
        return label -> {
            final byte[] wide = new byte[64];
            random.nextBytes(wide);
            return Scalar.of(new BigInteger(1, wide));
        };
    }
}
