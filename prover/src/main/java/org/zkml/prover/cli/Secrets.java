package org.zkml.prover.cli;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.chain.SessionKey;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.vault.Vault;

/** The names and forms under which the secrets lie in an open vault. */
final class Secrets {

    /** Where the secrets of campaigns are. */
    static final String CAMPAIGNS = "campaigns";

    /** Where an aggregator's secrets about the models of others are. */
    static final String AGGREGATIONS = "aggregating";

    private static final String ETHEREUM = "keys/ethereum";
    private static final String X25519 = "keys/x25519";
    private static final String ML_KEM = "keys/ml-kem-768-seed";

    private final Vault vault;

    Secrets(Vault vault) {
        this.vault = vault;
    }

    boolean hasIdentity() {
        return vault.contains(ETHEREUM);
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
    ModelOpening roundModel(RoundId round) {
        return readOrNull(modelIn(round), ModelOpening::decode);
    }

    void putRoundModel(RoundId round, ModelOpening model) {
        store(modelIn(round), model.encode());
    }

    /** The key that signs for passes under this address, or null. */
    SessionKey sessionKey(Address address) {
        return readOrNull(session(address), SessionKey::of);
    }

    /** @return its address */
    Address putSessionKey(byte[] secret) {
        final Address address = SessionKey.of(secret).address();
        store(session(address), secret);
        return address;
    }

    private static String session(Address address) {
        return "sessions/" + Hex.of(address.toBytes());
    }

    private static String dataset(byte[] datasetId) {
        return "datasets/" + Hex.of(datasetId);
    }

    /** The names of a round's secrets begin like this: rounds of the same numbers of other contracts, or on other chains, have others. */
    static String round(String root, RoundId round) {
        return root + "/" + HexFormat.of().formatHex(Keccak256.hash(round.encode()));
    }

    private static String modelIn(RoundId round) {
        return round(CAMPAIGNS, round) + "/in";
    }

    <T> T readOrNull(String name, Function<byte[], T> decoder) {
        return vault.contains(name) ? read(name, decoder) : null;
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

    void store(String name, byte[] bytes) {
        vault.put(name, bytes);
        Arrays.fill(bytes, (byte) 0);
    }
}
