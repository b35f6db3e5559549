package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Function;
import org.zkml.prover.vault.Vault;

/** The names and forms under which the secrets lie in an open vault. */
final class Secrets {

    private static final String ETHEREUM = "keys/ethereum";
    private static final String X25519 = "keys/x25519";
    private static final String ML_KEM = "keys/ml-kem-768-seed";

    private final Vault vault;

    Secrets(Vault vault) {
        this.vault = vault;
    }

    Identity identity() {
        return new Identity(vault.get(ETHEREUM), vault.get(X25519), vault.get(ML_KEM));
    }

    void put(Identity identity) {
        vault.put(ETHEREUM, identity.ethereumKey());
        vault.put(X25519, identity.x25519Key());
        vault.put(ML_KEM, identity.mlKemSeed());
    }

    boolean hasDataset(byte[] datasetId) {
        return vault.contains(dataset(datasetId));
    }

    DatasetOpening dataset(byte[] datasetId, String name) {
        if (!hasDataset(datasetId)) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the vault does not open data set " + name + " (" + Hex.of(datasetId)
                            + "); restore the vault that it was committed with, or commit it again");
        }
        return read(dataset(datasetId), DatasetOpening::decode);
    }

    void put(byte[] datasetId, DatasetOpening opening) {
        store(dataset(datasetId), opening.encode());
    }

    /** The model that a round starts from, or null if the vault has none. */
    ModelOpening roundModel(BigInteger campaignId, long round) {
        return readOrNull(round(campaignId, round) + "/in");
    }

    void putRoundModel(BigInteger campaignId, long round, ModelOpening model) {
        store(round(campaignId, round) + "/in", model.encode());
    }

    /** The model that this provider trained in a round, or null. */
    ModelOpening trainedModel(BigInteger campaignId, long round, byte[] datasetId) {
        return readOrNull(trained(campaignId, round, datasetId));
    }

    void putTrainedModel(BigInteger campaignId, long round, byte[] datasetId, ModelOpening model) {
        store(trained(campaignId, round, datasetId), model.encode());
    }

    /**
     * The shares of the model that a seat trained in the campaign's present round: those of an earlier attempt, or fresh ones, which are saved before anybody can see their
     * commitments.
     */
    ModelShares sharesOf(Campaign campaign, Seat seat, int lk) {
        final String name = trained(campaign.id(), campaign.round(), seat.datasetId()) + "/shares";
        final int aggregators = campaign.aggregators().size();
        if (vault.contains(name)) {
            final ModelShares earlier = read(name, ModelShares::decode);
            if (earlier.drawn().size() == aggregators - 1) {
                return earlier;
            }
        }
        final ModelShares fresh = ModelShares.draw(aggregators, lk);
        store(name, fresh.encode());
        vault.save();
        return fresh;
    }

    private static String dataset(byte[] datasetId) {
        return "datasets/" + Hex.of(datasetId);
    }

    private static String round(BigInteger campaignId, long round) {
        return "campaigns/" + campaignId + "/rounds/" + round;
    }

    private static String trained(BigInteger campaignId, long round, byte[] datasetId) {
        return round(campaignId, round) + "/trained/" + Hex.of(datasetId);
    }

    private ModelOpening readOrNull(String name) {
        return vault.contains(name) ? read(name, ModelOpening::decode) : null;
    }

    private <T> T read(String name, Function<byte[], T> decoder) {
        final byte[] bytes = vault.get(name);
        try {
            return decoder.apply(bytes);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.VAULT, "the vault's entry " + name + " is malformed; restore the vault from a backup", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private void store(String name, byte[] bytes) {
        vault.put(name, bytes);
        Arrays.fill(bytes, (byte) 0);
    }
}
