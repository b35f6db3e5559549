package org.zkml.prover.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.envelope.Envelope;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.FixedPoint;

/**
 * What a coalition of all aggregators but one, the server and all providers but some sees, byte by byte, is a function of the remaining providers' weighted sum: made from other models with that sum
 * and other randomness, it is the same. The randomness is found with the setup's secrets, as a simulator would; that it exists, once for each, is what makes commitments hide. Then what is not hidden:
 * what other views, one step larger, give away.
 */
class ViewSimulationTest {

    private static final KnownSetup SETUP = KnownSetup.of(8);
    private static final int PROVIDERS = 5;
    private static final int LK = 2;
    private static final FixedPoint FORMAT = new FixedPoint(16);
    /** The two providers outside of the coalition. */
    private static final int P = 1;

    private static final int Q = 3;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8})
    void dependsOnTheSumOnly(int aggregators) {
        for (int honest = 0; honest < aggregators; honest++) {
            final Random random = new Random(100L * aggregators + honest);
            final TestRound a = round(random, aggregators);
            final TestRound b = withOtherModels(a, honest, otherModels(random, a));
            assertFalse(
                    Arrays.equals(a.models().get(P).weights(), b.models().get(P).weights()));
            assertNotEquals(a.share(P, honest), b.share(P, honest));
            assertArrayEquals(view(a, honest), view(b, honest));
        }
    }

    /** Until the last aggregator releases its partial sum, the view depends on nothing: here one provider's model changes, and the sum with it. */
    @Test
    void dependsOnNothingBeforeTheLastPartialSum() {
        final Random random = new Random(3);
        final TestRound a = round(random, 3);
        final List<ModelOpening> models = new ArrayList<>(a.models());
        models.set(P, new ModelOpening(TestRound.weights(random, FORMAT, LK), Scalar.ZERO));
        final TestRound b = withOtherModels(a, 2, models);
        assertArrayEquals(viewBeforeTheLastSum(a, 2), viewBeforeTheLastSum(b, 2));
        assertFalse(Arrays.equals(view(a, 2), view(b, 2)));
    }

    @Test
    void allAggregatorsTogetherSeeEveryModel() {
        final TestRound round = round(new Random(4), 3);
        final VectorOpening sum = round.share(P, 0).add(round.share(P, 1)).add(round.share(P, 2));
        assertArrayEquals(
                round.models().get(P).weights(), ModelOpening.of(sum, FORMAT).weights());
    }

    /** Why an answer in clear may only ever hit an aggregator that lied: the others' shares and the public one are the model. */
    @Test
    void aShareOfTheLastAggregatorInClearGivesTheModelToTheOthers() {
        final TestRound round = round(new Random(5), 2);
        final VectorOpening revealed = round.share(P, 1);
        final VectorOpening held = round.share(P, 0);
        assertArrayEquals(
                round.models().get(P).weights(),
                ModelOpening.of(held.add(revealed), FORMAT).weights());
    }

    /** Why an aggregator releases one partial sum a round: two, over sets that differ in one provider, are its share. */
    @Test
    void twoPartialSumsOverTwoSetsGiveAModelToTheOthers() {
        final TestRound round = round(new Random(6), 3);
        final ContributorSet all = round.set(SETUP.committer());
        final ContributorSet without = new ContributorSet(
                all.round(),
                3,
                3,
                all.contributors().stream()
                        .filter(contributor -> !contributor.account().equals(TestRound.account(P)))
                        .toList());
        final Map<BigInteger, VectorOpening> shares = round.sharesFor(2);
        final VectorOpening difference =
                all.partialSum(2, shares, SETUP.committer()).subtract(without.partialSum(2, shares, SETUP.committer()));
        final VectorOpening share =
                difference.times(Scalar.of(round.weights().get(P)).inverse());
        assertEquals(round.share(P, 2), share);
        assertArrayEquals(
                round.models().get(P).weights(),
                ModelOpening.of(share.add(round.share(P, 0)).add(round.share(P, 1)), FORMAT)
                        .weights());
    }

    /** Why a data set contributes the same weights once: the others' models, the same in two rounds, cancel out of the two sums. */
    @Test
    void theSameModelsInTwoRoundsGiveAwayWhoIsInOneOnly() {
        final Random random = new Random(8);
        final TestRound with = round(random, 2);
        final List<ModelOpening> others = new ArrayList<>();
        with.models().forEach(model -> others.add(new ModelOpening(model.weights(), TestRound.scalar(random))));
        final TestRound again = new TestRound(
                with.id(),
                2,
                FORMAT,
                without(with.weights()),
                without(others),
                without(with.shares().stream()
                        .map(shares -> TestRound.shares(random, 2, LK))
                        .toList()));
        final VectorOpening difference = sum(with).subtract(sum(again));
        final VectorOpening model =
                difference.times(Scalar.of(with.weights().get(P)).inverse());
        assertArrayEquals(
                with.models().get(P).weights(), ModelOpening.of(model, FORMAT).weights());
    }

    private static <T> List<T> without(List<T> all) {
        final List<T> rest = new ArrayList<>(all);
        rest.remove(P);
        return rest;
    }

    private static VectorOpening sum(TestRound round) {
        return NextModel.of(
                        round.set(SETUP.committer()), round.partialSums(SETUP.committer()), FORMAT, SETUP.committer())
                .sum();
    }

    /** No cryptography helps whom all others act against: the sum less their own is the model. */
    @Test
    void allProvidersButOneSeeItsModelInTheSum() {
        final TestRound round = round(new Random(7), 2);
        final NextModel next = NextModel.of(
                round.set(SETUP.committer()), round.partialSums(SETUP.committer()), FORMAT, SETUP.committer());
        VectorOpening rest = next.sum();
        for (int i = 0; i < PROVIDERS; i++) {
            if (i != P) {
                rest = rest.plusTimes(
                        round.models().get(i).vector(),
                        Scalar.of(round.weights().get(i)).negate());
            }
        }
        final VectorOpening model = rest.times(Scalar.of(round.weights().get(P)).inverse());
        assertArrayEquals(
                round.models().get(P).weights(), ModelOpening.of(model, FORMAT).weights());
    }

    /** Models well inside of their range, so that there is room for others with the same sum. */
    private static TestRound round(Random random, int aggregators) {
        final List<Long> weights = new ArrayList<>();
        final List<ModelOpening> models = new ArrayList<>();
        final List<ModelShares> shares = new ArrayList<>();
        for (int i = 0; i < PROVIDERS; i++) {
            weights.add(random.nextLong(1, 1000));
            models.add(new ModelOpening(
                    random.longs(1L << LK, -(1L << 40), 1L << 40).toArray(), TestRound.scalar(random)));
            shares.add(TestRound.shares(random, aggregators, LK));
        }
        return new TestRound(TestRound.ID, aggregators, FORMAT, weights, models, shares);
    }

    /** P's weights move by multiples of Q's row number, Q's by as many of P's the other way: the weighted sum stays. */
    private static List<ModelOpening> otherModels(Random random, TestRound round) {
        final long[] steps = random.longs(1L << LK, 1, 1L << 30).toArray();
        final List<ModelOpening> models = new ArrayList<>(round.models());
        models.set(P, moved(models.get(P), steps, round.weights().get(Q)));
        models.set(Q, moved(models.get(Q), steps, -round.weights().get(P)));
        return models;
    }

    private static ModelOpening moved(ModelOpening model, long[] steps, long factor) {
        final long[] weights = model.weights().clone();
        for (int k = 0; k < weights.length; k++) {
            weights[k] += steps[k] * factor;
        }
        return new ModelOpening(weights, model.blinder());
    }

    /**
     * The same round with other models of P and Q, whose randomness is chosen such that every commitment, and every share but those of the honest aggregator, stays: a translation of the randomness,
     * so every view is as likely with these models as with those.
     */
    private static TestRound withOtherModels(TestRound round, int honest, List<ModelOpening> models) {
        final List<ModelOpening> opened = new ArrayList<>(round.models());
        final List<ModelShares> shares = new ArrayList<>(round.shares());
        for (int i : new int[] {P, Q}) {
            final ModelOpening before = round.models().get(i);
            final Scalar moved = atTau(before).sub(atTau(models.get(i)));
            opened.set(
                    i,
                    new ModelOpening(
                            models.get(i).weights(),
                            before.blinder().add(moved.mul(SETUP.xi().inverse()))));
            if (honest < round.aggregators() - 1) {
                final VectorOpening change = opened.get(i).vector().subtract(before.vector());
                final List<VectorOpening> drawn = new ArrayList<>(shares.get(i).drawn());
                drawn.set(honest, drawn.get(honest).add(change));
                shares.set(i, new ModelShares(drawn));
            }
        }
        return new TestRound(round.id(), round.aggregators(), round.format(), round.weights(), opened, shares);
    }

    /** U(f)(tau). */
    private static Scalar atTau(ModelOpening model) {
        Scalar value = Scalar.ZERO;
        for (int k = model.weights().length - 1; k >= 0; k--) {
            value = value.mul(SETUP.tau()).add(Scalar.of(model.weights()[k]));
        }
        return value;
    }

    /** Everything of a round that the coalition sees, but for proofs, which are zero-knowledge, and the envelopes to the honest aggregator, of which only the size says anything. */
    private static byte[] view(TestRound round, int honest) {
        final ByteArrayOutputStream view = new ByteArrayOutputStream();
        view.writeBytes(viewBeforeTheLastSum(round, honest));
        final List<VectorOpening> sums = round.partialSums(SETUP.committer());
        view.writeBytes(sums.get(honest).encode());
        final NextModel next = NextModel.of(round.set(SETUP.committer()), sums, FORMAT, SETUP.committer());
        view.writeBytes(next.sum().encode());
        view.writeBytes(next.model().vector().encode());
        view.writeBytes(next.model().commit(SETUP.committer()).toBytes());
        return view.toByteArray();
    }

    private static byte[] viewBeforeTheLastSum(TestRound round, int honest) {
        final ByteArrayOutputStream view = new ByteArrayOutputStream();
        final ContributorSet set = round.set(SETUP.committer());
        for (Contributor contributor : set.contributors()) {
            view.writeBytes(contributor.account().toByteArray());
            view.writeBytes(BigInteger.valueOf(contributor.weight()).toByteArray());
            for (int k = 0; k < round.aggregators(); k++) {
                view.writeBytes(contributor.share(k).toBytes());
            }
            view.writeBytes(contributor.out().toBytes());
        }
        for (int i = 0; i < PROVIDERS; i++) {
            final boolean corrupt = i != P && i != Q;
            if (corrupt) {
                view.writeBytes(round.models().get(i).encode());
            }
            for (int k = 0; k < round.aggregators(); k++) {
                if (corrupt || k != honest) {
                    view.writeBytes(round.share(i, k).encode());
                }
            }
        }
        for (int i = 0; i < PROVIDERS; i++) {
            view.writeBytes(RoundId.word(
                    BigInteger.valueOf(Envelope.sizeBytes(round.share(i, honest).encode().length))));
        }
        return view.toByteArray();
    }
}
