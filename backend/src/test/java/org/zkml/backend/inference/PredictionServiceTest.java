package org.zkml.backend.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.zkml.backend.chain.AccountKey;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.InferenceContracts.SoldPass;
import org.zkml.backend.chain.SaleDeployment;
import org.zkml.backend.market.OnManualMarket;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.commitment.Ceremony;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.data.Schema;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.inference.InferenceModel;
import org.zkml.prover.inference.ListedModel;
import org.zkml.prover.inference.MarketMessages;
import org.zkml.prover.inference.Query;
import org.zkml.prover.inference.QueryBatch;

/** A model so steep that it answers to hardly any row, which no training makes; what is answered is proved as ever. */
@QuarkusTest
@OnManualMarket
class PredictionServiceTest {

    private static final Schema SCHEMA = Schema.parse("""
                    {
                      "format": "zkml-schema/1", "name": "small", "model": "logistic", "limbBits": 8,
                      "target": {"column": "ill", "kind": "binary", "negative": "0", "positive": "1"},
                      "features": [
                        {"column": "age", "kind": "numeric", "mean": 53, "scale": 9},
                        {"column": "dose", "kind": "numeric", "mean": 2, "scale": 1}
                      ]
                    }
                    """.getBytes(StandardCharsets.UTF_8), "the schema");

    /** At the means, and one scale above in the first feature: sixteen times as much as the range takes. */
    private static final String IN_RANGE = "[53, 2]";

    private static final String OUT_OF_RANGE = "[62, 2]";
    private static final short ONE = 16;

    private static final AccountKey SELLER = key(1);
    private static final AccountKey SESSION = key(2);
    private static final Committer COMMITTER =
            new Committer(Ceremony.development(10, Progress.SILENT).setup());

    @Inject
    PredictionStore store;

    @Inject
    ProofQueue queue;

    @Inject
    SaleDeployment deployment;

    private MarketMessages messages;
    private SoldPass pass;

    private static AccountKey key(int secret) {
        final byte[] bytes = new byte[32];
        bytes[31] = (byte) secret;
        return new AccountKey(bytes);
    }

    /** The same number, of 100 rows, sold by a market for a session key. */
    private static SoldPass sold(String market, String sessionKey) {
        return new SoldPass(
                market, Asked.pass(1), Asked.MODEL, sessionKey, SELLER.address(), 100, 0, false, Asked.DEADLINE, 0);
    }

    @BeforeEach
    void startEmpty() {
        SaleTables.clear();
        final String market = deployment.requireInference();
        messages = new MarketMessages(BigInteger.valueOf(31337), new BigInteger(1, Hex.parse(market)));
        pass = sold(market, SESSION.address());
    }

    /** With a model that no vault has, and a pass that nobody bought. */
    private PredictionService service(String... configuration) {
        final SellerConfig config = Asked.config(configuration);
        final ModelOpening opening = ModelOpening.of(new long[] {0, 127L << 16, 127L << 16, 0});
        final ListedModel listed =
                new ListedModel(ActivationTable.of(ModelKind.LOGISTIC, 8), 2, 3, opening.commit(COMMITTER));
        final SoldModel sold =
                new SoldModel(Asked.MODEL, 1, SCHEMA, new InferenceModel(listed, opening, COMMITTER), 16);
        final SoldModels models = new SoldModels(config, null, null) {
            @Override
            Optional<SoldModel> find(BigInteger id) {
                return Optional.of(sold);
            }

            @Override
            AccountKey key() {
                return SELLER;
            }

            @Override
            MarketMessages messages() {
                return messages;
            }
        };
        final SoldPasses passes = new SoldPasses(config, null, null) {
            @Override
            SoldPass get(BigInteger id) {
                return pass;
            }
        };
        return new PredictionService(
                models, passes, store, queue, new ProofJobs(new AnswerProver(models)::prove, config, queue), config);
    }

    private PredictionService.Request query(long count, int salt, boolean proofLater, String... rows) {
        final byte[] saltBytes = new byte[QueryBatch.SALT_BYTES];
        saltBytes[0] = (byte) salt;
        final short[] values = new short[3 * rows.length];
        for (int i = 0; i < rows.length; i++) {
            values[3 * i] = ONE;
            values[3 * i + 1] = rows[i].equals(IN_RANGE) ? 0 : ONE;
        }
        final Query query = new Query(
                Asked.MODEL,
                pass.id(),
                count,
                new QueryBatch(values, 3, saltBytes).inputsHash(),
                BigInteger.valueOf(Asked.DEADLINE));
        return new PredictionService.Request(
                query.modelId(),
                query.passId(),
                count,
                query.deadline(),
                saltBytes,
                parse("[" + String.join(", ", rows) + "]"),
                SESSION.sign(messages.query(query)),
                proofLater);
    }

    private static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private ReadingPermission permission() {
        final BigInteger deadline = BigInteger.valueOf(Instant.now().getEpochSecond() + 60);
        return new ReadingPermission(deadline, SESSION.sign(messages.reading(pass.id(), deadline)));
    }

    @Test
    void refusesRowsOutOfRangeOnlySoOften() throws Exception {
        final PredictionService service = service();
        final PredictionService.Request first = query(1, 0, true, IN_RANGE);
        assertTrue(service.ask(first).orElseThrow().created());
        final InputsRejectedException named = assertThrows(
                InputsRejectedException.class, () -> service.ask(query(3, 0, true, IN_RANGE, OUT_OF_RANGE)));
        assertEquals(1, named.row().orElseThrow());
        assertTrue(named.getMessage()
                .endsWith("After 16 such refusals no other rows are answered with the pass any more"));
        for (int i = 0; i < 2 * Refusal.MOST; i++) {
            final InputsRejectedException again = assertThrows(
                    InputsRejectedException.class, () -> service.ask(query(3, 0, true, IN_RANGE, OUT_OF_RANGE)));
            assertEquals(named.getMessage(), again.getMessage());
            assertEquals(1, again.row().orElseThrow());
        }

        final List<Callable<String>> many = new ArrayList<>();
        for (int i = 0; i < 2 * Refusal.MOST; i++) {
            final int salt = i;
            many.add(() -> assertThrows(RuntimeException.class, () -> service.ask(query(2, salt, true, OUT_OF_RANGE)))
                    .getClass()
                    .getSimpleName());
        }
        final List<String> told = SaleTables.atOnce(many);
        assertEquals(Refusal.MOST - 1, Collections.frequency(told, "InputsRejectedException"));
        assertEquals(Refusal.MOST + 1, Collections.frequency(told, "PassRejectedException"));

        for (String row : List.of(IN_RANGE, OUT_OF_RANGE)) {
            final PassRejectedException refused =
                    assertThrows(PassRejectedException.class, () -> service.ask(query(2, -1, true, row)));
            assertEquals(PassRejectedException.Reason.TOO_MANY_REFUSALS, refused.reason());
        }
        assertEquals(1, SaleTables.use(1).used, "nothing of it was charged");
        assertFalse(service.ask(first).orElseThrow().created(), "what was answered stays");
    }

    /** Also while nobody has deleted it yet. */
    @Test
    void showsNoAnswerAfterItsTerm() {
        final PredictionService over = service("proof-term", "-PT10S");
        final PredictionService.Request query = query(1, 0, true, IN_RANGE);
        final String id = over.ask(query).orElseThrow().prediction().queryId;
        assertTrue(over.get(id, permission()).isEmpty());
        assertThrows(ProofTermOverException.class, () -> over.ask(query));
        assertThrows(ProofTermOverException.class, () -> over.askForProof(id, permission()));
        assertEquals(ProofState.NONE, SaleTables.prediction(id).proofState);
    }

    @Test
    void provesBeforeItAnswersAndAfterwards() {
        final PredictionService service = service();
        assertEquals(
                ProofState.PROVED,
                service.ask(query(1, 0, false, IN_RANGE)).orElseThrow().prediction().proofState);
        final String later =
                service.ask(query(2, 0, true, IN_RANGE)).orElseThrow().prediction().queryId;
        assertEquals(
                ProofState.ASKED,
                service.askForProof(later, permission()).orElseThrow().prediction().proofState);
        assertEquals(1, SaleTables.use(1).redeemable);
    }

    @Test
    void saysThatItProvesNothingAfterAnAnswerThatWasNotProvedInTime() {
        final PredictionService service = service();
        service.ask(query(1, 0, true, IN_RANGE));
        final PredictionService.Request second = query(2, 0, true, IN_RANGE);
        final String id = service.ask(second).orElseThrow().prediction().queryId;
        QuarkusTransaction.requiringNew()
                .run(() -> Prediction.update("proofDeadline = 1 where passId = ?1 and asked = 1", pass.id()));
        queue.lapse(Instant.ofEpochSecond(2));
        for (Executable call : List.<Executable>of(
                () -> service.askForProof(id, permission()), () -> service.ask(query(3, 0, true, IN_RANGE)))) {
            assertEquals(
                    PassRejectedException.Reason.PROOFS_LAPSED,
                    assertThrows(PassRejectedException.class, call).reason());
        }
        assertEquals(
                ProofState.LAPSED, service.get(id, permission()).orElseThrow().prediction().proofState);
        assertFalse(service.ask(second).orElseThrow().created());
    }

    /** Whoever sends many at once has but some of the server's threads, and those for a while. */
    @Test
    void waitsForItsTurnOnlySoLong() {
        final PassTurns turns = new PassTurns();
        final BigInteger one = Asked.pass(1);
        final Throwable thrown = turns.take(one, () -> {
            assertEquals(2, turns.take(Asked.pass(2), () -> 2));
            return assertThrows(
                            CompletionException.class,
                            () -> CompletableFuture.supplyAsync(() -> turns.take(one, () -> 1))
                                    .orTimeout(20, TimeUnit.SECONDS)
                                    .join())
                    .getCause();
        });
        assertEquals(PassBusyException.class, thrown.getClass());
        assertEquals(1, turns.take(one, () -> 1));
    }

    /** As in a database from before keys were kept: they are those of whoever signed the first query, not of whoever comes first. */
    @Test
    void knowsWhosePassItWasByTheFirstQuery() {
        final PredictionService service = service();
        final String id = service.ask(query(1, 0, true, IN_RANGE)).orElseThrow().prediction().queryId;
        QuarkusTransaction.requiringNew().run(() -> PassUse.update("sessionKey = '', market = ''"));
        final SoldPass stranger = sold(pass.market(), key(3).address());
        assertEquals(
                PassRejectedException.Reason.OTHER_PASS,
                assertThrows(PassRejectedException.class, () -> store.requireOf(stranger))
                        .reason());
        assertEquals("", SaleTables.use(1).sessionKey);
        assertTrue(service.get(id, permission()).isPresent());
        assertEquals(pass.sessionKey(), SaleTables.use(1).sessionKey);
        assertEquals(pass.market(), SaleTables.use(1).market);

        QuarkusTransaction.requiringNew().run(() -> PassUse.update("sessionKey = '', market = ''"));
        assertTrue(service.ask(query(2, 0, true, IN_RANGE)).orElseThrow().created());
        assertEquals(pass.sessionKey(), SaleTables.use(1).sessionKey);
        assertThrows(PassRejectedException.class, () -> store.requireOf(stranger));
    }

    @Test
    void readsNothingWithAnotherPassOfTheSameNumber() {
        final PredictionService service = service();
        final String id = service.ask(query(1, 0, true, IN_RANGE)).orElseThrow().prediction().queryId;
        assertTrue(service.get(id, permission()).isPresent());
        pass = sold(Asked.SELLER, pass.sessionKey());
        assertEquals(
                PassRejectedException.Reason.OTHER_PASS,
                assertThrows(PassRejectedException.class, () -> service.get(id, permission()))
                        .reason());
    }
}
