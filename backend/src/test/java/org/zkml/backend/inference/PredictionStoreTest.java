package org.zkml.backend.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.InferenceContracts.SoldPass;
import org.zkml.backend.market.OnManualMarket;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.inference.Answer;
import org.zkml.prover.inference.AnswerReceipt;
import org.zkml.prover.inference.HiddenColumn;
import org.zkml.prover.inference.Query;
import org.zkml.prover.inference.QueryBatch;

@QuarkusTest
@OnManualMarket
class PredictionStoreTest {

    private static final BigInteger MODEL = BigInteger.ONE;
    private static final long DEADLINE = 2_000_000_000;

    @Inject
    PredictionStore store;

    @Inject
    Redemptions redemptions;

    @Inject
    PredictionSweeper sweeper;

    @BeforeEach
    void startEmpty() {
        QuarkusTransaction.requiringNew().run(() -> {
            Prediction.deleteAll();
            PassUse.deleteAll();
        });
    }

    /** A query about rows that a salt tells from others, and an answer. */
    private record Asked(SoldPass pass, Query query, Prediction made) {}

    private static Asked asked(long passId, long count, int rows, int salt) {
        return asked(passId, count, rows, salt, 0, ProofState.NONE);
    }

    private static Asked asked(long passId, long count, int rows, int salt, long redeemed, ProofState state) {
        final BigInteger pass = BigInteger.valueOf(passId);
        final byte[] saltBytes = new byte[QueryBatch.SALT_BYTES];
        saltBytes[0] = (byte) salt;
        final QueryBatch batch = new QueryBatch(new short[3 * rows], 3, saltBytes);
        final Query query = new Query(MODEL, pass, count, batch.inputsHash(), BigInteger.valueOf(DEADLINE));
        final byte[] id = Keccak256.hash(Hex.word(pass), Hex.word(BigInteger.valueOf(count)), batch.inputsHash());
        final HiddenColumn column = new HiddenColumn(G1Affine.GENERATOR, Scalar.of(7));
        final Answer answer = new Answer(new int[rows], batch.lq(), column, column);
        final AnswerReceipt receipt =
                AnswerReceipt.of(query, new BigInteger(1, id), 1, answer, BigInteger.valueOf(DEADLINE));
        final Prediction made = Prediction.of(query, new byte[65], batch, receipt, new byte[65], answer);
        made.proofState = state;
        made.dueAt = Instant.EPOCH;
        return new Asked(new SoldPass(pass, MODEL, "0x", "0x", 1000, redeemed, false, DEADLINE, 0), query, made);
    }

    private PredictionStore.Stored store(Asked asked) {
        return store.store(asked.pass(), asked.query(), asked.made());
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        final List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
        }
        return results;
    }

    @Test
    void storesOneAnswerOfManyThatComeAtOnce() throws Exception {
        final List<Callable<PredictionStore.Stored>> askers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            askers.add(() -> store(asked(1, 2, 2, 0)));
        }
        final List<PredictionStore.Stored> all = atOnce(askers);
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
        assertEquals(1, atOnce(askers).stream().filter(created -> created).count());
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
        assertThrows(CountConflictException.class, () -> store(asked(1, 3, 3, 0, 5, ProofState.NONE)));
        assertTrue(store(asked(1, 8, 3, 0, 5, ProofState.NONE)).created());
    }

    @Test
    void redeemsUpToTheFirstAnswerThatIsNotProved() {
        final ProofState[][] passes = {
            {ProofState.PROVED, ProofState.PROVED, ProofState.NONE, ProofState.PROVED},
            {ProofState.ASKED, ProofState.PROVED},
            {ProofState.PROVED},
        };
        for (int pass = 0; pass < passes.length; pass++) {
            for (int i = 0; i < passes[pass].length; i++) {
                store(asked(pass + 1, i + 1, 1, 0, 0, passes[pass][i]));
            }
        }
        assertEquals(List.of("1: 2", "3: 1"), redeemable(0));
        assertEquals(List.of("3: 1"), redeemable(1));
    }

    private List<String> redeemable(long after) {
        return redemptions.after(BigInteger.valueOf(after), 10).stream()
                .map(prediction -> prediction.passId + ": " + prediction.asked)
                .toList();
    }

    @Test
    void provesWhatNobodyAskedAndForgetsWhatIsOver() {
        final Instant end = Instant.ofEpochSecond(DEADLINE);
        final String none = store(asked(1, 1, 1, 0)).prediction().queryId;
        final String proved = store(asked(2, 1, 1, 0, 0, ProofState.PROVED)).prediction().queryId;
        assertEquals(0, sweeper.sweep(end.minus(Duration.ofDays(2))));
        assertEquals(ProofState.NONE, get(none).proofState);
        assertEquals(0, sweeper.sweep(end.minus(Duration.ofHours(12))));
        assertEquals(ProofState.ASKED, get(none).proofState);
        assertArrayEquals(new byte[4], get(proved).answer);

        assertEquals(1, sweeper.sweep(end.plusSeconds(1)));
        final Prediction forgotten = get(proved);
        assertFalse(forgotten.kept());
        for (byte[] secret :
                new byte[][] {forgotten.salt, forgotten.inputs, forgotten.answer, forgotten.blinderX, forgotten.blinderP
                }) {
            assertNull(secret);
        }
        assertEquals(65, forgotten.signature.length, "what redeeming needs stays");
        assertTrue(get(none).kept(), "it is proved first");
        assertEquals(List.of("2: 1"), redeemable(0));
    }

    private Prediction get(String queryId) {
        return store.get(queryId).orElseThrow();
    }

    private static long used(long passId) {
        return QuarkusTransaction.requiringNew()
                .call(() -> PassUse.<PassUse>findByIdOptional(BigInteger.valueOf(passId))
                        .map(use -> use.used)
                        .orElse(0L));
    }
}
