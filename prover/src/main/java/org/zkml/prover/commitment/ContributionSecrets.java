package org.zkml.prover.commitment;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.zkml.prover.field.Fr;
import org.zkml.prover.hash.Keccak256;

/**
 * The two factors by which a contribution multiplies tau and xi, never zero. They are overwritten by {@link #close}; copies that the virtual machine made while
 * moving arrays may live until the process ends, so a contribution belongs on a machine that is switched off afterwards.
 */
final class ContributionSecrets implements AutoCloseable {

    private static final int SEED_BYTES = 64;

    private final long[] tau = new long[Fr.LIMBS];
    private final long[] xi = new long[Fr.LIMBS];

    /** Takes two elements of {@link Fr}, copied. */
    ContributionSecrets(long[] tau, long[] xi) {
        if (Fr.isZero(tau, 0) || Fr.isZero(xi, 0)) {
            throw new IllegalArgumentException("a secret of a contribution is zero");
        }
        Fr.copy(this.tau, 0, tau, 0);
        Fr.copy(this.xi, 0, xi, 0);
    }

    private ContributionSecrets(byte[] seed) {
        final int used = expand(seed, 0, tau);
        expand(seed, used, xi);
    }

    /**
     * Fresh secrets.
     *
     * @param userEntropy what the participant typed, threw or measured: it is mixed in, and may be empty
     */
    static ContributionSecrets draw(byte[] userEntropy) {
        final byte[] random = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(random);
        final byte[] seed = Keccak256.hash(new byte[] {1}, random, userEntropy);
        final byte[] seed2 = Keccak256.hash(new byte[] {2}, random, userEntropy);
        final byte[] both = ByteBuffer.allocate(seed.length + seed2.length)
                .put(seed)
                .put(seed2)
                .array();
        final ContributionSecrets secrets = new ContributionSecrets(both);
        for (byte[] bytes : new byte[][] {random, seed, seed2, both}) {
            Arrays.fill(bytes, (byte) 0);
        }
        return secrets;
    }

    /**
     * The secrets of a public beacon: keccak iterated 2^logIterations times, so that nobody can try many values in the time in
     * which the beacon is still open.
     */
    static ContributionSecrets ofBeacon(byte[] previousHash, byte[] value, int logIterations) {
        byte[] state = Keccak256.hash(SetupContribution.DOMAIN, previousHash, value);
        for (long i = 0; i < 1L << logIterations; i++) {
            state = Keccak256.hash(state);
        }
        return new ContributionSecrets(state);
    }

    /** One uniform element that is not 0, by rejection: z = keccak(seed || counter), cut to 254 bits. Returns the next counter. */
    private static int expand(byte[] seed, int counter, long[] z) {
        for (int i = counter; ; i++) {
            final byte[] bytes =
                    Keccak256.hash(seed, ByteBuffer.allocate(4).putInt(i).array());
            bytes[0] &= 0x3f;
            final boolean canonical = Fr.fromBytes(z, 0, bytes, 0);
            Arrays.fill(bytes, (byte) 0);
            if (canonical && !Fr.isZero(z, 0)) {
                return i + 1;
            }
        }
    }

    long[] tau() {
        return tau;
    }

    long[] xi() {
        return xi;
    }

    @Override
    public void close() {
        Arrays.fill(tau, 0);
        Arrays.fill(xi, 0);
    }
}
