package org.zkml.prover.vault;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, version 1.3 (RFC 9106): from a passphrase to a key.
 *
 * @param memoryKiB memory to be filled
 * @param iterations passes over it
 * @param lanes parallel lanes
 */
record KeyDerivation(int memoryKiB, int iterations, int lanes) {
    /** The second recommendation of RFC 9106, section 4: 64 MiB, 3 passes, 4 lanes. About half a second. */
    static final KeyDerivation RECOMMENDED = new KeyDerivation(1 << 16, 3, 4);

    static final int SALT_BYTES = 16;
    static final int KEY_BYTES = 32;

    /** A file may not make us fill more memory, or longer, than this. */
    private static final KeyDerivation LARGEST = new KeyDerivation(1 << 20, 16, 16);

    /** Whether the numbers are ones that Argon2 knows and a reader accepts. */
    boolean acceptable() {
        return lanes >= 1
                && lanes <= LARGEST.lanes
                && iterations >= 1
                && iterations <= LARGEST.iterations
                && memoryKiB >= 8 * lanes
                && memoryKiB <= LARGEST.memoryKiB;
    }

    /** The key of 32 bytes; to be wiped by the caller. */
    byte[] derive(char[] passphrase, byte[] salt) {
        byte[] secret = utf8(passphrase);
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memoryKiB)
                    .withIterations(iterations)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .build());
            byte[] key = new byte[KEY_BYTES];
            generator.generateBytes(secret, key);
            return key;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] utf8(char[] passphrase) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }
}
