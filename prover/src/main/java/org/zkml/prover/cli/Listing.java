package org.zkml.prover.cli;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.hash.Keccak256;

/**
 * A finished campaign's model and what its owner offers.
 *
 * @param version rounds averaged into it
 * @param points verified rows behind it: contributors share by these
 * @param seller who answers; zero if it was never listed
 * @param endpoint where, by the owner's word
 * @param tiers on offer; none if it is not on sale
 * @param feeBasisPoints the protocol's on passes sold now, in 1/10,000
 */
public record Listing(
        BigInteger modelId,
        Address owner,
        int version,
        long points,
        G1Affine commitment,
        Address seller,
        String endpoint,
        List<Tier> tiers,
        int feeBasisPoints) {

    /**
     * What a pass can be.
     *
     * @param queries rows that may be asked
     * @param price of the whole pass, base units
     */
    public record Tier(long queries, long termSeconds, BigInteger price) {}

    /** The tier of a number, from 0. */
    Tier tier(int index) {
        if (tiers.isEmpty()) {
            throw new CommandException(
                    ExitCode.REFUSED, "model " + modelId + " is not on sale; see \"zkml models\" for those that are");
        }
        if (index < 0 || index >= tiers.size()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--tier " + index + ": model " + modelId + " has tiers 0 to " + (tiers.size() - 1)
                            + "; see \"zkml models\"");
        }
        return tiers.get(index);
    }

    /** What the market calls the quote of a tier, from what is shown here and nothing else: it sells at this or not at all. */
    byte[] quote(int index) {
        final Tier tier = tier(index);
        final ByteArrayOutputStream words = new ByteArrayOutputStream();
        for (BigInteger word : List.of(
                modelId,
                BigInteger.valueOf(version),
                commitment.x(),
                commitment.y(),
                seller.toBigInteger(),
                BigInteger.valueOf(tier.queries()),
                BigInteger.valueOf(tier.termSeconds()),
                tier.price(),
                BigInteger.valueOf(feeBasisPoints))) {
            words.writeBytes(RoundId.word(word));
        }
        return Keccak256.hash(words.toByteArray());
    }
}
