package org.zkml.prover.averaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pairing.Pairing;
import org.zkml.prover.vectors.SeededScalars;

class ShareAnswerTest {

    private static final KnownSetup SETUP = KnownSetup.of(8);
    private static final Committer COMMITTER = SETUP.committer();

    /** The quotients were made by {@code openShare} of contracts/test/support/shares.js, whose answers the contract accepts, with this setup's tau and xi. */
    @ParameterizedTest
    @CsvSource({
        "0, 13419676581157181889733794522921699083088218737739095971995399727371424146671,"
                + " 9800809582450524356281241031528143571043461606515998441055649838996400219976",
        "1, 562070186828878822376538833130277974223383070387126367172546563250345268987,"
                + " 16629622083452060044523218439666386331177667052929768446250227133655500872347",
        "2, 7188889500923069294826760799583444439995787091488251018520992425428643906203,"
                + " 15790110577491938834442749009617478037620953534337199426291717553093830936151"
    })
    void isTheOneThatTheContractsTestsMake(int aggregator, BigInteger x, BigInteger y) {
        final List<VectorOpening> shares =
                IntStream.range(0, 3).mapToObj(ShareAnswerTest::seeded).toList();
        final VectorOpening model = shares.get(0).add(shares.get(1)).add(shares.get(2));
        final Contributor contributor = new Contributor(
                TestRound.account(0),
                1,
                model.commit(COMMITTER),
                List.of(shares.get(0).commit(COMMITTER), shares.get(1).commit(COMMITTER)));
        final ShareAnswer answer =
                ShareAnswer.of(TestRound.ID, contributor, aggregator, shares.get(aggregator), COMMITTER);
        assertEquals(G1Affine.of(x, y), answer.quotient());
    }

    private static VectorOpening seeded(int k) {
        final SeededScalars scalars = new SeededScalars("share " + k);
        return new VectorOpening(
                IntStream.range(0, 4).mapToObj(i -> scalars.apply("value " + i)).toList(), scalars.apply("blinder"));
    }

    @Test
    void satisfiesTheContractsEquationForItsOwnCommitmentOnly() {
        for (int lk = 0; lk < 5; lk++) {
            final TestRound round = TestRound.random(new Random(lk), 2, 3, lk, 16);
            final List<Contributor> contributors = round.contributors(COMMITTER);
            for (int k = 0; k < 3; k++) {
                final Contributor contributor = contributors.get(1);
                final ShareAnswer answer = ShareAnswer.of(TestRound.ID, contributor, k, round.share(1, k), COMMITTER);
                final Scalar point = ShareAnswer.point(TestRound.ID, contributor, k, answer.share());
                assertTrue(holds(contributor.share(k), answer, point));
                assertFalse(holds(contributors.get(0).share(k), answer, point));
                for (VectorOpening lie : lies(answer.share())) {
                    final ShareAnswer other = new ShareAnswer(k, lie, answer.quotient());
                    assertFalse(
                            holds(contributor.share(k), other, ShareAnswer.point(TestRound.ID, contributor, k, lie)));
                    assertFalse(holds(contributor.share(k), other, point));
                }
            }
        }
    }

    private static List<VectorOpening> lies(VectorOpening share) {
        final List<Scalar> values = new ArrayList<>(share.values());
        values.set(0, values.getFirst().add(Scalar.ONE));
        return List.of(
                new VectorOpening(values, share.blinder()),
                new VectorOpening(share.values(), share.blinder().add(Scalar.ONE)));
    }

    /** {@code e(S - y [1]_1 + p quotient, -[1]_2) e(quotient, [tau]_2) e(s [1]_1, [xi]_2) = 1}, the first pairing with the sign on the other side. */
    private static boolean holds(G1Affine commitment, ShareAnswer answer, Scalar point) {
        Scalar y = Scalar.ZERO;
        for (Scalar value : answer.share().values().reversed()) {
            y = y.mul(point).add(value);
        }
        final G1Affine left = commitment
                .add(G1Affine.GENERATOR.mul(y.negate()))
                .add(answer.quotient().mul(point));
        return Pairing.productIsOne(
                List.of(
                        left.negate(),
                        answer.quotient(),
                        G1Affine.GENERATOR.mul(answer.share().blinder())),
                List.of(G2Affine.GENERATOR, SETUP.key().tau2(), SETUP.key().xi2()));
    }

    @Test
    void answersWithNoOtherShare() {
        final TestRound round = TestRound.random(new Random(9), 1, 2, 2, 8);
        final Contributor contributor = round.contributors(COMMITTER).getFirst();
        final String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> ShareAnswer.of(TestRound.ID, contributor, 0, round.share(0, 1), COMMITTER))
                .getMessage();
        assertTrue(message.contains("the share for aggregator 1 does not open"), message);
    }
}
