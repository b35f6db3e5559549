package org.zkml.backend.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.InferenceContracts.SoldPass;
import org.zkml.backend.chain.SaleDeployment;
import org.zkml.backend.market.OnManualMarket;

/** What is proved when, and what that makes redeemable; the proofs themselves are of no account here. */
@QuarkusTest
@OnManualMarket
class ProofQueueTest {

    private static final Function<Prediction, byte[]> PROVER = prediction -> new byte[] {7};

    @Inject
    PredictionStore store;

    @Inject
    ProofQueue queue;

    @Inject
    Redemptions redemptions;

    @Inject
    PredictionSweeper sweeper;

    @Inject
    SaleDeployment deployment;

    @BeforeEach
    void startEmpty() {
        SaleTables.clear();
    }

    private String ask(long pass, long count, ProofState state) {
        final SoldPass sold = Asked.sold(deployment.requireInference(), pass, 0);
        final Asked asked = Asked.of(sold, count, 1, 0, state);
        return store.store(asked.pass(), asked.query(), asked.made()).prediction().queryId;
    }

    private List<String> redeemable(long after) {
        return redemptions.after(Asked.pass(after), 10).stream()
                .map(prediction -> prediction.passId.longValueExact() - Asked.FIRST_PASS + ": " + prediction.asked)
                .toList();
    }

    /** Whatever order proofs end in: the highest count of each pass up to which all are proved. */
    @Test
    void redeemsUpToTheFirstAnswerThatIsNotProved() {
        final int passes = 3;
        final int answers = 12;
        final Random random = new Random(14);
        final List<int[]> order = new ArrayList<>();
        for (int pass = 1; pass <= passes; pass++) {
            for (int count = 1; count <= answers; count++) {
                ask(pass, count, ProofState.ASKED);
                order.add(new int[] {pass, count});
            }
        }
        Collections.shuffle(order, random);
        final boolean[][] proved = new boolean[passes + 1][answers + 2];
        for (int[] next : order) {
            queue.prove(id(next[0], next[1]), PROVER);
            proved[next[0]][next[1]] = true;
            final List<String> expected = new ArrayList<>();
            for (int pass = 1; pass <= passes; pass++) {
                int count = 0;
                while (proved[pass][count + 1]) {
                    count++;
                }
                if (count > 0) {
                    expected.add(pass + ": " + count);
                }
            }
            assertEquals(expected, redeemable(0));
        }
        assertEquals(List.of("2: 12", "3: 12"), redeemable(1));
    }

    private static String id(long pass, long count) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Prediction.of(Asked.pass(pass), count).orElseThrow().queryId);
    }

    /** Proofs of a pass end at the same time as others of its queries are answered: nobody waits for ever, and nothing is left out. */
    @Test
    void redeemsWhatIsProvedWhileTheBuyerGoesOnAsking() throws Exception {
        final int answers = 40;
        final List<String> first = new ArrayList<>();
        for (int count = 1; count <= answers; count++) {
            first.add(ask(1, count, ProofState.ASKED));
        }
        final List<Callable<Void>> tasks = new ArrayList<>();
        for (int prover = 0; prover < 3; prover++) {
            final int part = prover;
            tasks.add(() -> {
                for (int i = part; i < answers; i += 3) {
                    queue.begin(first.get(i));
                    queue.prove(first.get(i), PROVER);
                }
                return null;
            });
        }
        tasks.add(() -> {
            for (int count = answers + 1; count <= 2 * answers; count++) {
                ask(1, count, ProofState.ASKED);
            }
            return null;
        });
        SaleTables.atOnce(tasks);
        assertEquals(List.of("1: " + answers), redeemable(0));
        for (int count = 2 * answers; count > answers; count--) {
            queue.prove(id(1, count), PROVER);
        }
        assertEquals(List.of("1: " + 2 * answers), redeemable(0));
    }

    /** What the chain has redeemed, closed, or sold to another under the number. */
    @Test
    void leavesOutWhatCannotBeRedeemedAnyMore() {
        for (int pass = 1; pass <= 5; pass++) {
            queue.prove(ask(pass, 1, ProofState.ASKED), PROVER);
            queue.prove(ask(pass, 2, ProofState.ASKED), PROVER);
        }
        assertEquals(List.of("1: 2", "2: 2", "3: 2", "4: 2", "5: 2"), redeemable(0));
        SaleTables.index(1, Asked.SESSION_KEY, 2, false);
        SaleTables.index(2, Asked.SESSION_KEY, 1, true);
        SaleTables.index(3, Asked.SELLER, 0, false);
        SaleTables.index(4, Asked.SESSION_KEY, 1, false);
        assertEquals(List.of("4: 2", "5: 2"), redeemable(0));
        assertEquals(List.of("5: 2"), redeemable(4));
        assertEquals(1, redemptions.after(Asked.pass(0), 1).size());
    }

    /** Whose pass it was has not always been kept. */
    @Test
    void redeemsWhatWasAskedBeforeKeysWereKept() {
        for (int pass = 1; pass <= 3; pass++) {
            queue.prove(ask(pass, 1, ProofState.ASKED), PROVER);
        }
        SaleTables.index(1, Asked.SESSION_KEY, 0, false);
        SaleTables.index(2, Asked.SESSION_KEY, 1, false);
        QuarkusTransaction.requiringNew().run(() -> PassUse.update("sessionKey = '', market = ''"));
        assertEquals(List.of("1: 1", "3: 1"), redeemable(0));
    }

    /** Neither what came first nor who asks most is before others. */
    @Test
    void provesPassesInTurn() {
        ask(1, 1, 5, ProofState.ASKED);
        ask(2, 1, 6, ProofState.NONE);
        ask(2, 7, 7, ProofState.ASKED);
        ask(3, 1, 7, ProofState.NONE);
        ask(3, 8, 9, ProofState.ASKED);
        final List<String> proved = new ArrayList<>();
        jobs(recording(proved)).work();
        assertEquals(List.of("1: 1", "2: 7", "3: 8", "1: 2", "3: 9", "1: 3", "1: 4", "1: 5"), proved);
    }

    /** Requests that wait for their proofs prove what is due before. */
    @Test
    void putsNobodyFirstWhoWaits() {
        ask(1, 1, 3, ProofState.ASKED);
        final List<String> proved = new ArrayList<>();
        final ProofJobs jobs = jobs(recording(proved));
        assertEquals(ProofState.PROVED, jobs.proveNow(id(1, 1)).proofState);
        ask(2, 1, 1, ProofState.ASKED);
        assertEquals(ProofState.PROVED, jobs.proveNow(id(1, 3)).proofState);
        assertEquals(List.of("1: 1", "2: 1", "1: 2", "1: 3"), proved);
    }

    private static Function<Prediction, byte[]> recording(List<String> proved) {
        return prediction -> {
            proved.add(prediction.passId.longValueExact() - Asked.FIRST_PASS + ": " + prediction.asked);
            return new byte[1];
        };
    }

    private void ask(long pass, long first, long last, ProofState state) {
        for (long count = first; count <= last; count++) {
            ask(pass, count, state);
        }
    }

    private ProofJobs jobs(Function<Prediction, byte[]> prover) {
        return new ProofJobs(prover, Asked.config(), queue);
    }

    /** A process may even die of it. */
    @Test
    void goesOnWithOthersWhenAProofFails() {
        final Map<String, Throwable> failures = new TreeMap<>();
        failures.put(ask(1, 1, ProofState.ASKED), new OutOfMemoryError("prediction 4711"));
        failures.put(ask(2, 1, ProofState.ASKED), new IllegalStateException("prediction 4711"));
        final String good = ask(3, 1, ProofState.ASKED);
        final List<LogRecord> logged = new ArrayList<>();
        final Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        final Logger log = Logger.getLogger(ProofJobs.class.getName());
        log.addHandler(handler);
        try {
            jobs(prediction -> {
                        final Throwable failure = failures.get(prediction.queryId);
                        if (failure instanceof Error error) {
                            throw error;
                        }
                        if (failure instanceof RuntimeException exception) {
                            throw exception;
                        }
                        return new byte[1];
                    })
                    .work();
        } finally {
            log.removeHandler(handler);
        }
        assertEquals(ProofState.PROVED, SaleTables.prediction(good).proofState);
        assertEquals(2, logged.size());
        for (LogRecord entry : logged) {
            assertNull(entry.getThrown());
            final String told = entry.getMessage() + Arrays.toString(entry.getParameters());
            assertTrue(told.contains("OutOfMemoryError") || told.contains("IllegalStateException"), told);
            assertFalse(told.contains("4711"), "what a proof fails with may be of what is secret");
        }
        for (String id : failures.keySet()) {
            final Prediction failed = SaleTables.prediction(id);
            assertEquals(ProofState.ASKED, failed.proofState);
            assertEquals(1, failed.attempts);
            final Instant now = Instant.now();
            assertTrue(
                    failed.dueAt.isAfter(now) && failed.dueAt.isBefore(now.plusSeconds(11)), failed.dueAt.toString());
            assertTrue(queue.hasFailed(id));
        }
        assertEquals(List.of(), queue.due(Instant.now()));
        jobs(PROVER).work();
        final String waiting = failures.keySet().iterator().next();
        assertEquals(ProofState.ASKED, jobs(PROVER).proveNow(waiting).proofState, "it has its time");
        assertEquals(1, SaleTables.prediction(waiting).attempts);
    }

    /** Not even asking for it, or forgetting, waits for a proof that is being made. */
    @Test
    void holdsUpNobodyWhileItProves() {
        final String id = ask(1, 1, ProofState.ASKED);
        final String none = ask(1, 2, ProofState.NONE);
        queue.prove(id, prediction -> {
            assertEquals(
                    ProofState.ASKED, atTheSameTime(() -> queue.askForProof(id)).orElseThrow().proofState);
            assertEquals(
                    ProofState.ASKED,
                    atTheSameTime(() -> queue.askForProof(none)).orElseThrow().proofState);
            assertFalse(atTheSameTime(() -> queue.begin(id)));
            assertFalse(atTheSameTime(() -> queue.hasFailed(id)));
            assertEquals(
                    Map.of(Asked.pass(1), 1),
                    atTheSameTime(() -> queue.lapse(Instant.ofEpochSecond(Asked.DEADLINE + 1))));
            return new byte[1];
        });
        assertEquals(ProofState.PROVED, SaleTables.prediction(id).proofState);
        assertEquals(ProofState.LAPSED, SaleTables.prediction(none).proofState);
        assertEquals(ProofState.PROVED, queue.askForProof(id).orElseThrow().proofState);
        assertTrue(queue.askForProof("0x").isEmpty());
    }

    private static <T> T atTheSameTime(Callable<T> call) {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return call.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void provesWhatNobodyAskedAndForgetsWhatIsOver() {
        final Instant end = Instant.ofEpochSecond(Asked.DEADLINE);
        final String none = ask(1, 1, ProofState.NONE);
        final String after = ask(1, 2, ProofState.ASKED);
        final String proved = ask(2, 1, ProofState.ASKED);
        queue.prove(after, PROVER);
        queue.prove(proved, PROVER);
        assertEquals(0, sweeper.sweep(end.minus(Duration.ofDays(2))));
        assertEquals(ProofState.NONE, SaleTables.prediction(none).proofState);
        assertEquals(0, sweeper.sweep(end.minus(Duration.ofHours(12))));
        assertEquals(ProofState.ASKED, SaleTables.prediction(none).proofState);
        assertTrue(SaleTables.prediction(proved).isShown(end));
        assertFalse(SaleTables.prediction(proved).isShown(end.plusSeconds(1)), "before anybody has swept, too");
        assertEquals(List.of(none), queue.due(end));
        assertEquals(List.of(), queue.due(end.plusSeconds(1)));

        assertEquals(3, sweeper.sweep(end.plusSeconds(1)));
        for (String id : List.of(none, after, proved)) {
            final Prediction forgotten = SaleTables.prediction(id);
            for (byte[] secret : new byte[][] {
                forgotten.salt, forgotten.inputs, forgotten.answer, forgotten.blinderX, forgotten.blinderP
            }) {
                assertNull(secret);
            }
            assertEquals(65, forgotten.signature.length, "what redeeming needs stays");
        }
        assertEquals(List.of("2: 1"), redeemable(0), "what was not proved is not redeemed, nor what comes after it");
        queue.prove(none, PROVER);
        assertEquals(ProofState.LAPSED, SaleTables.prediction(none).proofState);
        assertEquals(List.of("2: 1"), redeemable(0));
        assertEquals(0, sweeper.sweep(end.plusSeconds(1)));
    }

    /** An earlier answer was not proved in time: whatever is proved after it is proved for nothing. */
    @Test
    void provesNothingThatCannotBeRedeemedAnyMore() {
        ask(1, 1, 5, ProofState.ASKED);
        ask(2, 1, 2, ProofState.NONE);
        queue.prove(id(1, 4), PROVER);
        QuarkusTransaction.requiringNew()
                .run(() -> Prediction.update("proofDeadline = 1 where passId = ?1 and asked = 2", Asked.pass(1)));
        final Instant now = Instant.ofEpochSecond(2);
        assertEquals(Map.of(Asked.pass(1), 3), queue.lapse(now));
        assertEquals(Map.of(), queue.lapse(now));
        final List<String> states = new ArrayList<>();
        for (int count = 1; count <= 5; count++) {
            states.add(SaleTables.prediction(id(1, count)).proofState.name());
        }
        assertEquals(List.of("ASKED", "LAPSED", "LAPSED", "PROVED", "LAPSED"), states);
        assertEquals(List.of(id(1, 1)), queue.due(Instant.now()));
        assertTrue(SaleTables.prediction(id(1, 5)).isShown(Instant.now()), "the buyer has its answer");
        final ProofJobs patient = new ProofJobs(PROVER, Asked.config("synchronous-patience", "PT30S"), queue);
        assertEquals(ProofState.LAPSED, atTheSameTime(() -> patient.proveNow(id(1, 5))).proofState);
        queue.prove(id(1, 1), PROVER);
        assertEquals(List.of("1: 1"), redeemable(0));
        assertEquals(ProofState.NONE, SaleTables.prediction(id(2, 2)).proofState);

        ask(3, 1, 1, ProofState.ASKED);
        QuarkusTransaction.requiringNew()
                .run(() -> Prediction.update("passId = ?1, asked = 6 where passId = ?2", Asked.pass(1), Asked.pass(3)));
        assertEquals(Map.of(Asked.pass(1), 1), queue.lapse(now), "that was answered at the same time");
    }

    /** A quarter of forty seconds is too short for ten proofs. */
    @Test
    void beginsToProveWhatNobodyAskedAsEarlyAsAllOfItTakes() {
        final Instant end = Instant.ofEpochSecond(Asked.DEADLINE);
        final PredictionSweeper sweeper = new PredictionSweeper(queue, Asked.config("proof-term", "PT40S"));
        ask(1, 1, 4, ProofState.NONE);
        sweeper.sweep(end.minusSeconds(11));
        assertEquals(ProofState.NONE, SaleTables.prediction(id(1, 1)).proofState);
        ask(1, 5, 9, ProofState.NONE);
        ask(2, 1, 1, ProofState.ASKED);
        sweeper.sweep(end.minusSeconds(21));
        assertEquals(ProofState.NONE, SaleTables.prediction(id(1, 1)).proofState);
        sweeper.sweep(end.minusSeconds(19));
        for (int count = 1; count <= 9; count++) {
            assertEquals(ProofState.ASKED, SaleTables.prediction(id(1, count)).proofState);
        }
    }

    /** Two that wait for each other's answers would both fail. */
    @Test
    void asksForManyProofsWithoutWaiting() {
        ask(1, 1, 3, ProofState.NONE);
        final String held = id(1, 2);
        QuarkusTransaction.requiringNew().run(() -> {
            Prediction.findById(held, LockModeType.PESSIMISTIC_WRITE);
            assertEquals(
                    2L, atTheSameTime(() -> queue.askForProofsEndingBefore(Instant.ofEpochSecond(Asked.DEADLINE + 1))));
            ask(2, 1, 1, ProofState.NONE);
            atTheSameTime(() -> {
                queue.askForProofsOf(Asked.pass(1));
                queue.askForProofsOf(Asked.pass(2));
                return null;
            });
        });
        assertEquals(ProofState.NONE, SaleTables.prediction(held).proofState);
        assertEquals(ProofState.ASKED, SaleTables.prediction(id(2, 1)).proofState);
    }

    /** Others found it due at the same time. */
    @Test
    void beginsAnAnswerOnceWhileItIsDue() throws Exception {
        final String id = ask(1, 1, ProofState.ASKED);
        final List<Callable<Boolean>> provers = Collections.nCopies(4, () -> queue.begin(id));
        assertEquals(1, Collections.frequency(SaleTables.atOnce(provers), true));
        assertEquals(1, SaleTables.prediction(id).attempts);
    }

    @Test
    void changesNothingWhenTheProverThrows() {
        final String id = ask(1, 1, ProofState.ASKED);
        assertThrows(
                RuntimeException.class,
                () -> queue.prove(id, prediction -> {
                    throw new OutOfMemoryError();
                }));
        assertEquals(ProofState.ASKED, SaleTables.prediction(id).proofState);
        assertEquals(List.of(), redeemable(0));
        queue.prove(id, PROVER);
        assertEquals(List.of("1: 1"), redeemable(0));
        assertEquals(1, SaleTables.use(1).redeemable);
    }
}
