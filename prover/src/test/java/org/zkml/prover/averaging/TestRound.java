package org.zkml.prover.averaging;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.FixedPoint;

/**
 * A round as its providers see it: models, shares and what is on chain of them, all from one seed.
 *
 * @param weights rows, one a provider
 */
record TestRound(
        RoundId id,
        int aggregators,
        FixedPoint format,
        List<Long> weights,
        List<ModelOpening> models,
        List<ModelShares> shares) {

    static final RoundId ID = new RoundId(BigInteger.valueOf(31_337), BigInteger.valueOf(0xc0ffee), BigInteger.TWO, 3);

    /** Providers have the accounts 1001, 1002, .. */
    static BigInteger account(int provider) {
        return BigInteger.valueOf(1001L + provider);
    }

    static TestRound random(Random random, int providers, int aggregators, int lk, int b) {
        final FixedPoint format = new FixedPoint(b);
        final long greatest = Math.min((1L << 2 * b) / providers, (1L << 32) - 1);
        final List<Long> weights = new ArrayList<>();
        final List<ModelOpening> models = new ArrayList<>();
        final List<ModelShares> shares = new ArrayList<>();
        for (int i = 0; i < providers; i++) {
            weights.add(random.nextBoolean() ? greatest : random.nextLong(1, greatest + 1));
            models.add(new ModelOpening(weights(random, format, lk), scalar(random)));
            shares.add(shares(random, aggregators, lk));
        }
        return new TestRound(ID, aggregators, format, weights, models, shares);
    }

    /** Often at the ends of the range, where sums are greatest. */
    static long[] weights(Random random, FixedPoint format, int lk) {
        final long[] weights = new long[1 << lk];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = switch (random.nextInt(4)) {
                case 0 -> format.weightMin();
                case 1 -> format.weightEnd() - 1;
                default -> random.nextLong(format.weightMin(), format.weightEnd());
            };
        }
        return weights;
    }

    static ModelShares shares(Random random, int aggregators, int lk) {
        final List<VectorOpening> drawn = new ArrayList<>();
        for (int k = 0; k < aggregators - 1; k++) {
            drawn.add(vector(random, lk));
        }
        return new ModelShares(drawn);
    }

    static VectorOpening vector(Random random, int lk) {
        final List<Scalar> values = new ArrayList<>();
        for (int i = 0; i < 1 << lk; i++) {
            values.add(scalar(random));
        }
        return new VectorOpening(values, scalar(random));
    }

    static Scalar scalar(Random random) {
        return switch (random.nextInt(16)) {
            case 0 -> Scalar.ZERO;
            case 1 -> Scalar.of(Fr.MODULUS.subtract(BigInteger.ONE));
            default -> Scalar.of(new BigInteger(512, random));
        };
    }

    int providers() {
        return weights.size();
    }

    /** The share of a provider for an aggregator, from 0. */
    VectorOpening share(int provider, int aggregator) {
        return shares.get(provider).of(models.get(provider)).get(aggregator);
    }

    /** What an aggregator has been sent. */
    Map<BigInteger, VectorOpening> sharesFor(int aggregator) {
        final Map<BigInteger, VectorOpening> sent = new HashMap<>();
        for (int i = 0; i < providers(); i++) {
            sent.put(account(i), share(i, aggregator));
        }
        return sent;
    }

    /** What is on chain. */
    ContributorSet set(Committer committer) {
        return new ContributorSet(id, aggregators, 3, contributors(committer));
    }

    List<Contributor> contributors(Committer committer) {
        final List<Contributor> contributors = new ArrayList<>();
        for (int i = 0; i < providers(); i++) {
            contributors.add(new Contributor(
                    account(i),
                    weights.get(i),
                    models.get(i).commit(committer),
                    shares.get(i).commit(committer)));
        }
        return contributors;
    }

    List<VectorOpening> partialSums(Committer committer) {
        final ContributorSet set = set(committer);
        final List<VectorOpening> sums = new ArrayList<>();
        for (int k = 0; k < aggregators; k++) {
            sums.add(set.partialSum(k, sharesFor(k), committer));
        }
        return sums;
    }
}
