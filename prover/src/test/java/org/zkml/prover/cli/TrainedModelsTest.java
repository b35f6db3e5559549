package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.averaging.ModelShares;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.vault.Vault;

/** What once was trained stays in the vault, whatever comes after it. */
class TrainedModelsTest {

    /** The longest names there are. */
    private static final BigInteger CAMPAIGN = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

    private static final RoundId ROUND = new RoundId(BigInteger.ONE, BigInteger.TWO, CAMPAIGN, 65_535);

    private static final byte[] DATASET = new byte[32];
    private static final G1Affine FIRST = G1Affine.GENERATOR;
    private static final G1Affine SECOND = FIRST.add(FIRST);

    @TempDir
    private Path folder;

    private Vault vault;
    private TrainedModels models;

    @BeforeEach
    void open() {
        vault = Vault.create(folder.resolve("vault"), Cli.PASSPHRASE.toCharArray());
        models = TrainedModels.ofCampaign(vault, ROUND, DATASET);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void keepsEveryModelUnderItsCommitment() {
        models.keep(FIRST, ModelOpening.of(new long[] {1, 2}));
        models.keep(SECOND, ModelOpening.of(new long[] {3, 4}));
        models.shares(ROUND, FIRST, 2, 1);
        assertArrayEquals(new long[] {1, 2}, models.opening(FIRST).weights());
        assertArrayEquals(new long[] {3, 4}, models.opening(SECOND).weights());
        assertEquals(
                models.opening(SECOND).blinder(),
                models.withWeights(new long[] {3, 4}).blinder());
        assertNull(models.withWeights(new long[] {1, 4}));
    }

    @Test
    void keepsModelsOfTasksApart() {
        models.keep(FIRST, ModelOpening.of(new long[] {1, 2}));
        final TrainedModels tasks = TrainedModels.ofTask(vault, ROUND, DATASET);
        assertNull(tasks.opening(FIRST));
        assertNull(tasks.withWeights(new long[] {1, 2}));
    }

    /** A workspace that is connected to other contracts finds nothing of these, whose campaigns have the same numbers. */
    @Test
    void keepsModelsOfOtherContractsAndChainsApart() {
        models.keep(FIRST, ModelOpening.of(new long[] {1, 2}));
        final Secrets secrets = new Secrets(vault);
        secrets.putRoundModel(ROUND, ModelOpening.of(new long[] {1, 2}));
        for (RoundId other : List.of(
                new RoundId(BigInteger.TWO, BigInteger.TWO, CAMPAIGN, 65_535),
                new RoundId(BigInteger.ONE, BigInteger.ONE, CAMPAIGN, 65_535))) {
            assertNull(TrainedModels.ofCampaign(vault, other, DATASET).opening(FIRST));
            assertNull(secrets.roundModel(other));
        }
    }

    @Test
    void keepsTheSharesOfAModel() {
        final ModelShares two = models.shares(ROUND, FIRST, 2, 1);
        final ModelShares three = models.shares(ROUND, FIRST, 255, 1);
        assertEquals(254, three.drawn().size());
        assertArrayEquals(two.encode(), models.shares(ROUND, FIRST, 2, 1).encode());
        assertArrayEquals(three.encode(), models.shares(ROUND, FIRST, 255, 1).encode());
        for (RoundId other : List.of(
                new RoundId(BigInteger.TWO, BigInteger.TWO, CAMPAIGN, 65_535),
                new RoundId(BigInteger.ONE, BigInteger.ONE, CAMPAIGN, 65_535))) {
            assertNotEquals(
                    two.drawn().getFirst(),
                    models.shares(other, FIRST, 2, 1).drawn().getFirst());
        }
        assertNotEquals(
                two.drawn().getFirst(),
                models.shares(ROUND, SECOND, 2, 1).drawn().getFirst());
    }
}
