package org.zkml.prover.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyDerivationVectorTest {
    /** A published value of the reference implementation: Argon2id, version 1.3, 64 MiB, 2 passes, 1 lane (phc-winner-argon2, src/test.c). */
    @Test
    void isTheReferenceImplementationsArgon2id() {
        byte[] salt = "somesalt".getBytes(StandardCharsets.US_ASCII);
        byte[] key = new KeyDerivation(1 << 16, 2, 1).derive("password".toCharArray(), salt);
        assertEquals(
                "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
                HexFormat.of().formatHex(key));
    }
}
