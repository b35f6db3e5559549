package org.zkml.prover.averaging;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import org.zkml.prover.commitment.Committer;
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
     * The aggregator's partial sum, whose set is noted in the saved vault: before the sum leaves. The same set again changes nothing.
     *
     * @param aggregator from 0
     * @param shares by account
     * @throws IllegalArgumentException if a contributor's share is missing or does not open its commitment; nothing is noted
     * @throws SecondPartialSumException if the round's partial sum was released for another set
     */
    public VectorOpening release(
            ContributorSet set, int aggregator, Map<BigInteger, VectorOpening> shares, Committer committer) {
        final String name = name(set.round());
        final byte[] digest = set.digest();
        final boolean again = vault.contains(name);
        if (again && !Arrays.equals(vault.get(name), digest)) {
            throw new SecondPartialSumException(set.round());
        }
        final VectorOpening sum = set.partialSum(aggregator, shares, committer);
        if (!again) {
            vault.putSaved(name, digest);
        }
        return sum;
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
