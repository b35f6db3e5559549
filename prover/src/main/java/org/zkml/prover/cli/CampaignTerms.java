package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import org.zkml.prover.fixedpoint.Fraction;
import org.zkml.prover.fixedpoint.ModelKind;

/**
 * What a campaign's owner fixes for good.
 *
 * @param allowList Merkle root, zero if anybody may join
 * @param feat features, intercept included
 * @param rowCap most rows of a seat that count in a round
 * @param windows lengths in seconds
 * @param rewardPerRow base units of the token
 * @param floorPricePerQuery base units of the token
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record CampaignTerms(
        byte[] schemaHash,
        byte[] allowList,
        Fraction rate,
        Fraction decay,
        long feat,
        int steps,
        long rowCap,
        int rounds,
        int minProviders,
        int maxProviders,
        int ownerShareBasisPoints,
        int lk,
        int lb,
        int lt,
        int b,
        ModelKind kind,
        boolean openToAll,
        Windows windows,
        BigInteger rewardPerRow,
        BigInteger floorPricePerQuery) {

    /** Seconds in which seats are taken, contributions made, shares disputed, disputes answered, and averages proved. */
    public record Windows(long join, long contribution, long share, long answer, long aggregation) {}

    /** The most that the campaign can mint, base units. */
    BigInteger budget() {
        return rewardPerRow
                .multiply(BigInteger.valueOf(rounds))
                .multiply(BigInteger.valueOf(maxProviders))
                .multiply(BigInteger.valueOf(rowCap));
    }

    ObjectNode write() {
        return Console.object()
                .put("schemaHash", Hex.of(schemaHash))
                .put("allowList", Hex.of(allowList))
                .put("kind", kind.id())
                .put("rate", rate.toString())
                .put("decay", decay.toString())
                .put("feat", feat)
                .put("lk", lk)
                .put("lb", lb)
                .put("lt", lt)
                .put("steps", steps)
                .put("b", b)
                .put("rounds", rounds)
                .put("minProviders", minProviders)
                .put("maxProviders", maxProviders)
                .put("rowCap", rowCap)
                .put("openToAll", openToAll)
                .put("ownerShareBasisPoints", ownerShareBasisPoints)
                .put("rewardPerRow", rewardPerRow.toString())
                .put("floorPricePerQuery", floorPricePerQuery.toString());
    }
}
