package org.zkml.backend.market;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.web3j.utils.Numeric;
import org.zkml.backend.market.TestProvider.Contribution;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ContributorSet;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.averaging.NextModel;
import org.zkml.prover.averaging.ShareAnswer;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.relation.AggregateRelation;
import org.zkml.prover.relation.AggregateStatement;
import org.zkml.prover.relation.AggregateWitness;

/** What aggregators, and providers that answer them, do to the first round of a campaign: with real shares and a real proof. */
public final class TestAggregators {

    private final TestMarket market;
    private final BigInteger campaign;
    private final RoundId round;

    public TestAggregators(TestMarket market, BigInteger campaign) {
        this.market = market;
        this.campaign = campaign;
        this.round = new RoundId(
                market.deployment().chainId(), integer(market.deployment().campaigns()), campaign, 0);
    }

    /** @param aggregator from 0 */
    public void dispute(Contribution contribution, int aggregator) {
        final String provider = provider(contribution);
        TestMarket.run(market.campaigns()
                .disputeShare(
                        campaign,
                        BigInteger.ZERO,
                        provider,
                        BigInteger.valueOf(aggregator),
                        Consent.dispute(
                                market.deployment(),
                                market.aggregators().get(aggregator),
                                campaign,
                                BigInteger.ZERO,
                                provider)));
    }

    /** What answers a dispute in clear. */
    public ShareAnswer answer(Contribution contribution, int aggregator) {
        return ShareAnswer.of(
                round,
                contributor(contribution),
                aggregator,
                contribution.openings().get(aggregator),
                market.committer());
    }

    /** Answers a dispute in clear. */
    public void reveal(Contribution contribution, int aggregator) {
        final VectorOpening share = contribution.openings().get(aggregator);
        final ShareAnswer answer = answer(contribution, aggregator);
        TestMarket.run(market.campaigns()
                .revealShare(
                        campaign,
                        BigInteger.ZERO,
                        provider(contribution),
                        commitments(contribution),
                        new TrainingCampaigns.ShareOpening(
                                BigInteger.valueOf(aggregator),
                                share.values().stream()
                                        .map(Scalar::toBigInteger)
                                        .toList(),
                                share.blinder().toBigInteger(),
                                point(answer.quotient()))));
    }

    public void publish(Contribution contribution, int aggregator, byte[] envelope, byte[] signature) {
        TestMarket.run(market.campaigns()
                .publishShare(
                        campaign,
                        BigInteger.ZERO,
                        provider(contribution),
                        BigInteger.valueOf(aggregator),
                        envelope,
                        signature));
    }

    public void exclude(Contribution contribution) {
        TestMarket.run(market.campaigns()
                .exclude(campaign, BigInteger.ZERO, provider(contribution), commitments(contribution)));
    }

    private VectorOpening partialSum(List<Contribution> contributions, int aggregator) {
        final Scalar[] values = new Scalar[1 << TestMarket.LK];
        Arrays.fill(values, Scalar.ZERO);
        Scalar blinder = Scalar.ZERO;
        for (Contribution contribution : contributions) {
            final VectorOpening share = contribution.openings().get(aggregator);
            final Scalar weight = Scalar.of(contributor(contribution).weight());
            for (int k = 0; k < values.length; k++) {
                values[k] = values[k].add(share.values().get(k).mul(weight));
            }
            blinder = blinder.add(share.blinder().mul(weight));
        }
        return new VectorOpening(List.of(values), blinder);
    }

    /**
     * Proves the average of these contributions, and closes the round with it.
     *
     * @return what opens the average
     */
    public ModelOpening close(List<Contribution> contributions) {
        final ContributorSet set = new ContributorSet(
                round, 2, 3, contributions.stream().map(this::contributor).toList());
        final List<VectorOpening> sums = new ArrayList<>();
        for (int aggregator = 0; aggregator < 2; aggregator++) {
            sums.add(partialSum(contributions, aggregator));
        }
        final NextModel next = NextModel.of(set, sums, new FixedPoint(TestMarket.B), market.committer());
        final G1Affine commitment = next.model().commit(market.committer());
        final AggregateStatement statement = new AggregateStatement(
                round.chainId(),
                round.contract(),
                integer(market.aggregators().getFirst().getAddress()),
                campaign,
                BigInteger.ZERO,
                TestMarket.LK,
                TestMarket.B,
                set.weightTotal(),
                set.sum(),
                commitment,
                market.deployment().verifierKey());
        final byte[] proof = Prover.prove(
                new AggregateRelation(statement),
                new AggregateWitness(
                        statement, next.sum().blinded(), next.model().blinded()),
                market.committer(),
                phase -> {});
        final List<byte[]> signatures = market.aggregators().stream()
                .map(account ->
                        Consent.close(market.deployment(), account, campaign, BigInteger.ZERO, set.sum(), commitment))
                .toList();
        TestMarket.run(market.campaigns().closeRound(campaign, BigInteger.ZERO, point(commitment), proof, signatures));
        return next.model();
    }

    private Contributor contributor(Contribution contribution) {
        try {
            final var seat =
                    market.campaigns().seat(campaign, provider(contribution)).send();
            return new Contributor(
                    contribution.statement().contributor(),
                    seat.weight.longValueExact(),
                    contribution.statement().out(),
                    contribution.shares());
        } catch (Exception e) {
            throw new IllegalStateException("the seat was not read", e);
        }
    }

    private static TrainingCampaigns.Commitments commitments(Contribution contribution) {
        return new TrainingCampaigns.Commitments(
                point(contribution.statement().out()),
                contribution.shares().stream().map(TestAggregators::point).toList());
    }

    private static String provider(Contribution contribution) {
        return Numeric.toHexStringWithPrefixZeroPadded(contribution.statement().contributor(), 40);
    }

    private static TrainingCampaigns.G1Point point(G1Affine point) {
        return new TrainingCampaigns.G1Point(point.x(), point.y());
    }

    private static BigInteger integer(String address) {
        return new BigInteger(address.substring(2), 16);
    }
}
