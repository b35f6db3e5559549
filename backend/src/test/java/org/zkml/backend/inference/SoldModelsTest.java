package org.zkml.backend.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zkml.backend.chain.AccountKey;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.InferenceContracts;
import org.zkml.backend.market.OnManualMarket;
import org.zkml.prover.inference.SellerVault;
import org.zkml.prover.vault.Vault;

@QuarkusTest
@OnManualMarket
class SoldModelsTest {

    private static final String PASSPHRASE = "correct horse battery staple";
    private static final FileTime FIRST = FileTime.fromMillis(1_700_000_000_000L);

    @TempDir
    Path folder;

    @Inject
    Chain chain;

    @Inject
    InferenceContracts contracts;

    private Path file;
    private SoldModels models;

    @BeforeEach
    void configure() {
        file = folder.resolve("seller.zkml");
        models = new SoldModels(Asked.config("vault", file.toString(), "passphrase", PASSPHRASE), chain, contracts);
    }

    private String write(int secret) throws IOException {
        Files.deleteIfExists(file);
        final byte[] key = new byte[SellerVault.KEY_BYTES];
        key[0] = (byte) secret;
        try (Vault vault = Vault.create(file, PASSPHRASE.toCharArray())) {
            new SellerVault(vault).putKey(key);
            vault.save();
        }
        return new AccountKey(key).address();
    }

    private void stamp(long seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(FIRST.toMillis() + 1000 * seconds));
    }

    /** Every look costs a key derivation, and anybody can ask for a model that is not there. */
    @Test
    void doesNotLookAgainAtAVaultThatCannotBeUsed() throws IOException {
        Files.writeString(file, "no vault");
        stamp(0);
        final String refusal =
                assertThrows(IllegalStateException.class, () -> models.key()).getMessage();
        assertTrue(refusal.contains(file.toString()), refusal);
        final String first = write(1);
        stamp(0);
        assertEquals(
                refusal,
                assertThrows(IllegalStateException.class, () -> models.key()).getMessage());
        stamp(1);
        assertEquals(first, models.key().address());

        Files.writeString(file, "no vault");
        stamp(2);
        assertTrue(models.find(BigInteger.TEN).isEmpty());
        assertEquals(first, models.key().address(), "what was sold is sold on");
        final String second = write(2);
        stamp(2);
        assertTrue(models.find(BigInteger.TEN).isEmpty());
        assertEquals(first, models.key().address());
        stamp(3);
        assertTrue(models.find(BigInteger.TEN).isEmpty());
        assertEquals(second, models.key().address());
    }

    @Test
    void sellsNothingWithoutAVault() {
        assertThrows(NotSellingException.class, () -> models.find(BigInteger.ONE));
    }
}
