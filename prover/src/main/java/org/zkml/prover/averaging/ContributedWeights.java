package org.zkml.prover.averaging;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.vault.Vault;

/**
 * Which weights a data set has contributed, in its site's open vault: none in two rounds, whatever the campaigns. Training is deterministic: were the others' models the same in two rounds, the
 * difference of the two sums would be the model of whoever is in one of them only. So this protects the other providers, as theirs protect this one.
 */
public final class ContributedWeights {

    private final Vault vault;

    public ContributedWeights(Vault vault) {
        this.vault = vault;
    }

    /**
     * Notes the weights, and saves the vault: before the contribution leaves. The same round again changes nothing.
     *
     * @param datasetId 32 bytes
     * @throws RepeatedWeightsException if the data set has contributed the same weights to another round
     */
    public void contribute(byte[] datasetId, RoundId round, ModelOpening model) {
        final String name = name(datasetId, model.weights());
        final byte[] where = round.encode();
        if (!vault.contains(name)) {
            vault.putSaved(name, where);
        } else if (!Arrays.equals(vault.get(name), where)) {
            throw new RepeatedWeightsException(round);
        }
    }

    private static String name(byte[] datasetId, long... weights) {
        final ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * weights.length);
        bytes.asLongBuffer().put(weights);
        return "contributed/" + HexFormat.of().formatHex(Keccak256.hash(datasetId, bytes.array()));
    }
}
