package org.zkml.prover.averaging;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.vault.Vault;
import org.zkml.prover.vault.VaultException;

class ShareVerdictsTest {

    private static final char[] PASSPHRASE = "one word a share".toCharArray();
    private static final RoundId ROUND = TestRound.ID;
    private static final List<Contributor> CONTRIBUTORS = TestRound.random(new Random(21), 2, 3, 0, 8)
            .contributors(KnownSetup.of(8).committer());
    private static final Contributor FIRST = CONTRIBUTORS.getFirst();
    private static final Contributor SECOND = CONTRIBUTORS.getLast();

    @TempDir
    private Path folder;

    @Test
    void receiptAndDisputeExcludeEachOtherAlsoAfterARestart() {
        try (Vault vault = Vault.create(folder.resolve("vault"), PASSPHRASE)) {
            final ShareVerdicts verdicts = new ShareVerdicts(vault);
            assertTrue(verdicts.acknowledge(ROUND, FIRST));
            assertTrue(verdicts.dispute(ROUND, SECOND));
        }
        try (Vault vault = Vault.open(folder.resolve("vault"), PASSPHRASE)) {
            final ShareVerdicts verdicts = new ShareVerdicts(vault);
            assertFalse(verdicts.dispute(ROUND, FIRST));
            assertFalse(verdicts.acknowledge(ROUND, SECOND));
            assertTrue(verdicts.acknowledge(ROUND, FIRST));
            assertTrue(verdicts.dispute(ROUND, SECOND));
        }
    }

    @Test
    void keepsRoundsAccountsAndCommitmentsApart() {
        try (Vault vault = Vault.create(folder.resolve("vault"), PASSPHRASE)) {
            final ShareVerdicts verdicts = new ShareVerdicts(vault);
            assertTrue(verdicts.acknowledge(ROUND, FIRST));
            final List<RoundId> rounds = List.of(
                    new RoundId(ROUND.chainId(), ROUND.contract(), ROUND.campaignId(), ROUND.round() + 1),
                    new RoundId(ROUND.chainId(), ROUND.contract(), BigInteger.TEN, ROUND.round()),
                    new RoundId(ROUND.chainId(), BigInteger.TEN, ROUND.campaignId(), ROUND.round()),
                    new RoundId(BigInteger.TEN, ROUND.contract(), ROUND.campaignId(), ROUND.round()));
            rounds.forEach(round -> assertTrue(verdicts.dispute(round, FIRST)));
            final List<G1Affine> otherShares = List.of(FIRST.shares().getFirst(), G1Affine.GENERATOR);
            for (Contributor other : List.of(
                    new Contributor(BigInteger.ONE, FIRST.weight(), FIRST.out(), FIRST.shares()),
                    new Contributor(FIRST.account(), FIRST.weight(), G1Affine.GENERATOR, FIRST.shares()),
                    new Contributor(FIRST.account(), FIRST.weight(), FIRST.out(), otherShares))) {
                assertTrue(verdicts.dispute(ROUND, other));
            }
            assertFalse(verdicts.dispute(ROUND, FIRST));
        }
    }

    /** The folder is gone for a moment: what was not saved does not count as said. */
    @Test
    void saysNothingThatWasNotSaved() throws IOException {
        final Path path = folder.resolve("site/vault");
        final Path away = folder.resolve("away");
        Files.createDirectory(path.getParent());
        try (Vault vault = Vault.create(path, PASSPHRASE)) {
            final ShareVerdicts verdicts = new ShareVerdicts(vault);
            Files.move(path.getParent(), away);
            assertThrows(VaultException.class, () -> verdicts.acknowledge(ROUND, FIRST));
            Files.move(away, path.getParent());
            assertTrue(verdicts.dispute(ROUND, FIRST));
        }
        try (Vault vault = Vault.open(path, PASSPHRASE)) {
            assertFalse(new ShareVerdicts(vault).acknowledge(ROUND, FIRST));
        }
    }
}
