package org.zkml.prover.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.engine.Verification;
import org.zkml.prover.engine.Verifier;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.relation.AggregateRelation;
import org.zkml.prover.relation.AggregateStatement;
import org.zkml.prover.relation.AggregateWitness;

/** What comes out of a round, against integers that never were in a field. */
class AveragingDifferentialTest {

    private static final Committer COMMITTER = KnownSetup.of(8).committer();

    @ParameterizedTest
    @ValueSource(ints = {8, 10, 12, 14, 16})
    void averagesWhatTheModelsAverage(int b) {
        for (int i = 0; i < 12; i++) {
            final Random random = new Random(1000L * b + i);
            final int lk = random.nextInt(4);
            final TestRound round = TestRound.random(random, 3 + random.nextInt(4), 2 + random.nextInt(7), lk, b);
            final ContributorSet set = round.set(COMMITTER);
            final NextModel next = NextModel.of(set, round.partialSums(COMMITTER), round.format(), COMMITTER);
            for (int k = 0; k < 1 << lk; k++) {
                BigInteger sum = BigInteger.ZERO;
                long total = 0;
                for (int p = 0; p < round.providers(); p++) {
                    final long weight = round.weights().get(p);
                    final long value = round.models().get(p).weights()[k];
                    sum = sum.add(BigInteger.valueOf(weight).multiply(BigInteger.valueOf(value)));
                    total += weight;
                }
                assertEquals(Scalar.of(sum), next.sum().values().get(k), "seed " + (1000L * b + i));
                assertEquals(
                        roundHalfUp(sum, total), BigInteger.valueOf(next.model().weights()[k]));
            }
            assertEquals(set.sum(), next.sum().commit(COMMITTER));
        }
    }

    /** The nearest integer, the upper one of two. */
    private static BigInteger roundHalfUp(BigInteger sum, long total) {
        return new BigDecimal(sum.shiftLeft(1).add(BigInteger.valueOf(total)))
                .divide(new BigDecimal(BigInteger.valueOf(total).shiftLeft(1)), 0, RoundingMode.FLOOR)
                .toBigInteger();
    }

    @Test
    void anyAggregatorProvesTheAverage() throws Exception {
        final TestRound round = TestRound.random(new Random(7), 3, 3, 2, 8);
        final ContributorSet set = round.set(COMMITTER);
        final NextModel next = NextModel.of(set, round.partialSums(COMMITTER), round.format(), COMMITTER);
        final AggregateStatement statement = new AggregateStatement(
                round.id().chainId(),
                round.id().contract(),
                BigInteger.valueOf(99),
                round.id().campaignId(),
                BigInteger.valueOf(round.id().round()),
                2,
                8,
                set.weightTotal(),
                set.sum(),
                next.model().commit(COMMITTER),
                KnownSetup.of(8).key());
        final AggregateRelation relation = new AggregateRelation(statement);
        final AggregateWitness witness = new AggregateWitness(
                statement, next.sum().blinded(), next.model().blinded());
        final byte[] proof = Prover.prove(relation, witness, COMMITTER, ProverProgress.SILENT);
        assertTrue(Verifier.verify(relation, statement.key(), proof) instanceof Verification.Accepted);
    }

    @Test
    void addsUpCommitmentsAsTheContractDoes() {
        final TestRound round = TestRound.random(new Random(11), 4, 5, 1, 16);
        final ContributorSet set = round.set(COMMITTER);
        G1Affine all = G1Affine.INFINITY;
        for (int k = 0; k < 5; k++) {
            G1Affine sum = G1Affine.INFINITY;
            for (int p = 0; p < 4; p++) {
                sum = sum.add(round.share(p, k)
                        .commit(COMMITTER)
                        .mul(Scalar.of(round.weights().get(p))));
            }
            assertEquals(sum, set.shareSum(k));
            all = all.add(sum);
        }
        assertEquals(all, set.sum());
        assertEquals(round.weights().stream().mapToLong(Long::longValue).sum(), set.weightTotal());
    }

    @Test
    void everyAggregatorComputesTheSameBlinderFromTheSpecification() {
        final TestRound round = TestRound.random(new Random(13), 3, 4, 2, 10);
        final ContributorSet set = round.set(COMMITTER);
        final List<VectorOpening> sums = round.partialSums(COMMITTER);
        final NextModel next = NextModel.of(set, sums, round.format(), COMMITTER);
        byte[] message = "zkml/next-blinder/1".getBytes(StandardCharsets.US_ASCII);
        for (BigInteger word :
                List.of(round.id().chainId(), round.id().contract(), round.id().campaignId(), BigInteger.valueOf(3))) {
            message = concat(message, Scalar.of(word).toBytes());
        }
        message = concat(message, set.sum().toBytes());
        for (VectorOpening sum : sums) {
            message = concat(message, sum.blinder().toBytes());
        }
        final byte[] wide = concat(
                Keccak256.hash(concat(message, new byte[] {0})), Keccak256.hash(concat(message, new byte[] {1})));
        assertEquals(
                new BigInteger(1, wide).mod(Fr.MODULUS), next.model().blinder().toBigInteger());
    }

    @Test
    void everythingIsInTheBlinder() {
        final TestRound round = TestRound.random(new Random(17), 3, 2, 0, 8);
        final G1Affine sum = round.set(COMMITTER).sum();
        final Scalar one = Scalar.ONE;
        final var id = round.id();
        final Set<Scalar> blinders = new HashSet<>(List.of(
                NextModel.blinder(id, sum, List.of(one, one)),
                NextModel.blinder(id, sum, List.of(one, Scalar.ZERO)),
                NextModel.blinder(id, sum, List.of(Scalar.ZERO, one)),
                NextModel.blinder(id, sum.negate(), List.of(one, one)),
                NextModel.blinder(id, sum, List.of(one)),
                NextModel.blinder(id, sum, List.of(one, one, one))));
        assertEquals(6, blinders.size());
        for (var other : List.of(
                new RoundId(BigInteger.ONE, id.contract(), id.campaignId(), id.round()),
                new RoundId(id.chainId(), BigInteger.ONE, id.campaignId(), id.round()),
                new RoundId(id.chainId(), id.contract(), BigInteger.ONE, id.round()),
                new RoundId(id.chainId(), id.contract(), id.campaignId(), 4))) {
            assertTrue(blinders.add(NextModel.blinder(other, sum, List.of(one, one))));
        }
    }

    @Test
    void sharesAddUpToTheModelAndCommitToIt() {
        for (int m = 2; m <= 8; m++) {
            final TestRound round = TestRound.random(new Random(m), 1, m, 3, 16);
            final Contributor contributor = round.contributors(COMMITTER).getFirst();
            VectorOpening sum = round.share(0, 0);
            for (int k = 1; k < m; k++) {
                sum = sum.add(round.share(0, k));
            }
            assertEquals(round.models().getFirst().vector(), sum);
            for (int k = 0; k < m; k++) {
                assertTrue(round.share(0, k).opens(contributor.share(k), COMMITTER));
            }
        }
    }

    @Test
    void drawsSharesAnew() {
        final ModelShares first = ModelShares.draw(3, 2);
        final ModelShares second = ModelShares.draw(3, 2);
        final Set<Scalar> all = new HashSet<>();
        for (ModelShares shares : List.of(first, second)) {
            for (VectorOpening share : shares.drawn()) {
                assertEquals(4, share.values().size());
                all.addAll(share.values());
                all.add(share.blinder());
            }
        }
        assertEquals(20, all.size());
        assertNotEquals(first, second);
        assertArrayEquals(first.encode(), ModelShares.decode(first.encode()).encode());
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return Arrays.concatenate(first, second);
    }
}
