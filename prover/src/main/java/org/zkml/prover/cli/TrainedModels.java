package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.averaging.ModelShares;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.vault.Vault;

/**
 * The models that a data set trained in a round, in an open vault, each under its commitment: none takes the place of another, whose commitment may be on chain. Those of
 * tasks in files are kept apart from those of campaigns, whatever number a task says.
 */
final class TrainedModels {

    private final Vault vault;
    private final Secrets secrets;
    private final String prefix;

    private TrainedModels(Vault vault, String root, RoundId round, byte[] datasetId) {
        this.vault = vault;
        this.secrets = new Secrets(vault);
        this.prefix = Secrets.round(root, round) + "/trained/" + Hex.of(datasetId) + "/";
    }

    static TrainedModels ofCampaign(Vault vault, RoundId round, byte[] datasetId) {
        return new TrainedModels(vault, Secrets.CAMPAIGNS, round, datasetId);
    }

    static TrainedModels ofTask(Vault vault, RoundId round, byte[] datasetId) {
        return new TrainedModels(vault, "tasks", round, datasetId);
    }

    /** What opens the commitment, or null. */
    ModelOpening opening(G1Affine commitment) {
        return secrets.readOrNull(name(commitment), ModelOpening::decode);
    }

    /** The opening that has these weights, or null. */
    ModelOpening withWeights(long[] weights) {
        return vault.names().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> secrets.readOrNull(name, ModelOpening::decode))
                .filter(model -> Arrays.equals(model.weights(), weights))
                .findFirst()
                .orElse(null);
    }

    /** Keeps an opening, and saves the vault: before anything depends on the commitment. */
    void keep(G1Affine commitment, ModelOpening model) {
        secrets.store(name(commitment), model.encode());
        vault.save();
    }

    /**
     * The model's shares in a round, for so many aggregators: those of an earlier attempt, or fresh ones, which are saved before anybody can see their commitments. Shares for another
     * number, which a node might name by mistake, do not take their place; nor do those for a round of the same number on another chain or of other contracts.
     */
    ModelShares shares(RoundId round, G1Affine commitment, int aggregators, int lk) {
        final String name = "shares/"
                + Hex.of(Keccak256.hash(
                        name(commitment).getBytes(StandardCharsets.US_ASCII),
                        round.encode(),
                        RoundId.word(BigInteger.valueOf(aggregators))));
        final ModelShares earlier = secrets.readOrNull(name, ModelShares::decode);
        if (earlier != null) {
            return earlier;
        }
        final ModelShares fresh = ModelShares.draw(aggregators, lk);
        secrets.store(name, fresh.encode());
        vault.save();
        return fresh;
    }

    private String name(G1Affine commitment) {
        return prefix + Hex.of(Keccak256.hash(commitment.toBytes()));
    }
}
