package org.zkml.backend.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.zkml.backend.chain.InferenceContracts.SoldPass;
import org.zkml.backend.chain.SaleDeployment;
import org.zkml.backend.market.OnManualMarket;

@QuarkusTest
@OnManualMarket
class PredictionStoreTest {

    @Inject
    PredictionStore store;

    @Inject
    ProofQueue queue;

    @Inject
    EntityManager entities;

    @Inject
    SaleDeployment deployment;

    @BeforeEach
    void startEmpty() {
        SaleTables.clear();
    }

    private Asked asked(long pass, long count, int rows, int salt) {
        return asked(pass, count, rows, salt, 0);
    }

    private Asked asked(long pass, long count, int rows, int salt, long redeemed) {
        return Asked.of(sold(pass, redeemed), count, rows, salt, ProofState.NONE);
    }

    private SoldPass sold(long pass, long redeemed) {
        return Asked.sold(deployment.requireInference(), pass, redeemed);
    }

    private PredictionStore.Stored store(Asked asked) {
        return store.store(asked.pass(), asked.query(), asked.made());
    }

    @Test
    void storesOneAnswerOfManyThatComeAtOnce() throws Exception {
        final List<Callable<PredictionStore.Stored>> askers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            askers.add(() -> store(asked(1, 2, 2, 0)));
        }
        final List<PredictionStore.Stored> all = SaleTables.atOnce(askers);
        assertEquals(1, all.stream().filter(PredictionStore.Stored::created).count());
        assertEquals(
                1,
                all.stream()
                        .map(stored -> stored.prediction().queryId)
                        .distinct()
                        .count());
        assertEquals(2, used(1));
    }

    @Test
    void chargesACountForOneOfManyInputs() throws Exception {
        final List<Callable<Boolean>> askers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            final int salt = i;
            askers.add(() -> {
                try {
                    return store(asked(1, 1, 1, salt)).created();
                } catch (CountConflictException e) {
                    assertEquals(1, e.used());
                    return false;
                }
            });
        }
        assertEquals(
                1, SaleTables.atOnce(askers).stream().filter(created -> created).count());
        assertEquals(1, used(1));
    }

    /** Whatever is asked in whatever order: the count is the sum of the rows that were answered. */
    @Test
    void countsRowsThatWereAnswered() {
        final Random random = new Random(81);
        long used = 0;
        for (int i = 0; i < 200; i++) {
            final int rows = 1 + random.nextInt(4);
            final long count = used + random.nextInt(7);
            final boolean next = count == used + rows;
            try {
                final boolean created = store(asked(1, count, rows, i)).created();
                assertTrue(next && created, "count " + count + " after " + used);
                used = count;
            } catch (CountConflictException e) {
                assertFalse(next, e.getMessage());
                assertEquals(used, e.used());
            }
            assertEquals(used, used(1));
        }
        assertTrue(used > 50);
        assertEquals(used, sumOfRows());
    }

    private static long sumOfRows() {
        return QuarkusTransaction.requiringNew()
                .call(() -> Prediction.<Prediction>listAll().stream()
                        .mapToLong(prediction -> prediction.rowCount)
                        .sum());
    }

    @Test
    void goesOnFromWhatIsRedeemedOnChainAfterTheDatabaseWasLost() {
        assertThrows(CountConflictException.class, () -> store(asked(1, 3, 3, 0, 5)));
        assertTrue(store(asked(1, 8, 3, 0, 5)).created());
    }

    /** Not the count of the answer that was found. */
    @Test
    void saysHowManyRowsWereAsked() {
        store(asked(1, 2, 2, 0));
        store(asked(1, 5, 3, 0));
        final Asked other = asked(1, 2, 2, 1);
        final List<Executable> refused = List.of(
                () -> store.find(other.pass(), other.query()),
                () -> store.findOrRequireNext(other.pass(), other.query(), 2),
                () -> store(other));
        for (Executable call : refused) {
            assertEquals(5, assertThrows(CountConflictException.class, call).used());
        }
    }

    /** However many come at the same time: no more are told than may be, and then nothing is answered but what was before. */
    @Test
    void tellsOfFewRefusalsOnly() throws Exception {
        final Asked first = asked(1, 2, 2, 0);
        store(first);
        final List<Callable<Boolean>> refused = new ArrayList<>();
        for (int i = 0; i < 2 * Refusal.MOST; i++) {
            final Asked bad = asked(1, 3, 1, 1 + i);
            refused.add(() -> {
                try {
                    store.refuse(bad.pass(), bad.query(), 0);
                    return true;
                } catch (PassRejectedException e) {
                    assertEquals(PassRejectedException.Reason.TOO_MANY_REFUSALS, e.reason());
                    return false;
                }
            });
        }
        assertEquals(
                Refusal.MOST,
                SaleTables.atOnce(refused).stream().filter(told -> told).count());
        final Asked next = asked(1, 3, 1, 0);
        assertRejected(
                PassRejectedException.Reason.TOO_MANY_REFUSALS,
                () -> store.findOrRequireNext(next.pass(), next.query(), 1),
                () -> store(next));
        assertEquals(2, used(1));
        assertTrue(store.find(first.pass(), first.query()).isPresent());
        assertFalse(store(first).created());
        assertTrue(store(asked(2, 1, 1, 0)).created(), "another pass");
    }

    private static void assertRejected(PassRejectedException.Reason expected, Executable... calls) {
        for (Executable call : calls) {
            assertEquals(
                    expected, assertThrows(PassRejectedException.class, call).reason());
        }
    }

    /** A refusal is the first thing of a pass: it counts, and other rows are charged as ever. */
    @Test
    void countsARefusalBeforeTheFirstAnswer() {
        refuse(asked(1, 8, 3, 1, 5), 2);
        assertEquals(1, SaleTables.refusals(1));
        assertTrue(store(asked(1, 8, 3, 0, 5)).created());
    }

    private void refuse(Asked asked, int row) {
        store.refuse(asked.pass(), asked.query(), row);
    }

    /** However often and at whatever time they come: whoever holds a signed query cannot use up the pass's refusals with it. */
    @Test
    void refusesTheSameInputsOnce() throws Exception {
        final Asked bad = asked(1, 3, 3, 1);
        final List<Callable<Void>> many = new ArrayList<>();
        for (int i = 0; i < 2 * Refusal.MOST; i++) {
            many.add(() -> {
                refuse(bad, 2);
                return null;
            });
        }
        SaleTables.atOnce(many);
        assertEquals(1, SaleTables.refusals(1));
        for (int salt = 2; salt <= Refusal.MOST; salt++) {
            refuse(asked(1, 3, 3, salt), 0);
        }
        assertThrows(PassRejectedException.class, () -> refuse(asked(1, 3, 3, 0), 0));
        refuse(bad, 2);
        final Asked underAnotherCount = asked(1, 7, 3, 1);
        final List<Executable> refused = List.of(
                () -> store.find(bad.pass(), bad.query()),
                () -> store.findOrRequireNext(bad.pass(), bad.query(), 3),
                () -> store(bad),
                () -> store.findOrRequireNext(bad.pass(), underAnotherCount.query(), 3));
        for (Executable call : refused) {
            assertEquals(
                    2, assertThrows(InputsRejectedException.class, call).row().orElseThrow());
        }
        final Asked ofAnotherPass = asked(2, 3, 3, 1);
        assertTrue(store(ofAnotherPass).created());
    }

    @Test
    void boundsTheUnprovedAnswersOfAPassAndLeavesOthersAlone() {
        final PredictionStore narrow = new PredictionStore(entities, queue, Asked.config("max-unproved-per-pass", "2"));
        final List<String> stored = new ArrayList<>();
        for (int count = 1; count <= 2; count++) {
            final Asked asked = asked(1, count, 1, 0);
            stored.add(narrow.store(asked.pass(), asked.query(), asked.made()).prediction().queryId);
        }
        final Asked third = asked(1, 3, 1, 0);
        assertThrows(ProofsWaitingException.class, () -> narrow.findOrRequireNext(third.pass(), third.query(), 1));
        for (String id : stored) {
            assertEquals(ProofState.ASKED, SaleTables.prediction(id).proofState, "or there would never be room");
        }
        assertThrows(ProofsWaitingException.class, () -> narrow.store(third.pass(), third.query(), third.made()));
        assertEquals(2, used(1));
        assertTrue(narrow.findOrRequireNext(third.pass(), asked(1, 2, 1, 0).query(), 1)
                .isPresent());
        final Asked other = asked(2, 1, 1, 0);
        assertTrue(narrow.store(other.pass(), other.query(), other.made()).created());

        queue.prove(stored.getFirst(), prediction -> new byte[1]);
        assertTrue(narrow.store(third.pass(), third.query(), third.made()).created());
    }

    /** When there are as many as may be, those who have few of them are still answered. */
    @Test
    void boundsTheUnprovedAnswersOfAllPassesByTheirShares() {
        final PredictionStore narrow = new PredictionStore(entities, queue, Asked.config("max-unproved", "4"));
        for (int count = 1; count <= 3; count++) {
            assertTrue(store(narrow, asked(1, count, 1, 0)));
        }
        assertTrue(store(narrow, asked(2, 1, 1, 0)));
        final Asked fourth = asked(1, 4, 1, 0);
        final ProofsWaitingException waits = assertThrows(ProofsWaitingException.class, () -> store(narrow, fourth));
        assertTrue(waits.getMessage().startsWith("4 answers are not proved"), waits.getMessage());
        assertThrows(ProofsWaitingException.class, () -> narrow.findOrRequireNext(fourth.pass(), fourth.query(), 1));
        assertEquals(List.of("ASKED", "ASKED", "ASKED"), states(1));
        assertEquals(List.of("NONE"), states(2));
        assertTrue(store(narrow, asked(2, 2, 1, 0)), "two of four are its share");
        assertThrows(ProofsWaitingException.class, () -> store(narrow, asked(2, 3, 1, 0)));
        assertTrue(store(narrow, asked(3, 1, 1, 0)));
        assertTrue(store(narrow, asked(3, 2, 1, 0)), "one is less than a third of four");
        assertThrows(ProofsWaitingException.class, () -> store(narrow, asked(3, 3, 1, 0)));

        for (long pass = 1; pass <= 3; pass++) {
            queue.askForProofsOf(Asked.pass(pass));
        }
        for (int left = 7; left >= 4; left--) {
            queue.prove(queue.due(Instant.now()).getFirst(), prediction -> new byte[1]);
        }
        assertTrue(store(narrow, asked(1, 4, 1, 0)));
    }

    private static boolean store(PredictionStore store, Asked asked) {
        return store.store(asked.pass(), asked.query(), asked.made()).created();
    }

    private static List<String> states(long pass) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Prediction.<Prediction>list("passId = ?1 order by asked", Asked.pass(pass)).stream()
                        .map(prediction -> prediction.proofState.name())
                        .toList());
    }

    /** Nothing after it can be redeemed. */
    @Test
    void answersNothingAfterAnAnswerThatWasNotProvedInTime() {
        final Asked first = asked(1, 1, 1, 0);
        store(first);
        store(asked(2, 1, 1, 0));
        queue.lapse(Instant.ofEpochSecond(Asked.DEADLINE));
        assertTrue(store(asked(1, 2, 1, 0)).created(), "its term is not over yet");
        QuarkusTransaction.requiringNew()
                .run(() -> Prediction.update("proofDeadline = 1 where passId = ?1 and asked = 1", Asked.pass(1)));
        queue.lapse(Instant.ofEpochSecond(2));
        final Asked next = asked(1, 3, 1, 0);
        assertRejected(
                PassRejectedException.Reason.PROOFS_LAPSED,
                () -> store.findOrRequireNext(next.pass(), next.query(), 1),
                () -> store(next));
        assertEquals(2, used(1));
        assertFalse(store(first).created(), "what was answered stays");
        assertTrue(store(asked(2, 2, 1, 0)).created(), "another pass");
    }

    /** After a reorganisation, or with another deployment's database, somebody else has bought a pass of this number. */
    @Test
    void knowsAnotherPassOfTheSameNumber() {
        final Asked first = asked(1, 1, 1, 0);
        store(first);
        final SoldPass was = first.pass();
        final SoldPass otherKey = new SoldPass(
                was.market(),
                was.id(),
                was.modelId(),
                Asked.SELLER,
                was.seller(),
                was.queries(),
                0,
                false,
                Asked.DEADLINE,
                0);
        final SoldPass otherMarket = Asked.sold(Asked.SELLER, 1, 0);
        for (SoldPass other : List.of(otherKey, otherMarket)) {
            final Asked next = Asked.of(other, 2, 1, 0, ProofState.NONE);
            assertRejected(
                    PassRejectedException.Reason.OTHER_PASS,
                    () -> store.find(other, first.query()),
                    () -> store.findOrRequireNext(other, next.query(), 1),
                    () -> store(next),
                    () -> store.refuse(other, next.query(), 0),
                    () -> store.requireOf(other));
        }
        store.requireOf(was);
        assertEquals(1, used(1));
        assertEquals(0, SaleTables.refusals(1));
    }

    private static long used(long pass) {
        final PassUse use = SaleTables.use(pass);
        return use == null ? 0 : use.used;
    }
}
