package org.zkml.prover.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bytes of a vault file: {@code magic (8), memoryKiB (4), iterations (4), lanes (4), salt (16), nonce (12)}, integers big-endian, then the contents under AES-256-GCM. The
 * tag covers everything before the contents too. Salt and nonce are fresh for every file written, so a key is used once.
 */
final class SealedFile {
    private static final byte[] MAGIC = "ZKMLVLT1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEADER_BYTES = MAGIC.length + 3 * Integer.BYTES + KeyDerivation.SALT_BYTES + NONCE_BYTES;

    private static final SecureRandom RANDOM = new SecureRandom();

    private SealedFile() {}

    /** What a file holds. */
    record Opened(KeyDerivation derivation, byte[] contents) {}

    static byte[] seal(byte[] contents, char[] passphrase, KeyDerivation derivation) {
        byte[] salt = new byte[KeyDerivation.SALT_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(salt);
        RANDOM.nextBytes(nonce);
        ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + contents.length + TAG_BYTES)
                .put(MAGIC)
                .putInt(derivation.memoryKiB())
                .putInt(derivation.iterations())
                .putInt(derivation.lanes())
                .put(salt)
                .put(nonce);
        byte[] key = derivation.derive(passphrase, salt);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, file.array());
            cipher.doFinal(contents, 0, contents.length, file.array(), HEADER_BYTES);
            return file.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-256-GCM", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Nothing if the passphrase is wrong or a byte was changed: no caller can tell which. */
    static Optional<Opened> open(byte[] file, char[] passphrase) {
        if (file.length < HEADER_BYTES + TAG_BYTES || !Arrays.equals(MAGIC, 0, MAGIC.length, file, 0, MAGIC.length)) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(file, MAGIC.length, HEADER_BYTES - MAGIC.length);
        KeyDerivation derivation = new KeyDerivation(header.getInt(), header.getInt(), header.getInt());
        if (!derivation.acceptable()) {
            return Optional.empty();
        }
        byte[] salt = new byte[KeyDerivation.SALT_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        header.get(salt).get(nonce);
        byte[] key = derivation.derive(passphrase, salt);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, file);
            return Optional.of(new Opened(derivation, cipher.doFinal(file, HEADER_BYTES, file.length - HEADER_BYTES)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] file) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(file, 0, HEADER_BYTES);
        return cipher;
    }
}
