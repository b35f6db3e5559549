package org.zkml.prover.averaging;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.vault.Vault;

class ContributedWeightsTest {

    private static final char[] PASSPHRASE = "the same weights once".toCharArray();
    private static final byte[] DATASET = Keccak256.hash(new byte[] {1});
    private static final byte[] OTHER_DATASET = Keccak256.hash(new byte[] {2});
    private static final RoundId ROUND = TestRound.ID;

    @TempDir
    private Path folder;

    @Test
    void contributesWeightsToOneRoundOnlyAlsoAfterARestart() {
        try (Vault vault = Vault.create(folder.resolve("vault"), PASSPHRASE)) {
            new ContributedWeights(vault).contribute(DATASET, ROUND, model(3, -4));
        }
        try (Vault vault = Vault.open(folder.resolve("vault"), PASSPHRASE)) {
            final ContributedWeights contributed = new ContributedWeights(vault);
            contributed.contribute(DATASET, ROUND, model(3, -4));
            for (RoundId other : new RoundId[] {
                new RoundId(ROUND.chainId(), ROUND.contract(), ROUND.campaignId(), ROUND.round() + 1),
                new RoundId(ROUND.chainId(), ROUND.contract(), BigInteger.TEN, ROUND.round()),
                new RoundId(ROUND.chainId(), BigInteger.TEN, ROUND.campaignId(), ROUND.round()),
                new RoundId(BigInteger.TEN, ROUND.contract(), ROUND.campaignId(), ROUND.round())
            }) {
                final String message = assertThrows(
                                RepeatedWeightsException.class,
                                () -> contributed.contribute(DATASET, other, model(3, -4)))
                        .getMessage();
                assertTrue(message.contains(other.toString()), message);
            }
            contributed.contribute(
                    DATASET, new RoundId(BigInteger.TEN, BigInteger.TEN, BigInteger.TEN, 0), model(3, -5));
            contributed.contribute(
                    OTHER_DATASET, new RoundId(BigInteger.TEN, BigInteger.TEN, BigInteger.TEN, 0), model(3, -4));
        }
    }

    /** With a blinder of its own at every call: it is the weights that count. */
    private static ModelOpening model(long... weights) {
        return ModelOpening.of(weights);
    }
}
