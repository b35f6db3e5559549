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
 * The bytes of a vault file: {@code magic (8), memoryKiB (4), iterations (4), lanes (4), salt (16), file salt (32)}, integers big-endian, then the contents under AES-256-GCM,
 * whose tag covers everything before them too. Key (32) and nonce (12) are HKDF-SHA256 of the {@link MasterKey}, with the file salt as salt and the magic as info.
 *
 * <p>The salt is the vault's for good, the file salt is drawn anew for every file written: each key encrypts one file, unless 256 random bits come twice, which 2^64 files do
 * with a probability of 2^-129. So no pair of key and nonce is used for two files, and nothing depends on nonces of 96 random bits under one key.
 */
final class SealedFile {
    private static final byte[] MAGIC = "ZKMLVLT2".getBytes(StandardCharsets.US_ASCII);
    private static final int FILE_SALT_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEADER_BYTES =
            MAGIC.length + 3 * Integer.BYTES + KeyDerivation.SALT_BYTES + FILE_SALT_BYTES;

    private static final SecureRandom RANDOM = new SecureRandom();

    private SealedFile() {}

    /** What a file holds, and the key to write it again. */
    record Opened(MasterKey key, byte[] contents) {}

    /** Bytes of a file with so many bytes of contents. */
    static long sizeBytes(long contents) {
        return HEADER_BYTES + contents + TAG_BYTES;
    }

    static byte[] seal(byte[] contents, MasterKey key) {
        byte[] fileSalt = new byte[FILE_SALT_BYTES];
        RANDOM.nextBytes(fileSalt);
        ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + contents.length + TAG_BYTES)
                .put(MAGIC)
                .putInt(key.derivation().memoryKiB())
                .putInt(key.derivation().iterations())
                .putInt(key.derivation().lanes())
                .put(key.salt())
                .put(fileSalt);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, fileSalt, file.array());
            cipher.doFinal(contents, 0, contents.length, file.array(), HEADER_BYTES);
            return file.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-256-GCM", e);
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
        byte[] fileSalt = new byte[FILE_SALT_BYTES];
        header.get(salt).get(fileSalt);
        MasterKey key = MasterKey.of(passphrase, derivation, salt);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, fileSalt, file);
            return Optional.of(new Opened(key, cipher.doFinal(file, HEADER_BYTES, file.length - HEADER_BYTES)));
        } catch (GeneralSecurityException e) {
            key.close();
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, MasterKey key, byte[] fileSalt, byte[] file)
            throws GeneralSecurityException {
        byte[] secret = key.fileKey(fileSalt, MAGIC, KeyDerivation.KEY_BYTES + NONCE_BYTES);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(secret, 0, KeyDerivation.KEY_BYTES, "AES"),
                    new GCMParameterSpec(8 * TAG_BYTES, secret, KeyDerivation.KEY_BYTES, NONCE_BYTES));
            cipher.updateAAD(file, 0, HEADER_BYTES);
            return cipher;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
