package org.zkml.prover.averaging;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.vault.Vault;

class ReleasedSumsTest {

    private static final char[] PASSPHRASE = "one sum a round".toCharArray();
    private static final Committer COMMITTER = KnownSetup.of(8).committer();
    private static final ContributorSet SET =
            TestRound.random(new Random(5), 4, 2, 0, 8).set(COMMITTER);

    @TempDir
    private Path folder;

    @Test
    void releasesOneSumARoundAlsoAfterARestart() {
        final ContributorSet smaller = in(SET.round(), 3);
        try (Vault vault = Vault.create(folder.resolve("vault"), PASSPHRASE)) {
            new ReleasedSums(vault).release(SET);
        }
        try (Vault vault = Vault.open(folder.resolve("vault"), PASSPHRASE)) {
            final ReleasedSums released = new ReleasedSums(vault);
            released.release(SET);
            final String message = assertThrows(SecondPartialSumException.class, () -> released.release(smaller))
                    .getMessage();
            assertTrue(message.contains("round 3 of campaign 2 on chain 31337"), message);
            released.release(SET);
        }
    }

    @Test
    void keepsRoundsApartWithTheLongestNamesThereAre() {
        final BigInteger word = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        final BigInteger address = BigInteger.TWO.pow(160).subtract(BigInteger.ONE);
        try (Vault vault = Vault.create(folder.resolve("vault"), PASSPHRASE)) {
            final ReleasedSums released = new ReleasedSums(vault);
            released.release(in(new RoundId(word, address, word, 65_535), 4));
            released.release(in(new RoundId(word, address, word, 65_534), 3));
            released.release(in(new RoundId(word, address, BigInteger.ONE, 65_535), 3));
            released.release(in(new RoundId(word, BigInteger.ONE, word, 65_535), 3));
            released.release(in(new RoundId(BigInteger.ONE, address, word, 65_535), 3));
            assertThrows(
                    SecondPartialSumException.class,
                    () -> released.release(in(new RoundId(word, address, word, 65_535), 3)));
        }
    }

    private static ContributorSet in(RoundId round, int contributors) {
        return new ContributorSet(round, 2, SET.contributors().subList(0, contributors));
    }
}
