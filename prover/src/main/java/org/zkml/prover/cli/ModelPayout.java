package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import org.zkml.prover.cli.chain.InferenceContract;

/**
 * What a model has earned for an account, from the market's views alone.
 *
 * @param points of the account's seat that are behind the model, 0 without one
 * @param perPoint what each point has earned, with 128 fractional bits
 * @param contributorClaimable base units
 * @param ownerEarned the owner's share if the account is the owner, else 0
 * @param ownerClaimable of it
 */
record ModelPayout(
        BigInteger modelId,
        long points,
        BigInteger perPoint,
        BigInteger contributorClaimable,
        BigInteger ownerEarned,
        BigInteger ownerClaimable) {

    private static final int FRACTION_BITS = 128;

    /** @param points of the account's seat that are behind the model */
    static ModelPayout of(InferenceContract market, BigInteger modelId, Address account, boolean owner, long points) {
        final InferenceContract.Earnings earnings = market.earnings(modelId);
        final BigInteger ownerEarned = owner ? earnings.ownerEarned() : BigInteger.ZERO;
        final BigInteger ownerClaimable =
                owner ? earnings.ownerEarned().subtract(earnings.ownerClaimed()) : BigInteger.ZERO;
        return new ModelPayout(
                modelId,
                points,
                earnings.perPoint(),
                market.claimable(modelId, account).subtract(ownerClaimable),
                ownerEarned,
                ownerClaimable);
    }

    /** By the account's points. */
    BigInteger contributorEarned() {
        return BigInteger.valueOf(points).multiply(perPoint).shiftRight(FRACTION_BITS);
    }

    BigInteger contributorClaimed() {
        return contributorEarned().subtract(contributorClaimable);
    }

    BigInteger claimable() {
        return contributorClaimable.add(ownerClaimable);
    }

    /** The amounts with their numbers filled in. */
    String formula() {
        final String contributor = "floor(%d points * %s / 2^128) - claimed %s = %s - %s = %s"
                .formatted(
                        points,
                        perPoint,
                        contributorClaimed(),
                        contributorEarned(),
                        contributorClaimed(),
                        contributorClaimable);
        return ownerEarned.signum() == 0
                ? contributor
                : contributor
                        + "; owner: earned %s - claimed %s = %s"
                                .formatted(ownerEarned, ownerEarned.subtract(ownerClaimable), ownerClaimable);
    }

    ObjectNode write() {
        return Console.object()
                .put("modelId", modelId.toString())
                .put("points", points)
                .put("perPoint", perPoint.toString())
                .put("contributorEarned", contributorEarned().toString())
                .put("contributorClaimed", contributorClaimed().toString())
                .put("contributorClaimable", contributorClaimable.toString())
                .put("ownerEarned", ownerEarned.toString())
                .put("ownerClaimable", ownerClaimable.toString())
                .put("claimable", claimable().toString())
                .put("formula", formula());
    }
}
