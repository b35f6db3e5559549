package org.zkml.prover.envelope;

import java.util.HexFormat;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * The keys that others encrypt to an account with, as they are on chain: the contract checks their lengths, this class whether anybody can encrypt to them. Arrays are not copied.
 *
 * @param x25519 u-coordinate, 32 bytes (RFC 7748)
 * @param mlKem encapsulation key of ML-KEM-768, 1184 bytes (FIPS 203)
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of two keys, never compared
public record PublicKeys(byte[] x25519, byte[] mlKem) {

    static final int X25519_BYTES = 32;
    static final int ML_KEM_BYTES = 1184;

    private static final int ML_KEM_MODULUS = 3329;
    private static final int ML_KEM_SEED_BYTES = 32;
    private static final byte[] ANY_SECRET = new byte[X25519_BYTES];

    /**
     * @throws IllegalArgumentException if a length is wrong, the X25519 key is a point of low order, with which everybody would know the shared secret (RFC 7748, section 6.1), or a coefficient of the
     *     ML-KEM key is not below 3329 (FIPS 203, section 7.2)
     */
    public PublicKeys {
        if (x25519.length != X25519_BYTES || mlKem.length != ML_KEM_BYTES) {
            throw new IllegalArgumentException(
                    "public keys of " + x25519.length + " and " + mlKem.length + " bytes, not 32 and 1184");
        }
        // low order divides 8, as all of X25519's secret scalars are divided by: any of them shows it
        if (!X25519.calculateAgreement(ANY_SECRET, 0, x25519, 0, new byte[X25519_BYTES], 0)) {
            throw new IllegalArgumentException(
                    "the X25519 key " + HexFormat.of().formatHex(x25519)
                            + " is a point of low order: its owner has to take part with a key of \"zkml init\"");
        }
        for (int i = 0; i < ML_KEM_BYTES - ML_KEM_SEED_BYTES; i += 3) {
            final int low = mlKem[i] & 0xff | (mlKem[i + 1] & 0x0f) << 8;
            final int high = (mlKem[i + 1] & 0xf0) >> 4 | (mlKem[i + 2] & 0xff) << 4;
            if (low >= ML_KEM_MODULUS || high >= ML_KEM_MODULUS) {
                throw new IllegalArgumentException(
                        "the ML-KEM-768 key " + HexFormat.of().formatHex(mlKem, 0, 8) + ".. is malformed at byte " + i
                                + ": its owner has to take part with a key of \"zkml init\"");
            }
        }
    }

    MLKEMPublicKeyParameters mlKemKey() {
        return new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, mlKem);
    }
}
