package org.zkml.prover.averaging;

import java.util.Arrays;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.vault.Vault;

/**
 * The sets that an aggregator has released its partial sum for, in its open vault: one a round. Two sums over different sets would give away, with those of the other aggregators, the models that
 * only one of them holds.
 */
public final class ReleasedSums {

    private final Vault vault;

    public ReleasedSums(Vault vault) {
        this.vault = vault;
    }

    /**
     * Notes the set, and saves the vault: before the sum leaves. The same set again changes nothing.
     *
     * @throws SecondPartialSumException if the round's partial sum was released for another set
     */
    public void release(ContributorSet set) {
        final String name = name(set.round());
        final byte[] digest = set.digest();
        if (!vault.contains(name)) {
            vault.put(name, digest);
            vault.save();
        } else if (!Arrays.equals(vault.get(name), digest)) {
            throw new SecondPartialSumException(set.round());
        }
    }

    /** Whether the round's partial sum was released for some set. */
    public boolean isReleased(RoundId round) {
        return vault.contains(name(round));
    }

    private static String name(RoundId round) {
        return "aggregations/" + round.chainId() + "/" + round.contract().toString(16) + "/" + round.campaignId()
                + "/rounds/" + round.round() + "/released";
    }
}
