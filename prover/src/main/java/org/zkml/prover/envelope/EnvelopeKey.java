package org.zkml.prover.envelope;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM under key and nonce from one HKDF-SHA-256 (RFC 5869): both shared secrets are its input key material, its info is label, the envelope's header (version, ephemeral key, ciphertext), the recipient's public keys and
 * the context. Everything that either KEM depends on is hashed, so the combination is a secure KEM if one of the two is (Giacon, Heuer, Poettering, ePrint 2018/024); leaving the ML-KEM ciphertext and key out, as X-Wing may
 * (ePrint 2024/039, draft-connolly-cfrg-xwing-kem), would save nothing here. Each key encrypts one payload.
 */
final class EnvelopeKey implements AutoCloseable {

    static final int TAG_BYTES = 16;

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final byte[] LABEL = "zkml/envelope/1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] keyAndNonce;
    private final byte[] associated;

    /** Wipes the two secrets. */
    EnvelopeKey(byte[] mlKemSecret, byte[] x25519Secret, byte[] header, PublicKeys recipient, MessageContext context)
            throws GeneralSecurityException {
        associated = joined(header, context.encode());
        final byte[] info = joined(LABEL, header, recipient.x25519(), recipient.mlKem(), context.encode());
        keyAndNonce = KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addIKM(mlKemSecret)
                        .addIKM(x25519Secret)
                        .thenExpand(info, KEY_BYTES + NONCE_BYTES));
        Arrays.fill(mlKemSecret, (byte) 0);
        Arrays.fill(x25519Secret, (byte) 0);
    }

    void encrypt(byte[] payload, byte[] out, int offset) throws GeneralSecurityException {
        cipher(Cipher.ENCRYPT_MODE).doFinal(payload, 0, payload.length, out, offset);
    }

    /** Everything from the offset on. */
    byte[] decrypt(byte[] in, int offset) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE).doFinal(in, offset, in.length - offset);
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(keyAndNonce, 0, KEY_BYTES, "AES"),
                new GCMParameterSpec(8 * TAG_BYTES, keyAndNonce, KEY_BYTES, NONCE_BYTES));
        cipher.updateAAD(associated);
        return cipher;
    }

    private static byte[] joined(byte[]... parts) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Override
    public void close() {
        Arrays.fill(keyAndNonce, (byte) 0);
    }
}
