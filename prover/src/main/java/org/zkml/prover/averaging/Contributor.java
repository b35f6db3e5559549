package org.zkml.prover.averaging;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.hash.Keccak256;

/**
 * A contribution that the chain has accepted in a round (event {@code ContributionVerified}).
 *
 * @param account the provider's address
 * @param weight rows that it counts for, 1 to 2^32 - 1
 * @param out commitment to the provider's model
 * @param shares commitments to the shares of all aggregators but the last
 */
public record Contributor(BigInteger account, long weight, G1Affine out, List<G1Affine> shares) {

    private static final long MAX_WEIGHT = (1L << 32) - 1;

    public Contributor {
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight " + weight + ": must be from 1 to " + MAX_WEIGHT);
        }
        shares = List.copyOf(shares);
    }

    /** @param aggregator from 0; the last one's commitment is what the others' leave of the model's */
    public G1Affine share(int aggregator) {
        if (aggregator < shares.size()) {
            return shares.get(aggregator);
        }
        return shares.stream().map(G1Affine::negate).reduce(out, G1Affine::add);
    }

    /** What the contract keeps of the commitments: {@code keccak256(abi.encode(cOut, shares))}. */
    byte[] commitmentsHash() {
        final ByteArrayOutputStream words = new ByteArrayOutputStream();
        words.writeBytes(out.toBytes());
        words.writeBytes(RoundId.word(BigInteger.valueOf(3 * 32L))); // where the array begins
        words.writeBytes(RoundId.word(BigInteger.valueOf(shares.size())));
        shares.forEach(share -> words.writeBytes(share.toBytes()));
        return Keccak256.hash(words.toByteArray());
    }
}
