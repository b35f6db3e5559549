package org.zkml.prover.cli;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.MLKEMKeyPairGenerator;
import org.bouncycastle.crypto.params.MLKEMKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.zkml.prover.envelope.SecretKeys;
import org.zkml.prover.hash.Keccak256;

/**
 * The secret keys of an account: its Ethereum key on secp256k1, and the keys that others encrypt to, X25519 and ML-KEM-768 (FIPS 203, by its seed d || z).
 */
@SuppressWarnings("ArrayRecordComponent") // secrets, never compared
public record Identity(byte[] ethereumKey, byte[] x25519Key, byte[] mlKemSeed) {

    /** Bytes of a secp256k1 or X25519 secret key. */
    static final int KEY_BYTES = 32;

    static final int SEED_BYTES = 64;

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

    /** @throws IllegalArgumentException if a key is malformed */
    public Identity {
        if (ethereumKey.length != KEY_BYTES || x25519Key.length != KEY_BYTES || mlKemSeed.length != SEED_BYTES) {
            throw new IllegalArgumentException("keys of " + ethereumKey.length + ", " + x25519Key.length + " and "
                    + mlKemSeed.length + " bytes, not 32, 32 and 64");
        }
        final BigInteger secret = new BigInteger(1, ethereumKey);
        if (secret.signum() == 0 || secret.compareTo(CURVE.getN()) >= 0) {
            throw new IllegalArgumentException("the Ethereum key is not between 1 and the group order");
        }
    }

    /** Fresh keys. */
    static Identity create() {
        return withEthereumKey(drawEthereumKey());
    }

    /** A fresh key on secp256k1. */
    public static byte[] drawEthereumKey() {
        final BigInteger secret = BigIntegers.createRandomInRange(
                BigInteger.ONE, CURVE.getN().subtract(BigInteger.ONE), new SecureRandom());
        return BigIntegers.asUnsignedByteArray(KEY_BYTES, secret);
    }

    /** Fresh encryption keys beside an Ethereum key that exists. */
    static Identity withEthereumKey(byte[] ethereumKey) {
        final SecureRandom random = new SecureRandom();
        final MLKEMKeyPairGenerator generator = new MLKEMKeyPairGenerator();
        generator.init(new MLKEMKeyGenerationParameters(random, MLKEMParameters.ml_kem_768));
        final var mlKem =
                (MLKEMPrivateKeyParameters) generator.generateKeyPair().getPrivate();
        return new Identity(ethereumKey, new X25519PrivateKeyParameters(random).getEncoded(), mlKem.getSeed());
    }

    /** The account: the last 20 bytes of the keccak of the public key. */
    Address address() {
        final byte[] point = new FixedPointCombMultiplier()
                .multiply(CURVE.getG(), new BigInteger(1, ethereumKey))
                .normalize()
                .getEncoded(false);
        final byte[] hash = Keccak256.hash(Arrays.copyOfRange(point, 1, point.length));
        return Address.of(Arrays.copyOfRange(hash, hash.length - Address.BYTES, hash.length));
    }

    /** What opens the envelopes that others encrypt to this account. */
    public SecretKeys encryptionKeys() {
        return new SecretKeys(x25519Key, mlKemSeed);
    }

    /** 32 bytes. */
    byte[] x25519PublicKey() {
        return encryptionKeys().publicKeys().x25519();
    }

    /** 1184 bytes. */
    byte[] mlKemPublicKey() {
        return encryptionKeys().publicKeys().mlKem();
    }

    @Override
    public String toString() {
        return "keys of " + address();
    }
}
