package org.zkml.prover.averaging;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.vault.Vault;

/**
 * Which weights a site has contributed, in its open vault: none in two rounds, whatever the campaigns, and whatever the data set's id, which is another one after each commitment to the same rows. Training is deterministic: were the others' models the same in two rounds, the
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
     * @throws RepeatedWeightsException if the site has contributed the same weights to another round
     */
    public void contribute(RoundId round, ModelOpening model) {
        require(round, model);
        final String name = name(model.weights());
        if (!vault.contains(name)) {
            vault.putSaved(name, round.encode());
        }
    }

    /** @throws RepeatedWeightsException if the site has contributed the same weights to another round */
    public void require(RoundId round, ModelOpening model) {
        final String name = name(model.weights());
        if (vault.contains(name) && !Arrays.equals(vault.get(name), round.encode())) {
            throw new RepeatedWeightsException(round);
        }
    }

    private static String name(long... weights) {
        final ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * weights.length);
        bytes.asLongBuffer().put(weights);
        return "contributed/" + HexFormat.of().formatHex(Keccak256.hash(bytes.array()));
    }
}
