package org.zkml.backend.chain.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.ContractCall;
import org.zkml.backend.chain.RefusedByContractException;
import org.zkml.backend.market.OnManualMarket;

@QuarkusTest
@OnManualMarket
class OutboxTest {

    private static final ContractCall CALL =
            new ContractCall("0x00000000000000000000000000000000000000cc", "0x01020304");

    @Inject
    Outbox outbox;

    private long nextNonce;

    @BeforeEach
    void startEmpty() {
        QuarkusTransaction.requiringNew().run(() -> {
            RelayAttempt.deleteAll();
            RelayedMessage.deleteAll();
        });
    }

    @Test
    void takesTheSameMessageInOnce() {
        final String resource = resource();
        assertTrue(accept(resource, "0x01", account()).created());
        assertFalse(accept(resource, "0x01", account()).created());
        assertEquals(1, count());
    }

    @Test
    void takesOneOfManyMessagesThatComeAtOnce() throws Exception {
        final String resource = resource();
        final String account = account();
        final List<Callable<Boolean>> askers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            askers.add(() -> accept(resource, "0x01", account).created());
        }
        int created = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(askers.size())) {
            for (Future<Boolean> answer : threads.invokeAll(askers)) {
                created += answer.get() ? 1 : 0;
            }
        }
        assertEquals(1, created);
        assertEquals(1, count());
    }

    @Test
    void refusesAnotherMessageAboutTheSameThingUntilTheFirstHasFailed() {
        final String resource = resource();
        final String account = account();
        accept(resource, "0x01", account);
        assertThrows(MessageConflictException.class, () -> accept(resource, "0x02", account));
        assertThrows(
                MessageConflictException.class,
                () -> QuarkusTransaction.requiringNew().run(() -> outbox.holds(resource, "0x02")));
        QuarkusTransaction.requiringNew().run(() -> {
            final RelayedMessage message = RelayedMessage.ofResource(resource).orElseThrow();
            message.failed(new RefusedByContractException("NoSeat", "NoSeat(1, 0x02)"), message.createdAt);
            message.settled = true;
        });
        assertTrue(accept(resource, "0x02", account).created());
        QuarkusTransaction.requiringNew().run(() -> {
            final RelayedMessage message = RelayedMessage.ofResource(resource).orElseThrow();
            assertEquals(RelayState.PLANNED, message.state);
            assertEquals("0x02", message.fingerprint);
            assertEquals(null, message.failureError);
        });
        assertEquals(1, count());
    }

    @Test
    void limitsWhatOneAccountHasWaiting() {
        final String account = account();
        for (int i = 0; i < 8; i++) {
            accept(resource(), "0x01", account);
        }
        final var refused = assertThrows(RelayLimitException.class, () -> accept(resource(), "0x01", account));
        assertTrue(refused.getMessage().contains("8 messages of " + account));
        assertTrue(refused.retryAfter().isPositive());
        assertEquals(8, count());
        accept(resource(), "0x01", account());
    }

    @Test
    void limitsWhatOneAccountHasRelayedADay() {
        final String account = account();
        for (int i = 0; i < 10; i++) {
            final String resource = resource();
            accept(resource, "0x01", account);
            QuarkusTransaction.requiringNew()
                    .run(() -> RelayedMessage.ofResource(resource).orElseThrow().state = RelayState.FINAL);
        }
        final var refused = assertThrows(RelayLimitException.class, () -> accept(resource(), "0x01", account));
        assertTrue(refused.getMessage().contains("24 hours"));
        QuarkusTransaction.requiringNew()
                .run(() -> RelayedMessage.<RelayedMessage>listAll()
                        .forEach(message -> message.createdAt = message.createdAt.minusSeconds(25 * 3600)));
        accept(resource(), "0x01", account);
    }

    @Test
    void plansWhatFailedAgainOnlyWhenThatIsFinal() {
        final String resource = resource();
        final String account = account();
        accept(resource, "0x01", account);
        fail(resource, false);
        final var refused = assertThrows(RelayLimitException.class, () -> accept(resource, "0x01", account));
        assertTrue(refused.getMessage().contains("not final yet"));
        QuarkusTransaction.requiringNew()
                .run(() -> RelayedMessage.ofResource(resource).orElseThrow().settled = true);
        assertTrue(accept(resource, "0x01", account).created());
    }

    @Test
    void limitsHowOftenTheSameThingIsTriedADay() {
        final String resource = resource();
        final String account = account();
        for (int i = 0; i < 3; i++) {
            assertTrue(accept(resource, "0x01", account).created());
            fail(resource, true);
        }
        final var refused = assertThrows(RelayLimitException.class, () -> accept(resource, "0x01", account));
        assertTrue(refused.getMessage().contains("3 transactions for " + resource));
    }

    @Test
    void countsTransactionsWhenItLimitsWhatOneAccountHasRelayedADay() {
        final String account = account();
        final List<String> resources = List.of(resource(), resource(), resource(), resource());
        for (String resource : resources.subList(0, 3)) {
            for (int i = 0; i < 3; i++) {
                accept(resource, "0x01", account);
                fail(resource, true);
            }
        }
        accept(resources.getLast(), "0x01", account);
        fail(resources.getLast(), true);
        final var refused = assertThrows(RelayLimitException.class, () -> accept(resources.getLast(), "0x01", account));
        assertTrue(refused.getMessage().contains("10 messages of " + account));
        QuarkusTransaction.requiringNew()
                .run(() -> RelayAttempt.<RelayAttempt>listAll()
                        .forEach(attempt -> attempt.createdAt = attempt.createdAt.minusSeconds(25 * 3600)));
        accept(resources.getLast(), "0x01", account);
    }

    /** As after a transaction that reverted in a block. */
    private void fail(String resource, boolean settled) {
        QuarkusTransaction.requiringNew().run(() -> {
            final RelayedMessage message = RelayedMessage.ofResource(resource).orElseThrow();
            final RelayAttempt attempt = new RelayAttempt();
            attempt.messageId = message.id;
            attempt.relayer = "0x00000000000000000000000000000000000000dd";
            attempt.nonce = nextNonce++;
            attempt.transactionHash = "0x" + attempt.nonce;
            attempt.signedTransaction = new byte[0];
            attempt.maxFeePerGas = BigInteger.ONE;
            attempt.priorityFeePerGas = BigInteger.ONE;
            attempt.createdAt = message.createdAt;
            attempt.persist();
            message.sent(attempt, message.createdAt);
            message.failed(new RefusedByContractException("NoSeat", "NoSeat(1, 0x02)"), message.createdAt);
            message.settled = settled;
        });
    }

    private Outbox.Accepted accept(String resource, String fingerprint, String account) {
        return QuarkusTransaction.requiringNew()
                .call(() -> outbox.accept(
                        new Outbox.Message(resource, fingerprint, account, MessageKind.CLAIM, null, true, CALL)));
    }

    private static String resource() {
        return "test/" + UUID.randomUUID();
    }

    private static String account() {
        return "0x" + UUID.randomUUID().toString().replace("-", "") + "00000000";
    }

    private static long count() {
        return QuarkusTransaction.requiringNew().call(() -> RelayedMessage.count());
    }
}
