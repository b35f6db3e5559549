package org.zkml.prover.envelope;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * Hybrid public-key encryption: {@code version 0x01 (1), ephemeral X25519 key (32), ML-KEM-768 ciphertext (1088), payload and tag (n + 16)} with a {@link EnvelopeKey} of both shared secrets.
 * Confidential as long as one of X25519 and ML-KEM-768 is. It does not show who sent it: the sender signs the message that carries it.
 */
public final class Envelope {

    private static final byte VERSION = 1;
    private static final int CIPHERTEXT_BYTES = 1088;
    private static final int HEADER_BYTES = 1 + PublicKeys.X25519_BYTES + CIPHERTEXT_BYTES;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Envelope() {}

    /** Bytes of an envelope around so many. */
    public static long sizeBytes(long payload) {
        return HEADER_BYTES + payload + EnvelopeKey.TAG_BYTES;
    }

    public static byte[] seal(byte[] payload, PublicKeys recipient, MessageContext context) {
        final X25519PrivateKeyParameters ephemeral = new X25519PrivateKeyParameters(RANDOM);
        final byte[] shared = new byte[PublicKeys.X25519_BYTES];
        if (!agree(ephemeral, recipient.x25519(), shared)) {
            throw new IllegalStateException("public keys hold no point of low order");
        }
        final var encapsulated = new MLKEMGenerator(RANDOM).generateEncapsulated(recipient.mlKemKey());
        final byte[] envelope = new byte[Math.toIntExact(sizeBytes(payload.length))];
        ByteBuffer.wrap(envelope)
                .put(VERSION)
                .put(ephemeral.generatePublicKey().getEncoded())
                .put(encapsulated.getEncapsulation());
        try (EnvelopeKey key =
                new EnvelopeKey(encapsulated.getSecret(), shared, header(envelope), recipient, context)) {
            key.encrypt(payload, envelope, HEADER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-256-GCM", e);
        }
        return envelope;
    }

    /**
     * The payload.
     *
     * @throws EnvelopeException if a byte was changed, or it was not sealed for these keys and this context
     */
    public static byte[] open(byte[] envelope, SecretKeys keys, MessageContext context) {
        if (envelope.length < sizeBytes(0) || envelope[0] != VERSION) {
            throw new EnvelopeException(envelope.length, context);
        }
        final byte[] shared = new byte[PublicKeys.X25519_BYTES];
        if (!agree(keys.x25519Key(), Arrays.copyOfRange(envelope, 1, 1 + shared.length), shared)) {
            throw new EnvelopeException(envelope.length, context);
        }
        final byte[] secret = new MLKEMExtractor(keys.mlKemKey())
                .extractSecret(Arrays.copyOfRange(envelope, HEADER_BYTES - CIPHERTEXT_BYTES, HEADER_BYTES));
        try (EnvelopeKey key = new EnvelopeKey(secret, shared, header(envelope), keys.publicKeys(), context)) {
            return key.decrypt(envelope, HEADER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new EnvelopeException(envelope.length, context);
        }
    }

    private static byte[] header(byte[] envelope) {
        return Arrays.copyOf(envelope, HEADER_BYTES);
    }

    /** False for a point of low order, whose shared secret is zero (RFC 7748, section 6.1). */
    private static boolean agree(X25519PrivateKeyParameters secret, byte[] point, byte[] shared) {
        return X25519.calculateAgreement(secret.getEncoded(), 0, point, 0, shared, 0);
    }
}
