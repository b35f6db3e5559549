package org.zkml.prover.averaging;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.vault.Vault;
import org.zkml.prover.vault.VaultException;

class ContributedWeightsTest {

    private static final char[] PASSPHRASE = "the same weights once".toCharArray();
    private static final RoundId ROUND = TestRound.ID;

    @TempDir
    private Path folder;

    @Test
    void contributesWeightsToOneRoundOnlyAlsoAfterARestart() {
        try (Vault vault = Vault.create(folder.resolve("vault"), PASSPHRASE)) {
            new ContributedWeights(vault).contribute(ROUND, model(3, -4));
        }
        try (Vault vault = Vault.open(folder.resolve("vault"), PASSPHRASE)) {
            final ContributedWeights contributed = new ContributedWeights(vault);
            contributed.contribute(ROUND, model(3, -4));
            for (RoundId other : new RoundId[] {
                new RoundId(ROUND.chainId(), ROUND.contract(), ROUND.campaignId(), ROUND.round() + 1),
                new RoundId(ROUND.chainId(), ROUND.contract(), BigInteger.TEN, ROUND.round()),
                new RoundId(ROUND.chainId(), BigInteger.TEN, ROUND.campaignId(), ROUND.round()),
                new RoundId(BigInteger.TEN, ROUND.contract(), ROUND.campaignId(), ROUND.round())
            }) {
                final String message = assertThrows(
                                RepeatedWeightsException.class, () -> contributed.contribute(other, model(3, -4)))
                        .getMessage();
                assertTrue(message.contains(other.toString()), message);
            }
            contributed.contribute(new RoundId(BigInteger.TEN, BigInteger.TEN, BigInteger.TEN, 0), model(3, -5));
        }
    }

    /** The folder is gone for a moment: what was not saved does not count as saved later. */
    @Test
    void savesAgainAfterASaveThatFailed() throws IOException {
        final Path path = folder.resolve("site/vault");
        final Path away = folder.resolve("away");
        Files.createDirectory(path.getParent());
        try (Vault vault = Vault.create(path, PASSPHRASE)) {
            final ContributedWeights contributed = new ContributedWeights(vault);
            Files.move(path.getParent(), away);
            assertThrows(VaultException.class, () -> contributed.contribute(ROUND, model(3, -4)));
            Files.move(away, path.getParent());
            contributed.contribute(ROUND, model(3, -4));
        }
        final RoundId next = new RoundId(ROUND.chainId(), ROUND.contract(), ROUND.campaignId(), ROUND.round() + 1);
        try (Vault vault = Vault.open(path, PASSPHRASE)) {
            final ContributedWeights contributed = new ContributedWeights(vault);
            assertThrows(RepeatedWeightsException.class, () -> contributed.contribute(next, model(3, -4)));
        }
    }

    /** With a blinder of its own at every call: it is the weights that count. */
    private static ModelOpening model(long... weights) {
        return ModelOpening.of(weights);
    }
}
