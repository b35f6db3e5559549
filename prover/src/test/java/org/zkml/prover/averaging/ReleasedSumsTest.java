package org.zkml.prover.averaging;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.vault.Vault;
import org.zkml.prover.vault.VaultException;

class ReleasedSumsTest {

    private static final char[] PASSPHRASE = "one sum a round".toCharArray();
    private static final Committer COMMITTER = KnownSetup.of(8).committer();
    private static final TestRound ROUND = TestRound.random(new Random(5), 4, 2, 0, 8);
    private static final ContributorSet SET = ROUND.set(COMMITTER);

    @TempDir
    private Path folder;

    @Test
    void releasesOneSumARoundAlsoAfterARestart() {
        final ContributorSet smaller = in(SET.round(), 3);
        try (Vault vault = Vault.create(folder.resolve("vault"), PASSPHRASE)) {
            assertTrue(SET.isPartialSum(1, release(new ReleasedSums(vault), SET), COMMITTER));
        }
        try (Vault vault = Vault.open(folder.resolve("vault"), PASSPHRASE)) {
            final ReleasedSums released = new ReleasedSums(vault);
            release(released, SET);
            final String message = assertThrows(SecondPartialSumException.class, () -> release(released, smaller))
                    .getMessage();
            assertTrue(message.contains("round 3 of campaign 2 on chain 31337"), message);
            release(released, SET);
        }
    }

    @Test
    void notesNothingOfASumThatCannotBe() {
        try (Vault vault = Vault.create(folder.resolve("vault"), PASSPHRASE)) {
            final ReleasedSums released = new ReleasedSums(vault);
            assertThrows(IllegalArgumentException.class, () -> released.release(SET, 1, Map.of(), COMMITTER));
            assertFalse(released.isReleased(SET.round()));
        }
    }

    /** The folder is gone for a moment: what was not saved does not count as saved later. */
    @Test
    void savesAgainAfterASaveThatFailed() throws IOException {
        final Path path = folder.resolve("site/vault");
        final Path away = folder.resolve("away");
        Files.createDirectory(path.getParent());
        try (Vault vault = Vault.create(path, PASSPHRASE)) {
            final ReleasedSums released = new ReleasedSums(vault);
            Files.move(path.getParent(), away);
            assertThrows(VaultException.class, () -> release(released, SET));
            assertFalse(released.isReleased(SET.round()));
            Files.move(away, path.getParent());
            release(released, SET);
        }
        try (Vault vault = Vault.open(path, PASSPHRASE)) {
            assertTrue(new ReleasedSums(vault).isReleased(SET.round()));
        }
    }

    @Test
    void keepsRoundsApartWithTheLongestNamesThereAre() {
        final BigInteger word = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        final BigInteger address = BigInteger.TWO.pow(160).subtract(BigInteger.ONE);
        try (Vault vault = Vault.create(folder.resolve("vault"), PASSPHRASE)) {
            final ReleasedSums released = new ReleasedSums(vault);
            release(released, in(new RoundId(word, address, word, 65_535), 4));
            release(released, in(new RoundId(word, address, word, 65_534), 3));
            release(released, in(new RoundId(word, address, BigInteger.ONE, 65_535), 3));
            release(released, in(new RoundId(word, BigInteger.ONE, word, 65_535), 3));
            release(released, in(new RoundId(BigInteger.ONE, address, word, 65_535), 3));
            assertThrows(
                    SecondPartialSumException.class,
                    () -> release(released, in(new RoundId(word, address, word, 65_535), 3)));
        }
    }

    private static VectorOpening release(ReleasedSums released, ContributorSet set) {
        return released.release(set, 1, ROUND.sharesFor(1), COMMITTER);
    }

    private static ContributorSet in(RoundId round, int contributors) {
        return new ContributorSet(round, 2, 3, SET.contributors().subList(0, contributors));
    }
}
