package org.zkml.prover.envelope;

import java.util.Arrays;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/**
 * The keys that open an account's envelopes. Secret. Arrays are not copied.
 *
 * @param x25519 32 bytes (RFC 7748)
 * @param mlKemSeed the seed d || z of ML-KEM-768, 64 bytes (FIPS 203)
 */
@SuppressWarnings("ArrayRecordComponent") // secrets, never compared
public record SecretKeys(byte[] x25519, byte[] mlKemSeed) {

    private static final int X25519_BYTES = 32;
    private static final int SEED_BYTES = 64;

    /** @throws IllegalArgumentException if a length is wrong */
    public SecretKeys {
        if (x25519.length != X25519_BYTES || mlKemSeed.length != SEED_BYTES) {
            throw new IllegalArgumentException(
                    "secret keys of " + x25519.length + " and " + mlKemSeed.length + " bytes, not 32 and 64");
        }
    }

    public PublicKeys publicKeys() {
        return new PublicKeys(
                x25519Key().generatePublicKey().getEncoded(), mlKemKey().getPublicKey());
    }

    /** Whether these are the secret keys of what is on chain: to be asked before an envelope that does not open is held against its sender. */
    public boolean open(PublicKeys keys) {
        final PublicKeys own = publicKeys();
        return Arrays.equals(own.x25519(), keys.x25519()) && Arrays.equals(own.mlKem(), keys.mlKem());
    }

    X25519PrivateKeyParameters x25519Key() {
        return new X25519PrivateKeyParameters(x25519);
    }

    MLKEMPrivateKeyParameters mlKemKey() {
        return new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, mlKemSeed);
    }

    @Override
    public String toString() {
        return "secret keys";
    }
}
