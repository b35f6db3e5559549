package org.zkml.prover.vault;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The key of a vault: Argon2id of the passphrase under a salt drawn when the vault was made. An open vault keeps it instead of the passphrase, so that saving costs no
 * second run. It encrypts nothing itself: {@link #fileKey} makes the keys that do.
 */
final class MasterKey implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyDerivation derivation;
    private final byte[] salt;
    private final byte[] key;

    private MasterKey(KeyDerivation derivation, byte[] salt, byte[] key) {
        this.derivation = derivation;
        this.salt = salt;
        this.key = key;
    }

    /** Of a new vault. */
    static MasterKey draw(char[] passphrase, KeyDerivation derivation) {
        byte[] salt = new byte[KeyDerivation.SALT_BYTES];
        RANDOM.nextBytes(salt);
        return of(passphrase, derivation, salt);
    }

    static MasterKey of(char[] passphrase, KeyDerivation derivation, byte[] salt) {
        return new MasterKey(derivation, salt.clone(), derivation.derive(passphrase, salt));
    }

    KeyDerivation derivation() {
        return derivation;
    }

    byte[] salt() {
        return salt.clone();
    }

    /** So many bytes of HKDF-SHA256 (RFC 5869), with the file's salt as its salt; to be wiped by the caller. */
    byte[] fileKey(byte[] fileSalt, byte[] info, int bytes) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(key)
                            .addSalt(fileSalt)
                            .thenExpand(info, bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HKDF-SHA256", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }
}
