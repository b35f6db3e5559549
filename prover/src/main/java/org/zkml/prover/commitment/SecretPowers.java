package org.zkml.prover.commitment;

import java.math.BigInteger;
import org.zkml.prover.field.Fr;

/** Runs of the powers of a secret, as canonical limbs. What was written must be overwritten by the caller after use. */
final class SecretPowers {

    private SecretPowers() {}

    /**
     * Writes s^first, s^(first+1), ... as canonical integers.
     *
     * @param secret one element of {@link Fr}
     */
    static void fill(long[] secret, int first, long[] out, int count) {
        final long[] power = new long[Fr.LIMBS];
        Fr.pow(power, 0, secret, 0, BigInteger.valueOf(first));
        for (int i = 0; i < count; i++) {
            Fr.toCanonical(out, Fr.LIMBS * i, power, 0);
            Fr.mul(power, 0, power, 0, secret, 0);
        }
        Fr.setZero(power, 0);
    }
}
