package org.zkml.prover.averaging;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;

/**
 * The contributions that a round averages: U of docs/secure-averaging.md, final once nobody can be excluded any more. All of it is public.
 *
 * @param aggregators how many there are, two to eight
 * @param minimum of contributors that the campaign wants, three at least: the sum of fewer says too much about each
 * @param contributors at least the minimum, by ascending account
 */
public record ContributorSet(RoundId round, int aggregators, int minimum, List<Contributor> contributors) {

    private static final byte[] DOMAIN = "zkml/contributors/1".getBytes(StandardCharsets.US_ASCII);
    private static final int MIN_AGGREGATORS = 2;
    private static final int MAX_AGGREGATORS = 8;
    private static final int LEAST_MINIMUM = 3;

    /** @throws IllegalArgumentException if there are fewer contributors than the minimum, one comes twice, or one has shares for another number of aggregators */
    public ContributorSet {
        if (aggregators < MIN_AGGREGATORS || aggregators > MAX_AGGREGATORS) {
            throw new IllegalArgumentException(aggregators + " aggregators: must be from 2 to 8");
        }
        if (minimum < LEAST_MINIMUM) {
            throw new IllegalArgumentException(
                    "a minimum of " + minimum + " contributors: no campaign has less than " + LEAST_MINIMUM);
        }
        if (contributors.size() < minimum) {
            throw new IllegalArgumentException(round + " has " + contributors.size()
                    + " contributors, fewer than the campaign's minimum of " + minimum + ": it lapses");
        }
        final Set<BigInteger> accounts = new HashSet<>();
        for (Contributor contributor : contributors) {
            if (!accounts.add(contributor.account()) || contributor.shares().size() != aggregators - 1) {
                throw new IllegalArgumentException("contributor 0x"
                        + contributor.account().toString(16) + " comes twice, or has "
                        + contributor.shares().size() + " share commitments, not " + (aggregators - 1));
            }
        }
        contributors = contributors.stream()
                .sorted(Comparator.comparing(Contributor::account))
                .toList();
    }

    /** N: the sum of the weights. */
    public long weightTotal() {
        return contributors.stream().mapToLong(Contributor::weight).sum();
    }

    /** {@code C_sum}: the sum of weight times model commitment. */
    public G1Affine sum() {
        return weighted(Contributor::out);
    }

    /** What aggregator's partial sum opens: the sum of weight times {@code S_k}. */
    public G1Affine shareSum(int aggregator) {
        return weighted(contributor -> contributor.share(aggregator));
    }

    private G1Affine weighted(Function<Contributor, G1Affine> point) {
        final G1Jacobian sum = new G1Jacobian();
        contributors.forEach(
                contributor -> sum.add(point.apply(contributor).mul(BigInteger.valueOf(contributor.weight()))));
        return sum.toAffine();
    }

    /** Binds to the round, every account, weight and commitment: two sets with one digest are the same. */
    public byte[] digest() {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(DOMAIN);
        all.writeBytes(round.encode());
        all.writeBytes(RoundId.word(BigInteger.valueOf(aggregators)));
        for (Contributor contributor : contributors) {
            all.writeBytes(RoundId.word(contributor.account()));
            all.writeBytes(RoundId.word(BigInteger.valueOf(contributor.weight())));
            all.writeBytes(contributor.out().toBytes());
            contributor.shares().forEach(share -> all.writeBytes(share.toBytes()));
        }
        return Keccak256.hash(all.toByteArray());
    }

    /**
     * An aggregator's partial sum: weight times share, over all contributors. It leaves through {@link ReleasedSums} only.
     *
     * @param aggregator from 0
     * @param shares by account; what others sent is left out
     * @throws IllegalArgumentException if a contributor's share is missing or does not open its commitment
     */
    VectorOpening partialSum(int aggregator, Map<BigInteger, VectorOpening> shares, Committer committer) {
        VectorOpening sum = null;
        for (Contributor contributor : contributors) {
            final VectorOpening share = shares.get(contributor.account());
            if (share == null || !share.opens(contributor.share(aggregator), committer)) {
                throw new IllegalArgumentException("the share of 0x"
                        + contributor.account().toString(16) + " for aggregator " + (aggregator + 1)
                        + (share == null ? " is missing" : " does not open its commitment")
                        + ": it had to be disputed in time; the round cannot be averaged with this contribution");
            }
            final Scalar weight = Scalar.of(contributor.weight());
            sum = sum == null ? share.times(weight) : sum.plusTimes(share, weight);
        }
        return sum;
    }

    /** Whether this is the aggregator's partial sum; there is no other (docs/secure-averaging.md). */
    public boolean isPartialSum(int aggregator, VectorOpening sum, Committer committer) {
        return sum.opens(shareSum(aggregator), committer);
    }
}
