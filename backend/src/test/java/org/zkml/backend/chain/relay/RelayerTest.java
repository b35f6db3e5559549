package org.zkml.backend.chain.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Uint256;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.ContractCall;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.MarketContracts;
import org.zkml.backend.market.HardhatNode;
import org.zkml.backend.market.OnManualMarket;
import org.zkml.backend.market.TestMarket;
import org.zkml.backend.market.TestProvider;

/** What becomes of messages when everything happens that can: on a real chain, with the real outbox. */
@QuarkusTest
@OnManualMarket
class RelayerTest {

    private static final String ACCOUNT = "0x00000000000000000000000000000000000000aa";
    /** Returns ERC-1271's magic value, whatever is asked: PUSH4 magic, shift it to the left end, return the word. */
    private static final String AGREEABLE_WALLET = "0x631626ba7e60e01b60005260206000f3";

    private static final BigInteger NEVER = BigInteger.valueOf(4_000_000_000L);
    /** Uses up all gas that it is given: INVALID. */
    private static final String BURNING_WALLET = "0xfe";

    @Inject
    ChainConfig config;

    @Inject
    Chain chain;

    @Inject
    MarketContracts contracts;

    @Inject
    Outbox outbox;

    @Inject
    RelaySteps steps;

    @Inject
    RelaySigning signing;

    @Inject
    Relayer relayer;

    @Inject
    RelayerKey key;

    @Inject
    RelayBudget budget;

    private TestMarket market;
    private HardhatNode node;

    @BeforeEach
    void startWithAnEmptyOutbox() {
        market = TestMarket.at(
                config.rpcUrl().toString(), config.deploymentFile().orElseThrow());
        node = market.node();
        node.setAutomine(true);
        QuarkusTransaction.requiringNew().run(() -> {
            RelayAttempt.deleteAll();
            RelayedMessage.deleteAll();
        });
    }

    @Test
    void sendsAMessageOnceHoweverOftenItIsTakenIn() {
        final long before = transactions();
        final String resource = accept(approve(1));
        acceptAgain(resource, approve(1));
        finish(resource);
        acceptAgain(resource, approve(1));
        finish(resource);
        assertEquals(before + 1, transactions());
    }

    @Test
    void sendsTheSameBytesAfterACrashBetweenSendAndRecord() {
        final long before = transactions();
        final String resource = accept(approve(2));
        assertTrue(steps.prepareNext());
        final RelayAttempt stored = attempts(resource).getFirst();
        // The instance sends it and dies: nothing of that is recorded.
        node.call("eth_sendRawTransaction", Hex.of(stored.signedTransaction));
        finish(resource);
        assertEquals(before + 1, transactions());
        assertEquals(1, attempts(resource).size());
        assertEquals(stored.transactionHash, message(resource).transactionHash);
    }

    @Test
    void sendsAfterACrashBeforeTheSend() {
        final long before = transactions();
        final String resource = accept(approve(3));
        assertTrue(steps.prepareNext());
        assertEquals(RelayState.SENT, message(resource).state);
        assertNull(attempts(resource).getFirst().sentAt);
        assertEquals(before, transactions());
        finish(resource);
        assertEquals(before + 1, transactions());
    }

    @Test
    void sendsAgainWhatTheNodeHasLost() {
        node.setAutomine(false);
        final String resource = accept(approve(4));
        relayer.work();
        final String hash = message(resource).transactionHash;
        assertTrue(node.call("hardhat_dropTransaction", hash).asBoolean());
        node.mine(1);
        assertEquals(RelayState.SENT, message(resource).state);
        until(() -> {
            relayer.work();
            return !node.call("eth_getTransactionByHash", hash).isNull();
        });
        node.mine(1);
        finish(resource);
        assertEquals(hash, message(resource).transactionHash);
    }

    @Test
    void replacesAStuckTransactionByOneWithHigherFees() {
        node.setAutomine(false);
        final long before = transactions();
        final String resource = accept(approve(5));
        relayer.work();
        until(() -> {
            relayer.work();
            return attempts(resource).size() == 2;
        });
        until(() -> {
            relayer.work();
            return attempts(resource).getFirst().sentAt != null;
        });
        final List<RelayAttempt> both = attempts(resource);
        assertEquals(both.get(0).nonce, both.get(1).nonce);
        assertTrue(both.get(0).maxFeePerGas.compareTo(both.get(1).maxFeePerGas) > 0);
        assertTrue(both.get(0).priorityFeePerGas.compareTo(both.get(1).priorityFeePerGas) > 0);
        node.mine(1);
        finish(resource);
        assertEquals(before + 1, transactions());
        assertEquals(both.get(0).transactionHash, message(resource).transactionHash);
    }

    @Test
    void recognisesTheReplacedTransactionIfThatIsMinedInstead() {
        node.setAutomine(false);
        final String resource = accept(approve(6));
        relayer.work();
        final String first = message(resource).transactionHash;
        node.mine(1);
        // Before its receipt is looked for the message seems stuck, and a replacement is signed.
        QuarkusTransaction.requiringNew().run(() -> {
            final RelayedMessage message = RelayedMessage.ofResource(resource).orElseThrow();
            final RelayAttempt stuck = RelayAttempt.of(message).getFirst();
            final Fees twice = new Fees(stuck.maxFeePerGas.shiftLeft(1), stuck.priorityFeePerGas.shiftLeft(1));
            signing.sign(message, message.nonce, stuck.gasLimit, twice, message.dueAt);
        });
        assertNotEquals(first, message(resource).transactionHash);
        finish(resource);
        assertEquals(first, message(resource).transactionHash);
    }

    @Test
    void closesTheGapThatAnUnsentTransactionLeaves() {
        node.setAutomine(false);
        final long before = transactions();
        final String first = accept(approve(7));
        assertTrue(steps.prepareNext());
        final String second = accept(approve(8));
        assertTrue(steps.prepareNext());
        // Only the second is sent: the chain cannot take it before the first.
        node.call("eth_sendRawTransaction", Hex.of(attempts(second).getFirst().signedTransaction));
        node.mine(1);
        assertEquals(before, transactions());
        assertEquals(message(first).nonce + 1, message(second).nonce);
        until(() -> {
            relayer.work();
            node.mine(1);
            return message(second).state == RelayState.FINAL && message(first).state == RelayState.FINAL;
        });
        assertEquals(before + 2, transactions());
    }

    @Test
    void plansAgainWhenAnotherTransactionHasTakenTheNonce() {
        final long before = transactions();
        final String resource = accept(approve(9));
        assertTrue(steps.prepareNext());
        final long nonce = message(resource).nonce;
        // Somebody else sends from the relayer's account.
        node.call("hardhat_impersonateAccount", key.address());
        node.call("eth_sendTransaction", Map.of("from", key.address(), "to", ACCOUNT, "value", "0x1"));
        finish(resource);
        assertEquals(nonce + 1, message(resource).nonce);
        assertEquals(before + 2, transactions());
    }

    @Test
    void followsItsTransactionThroughAReorganisation() {
        final long before = transactions();
        final String snapshot = node.snapshot();
        final String resource = accept(approve(10));
        until(() -> {
            relayer.work();
            return message(resource).state == RelayState.MINED;
        });
        final String lost = message(resource).blockHash;
        node.revert(snapshot);
        node.mine(3);
        assertEquals(before, transactions());
        finish(resource);
        assertNotEquals(lost, message(resource).blockHash);
        assertEquals(before + 1, transactions());
    }

    @Test
    void refusesWithoutGasWhatTheContractWouldRefuse() {
        final long before = transactions();
        final String resource = accept(contracts.claim(chain.deployment(), BigInteger.valueOf(1_000_000), ACCOUNT));
        relayer.work();
        final RelayedMessage message = message(resource);
        assertEquals(RelayState.FAILED, message.state);
        assertEquals("CampaignUnknown", message.failureError);
        assertEquals("CampaignUnknown(1000000)", message.failureDetail);
        assertTrue(message.settled);
        assertEquals(before, transactions());
    }

    @Test
    void tellsWhyATransactionFailedInItsBlock() {
        final TestProvider provider = market.providers(1).getFirst();
        final ContractCall call = register(provider, NEVER);
        final String resource = accept(provider.address(), MessageKind.REGISTER, NEVER, call);
        assertTrue(steps.prepareNext());
        // Somebody else sends the signed message first.
        final String other = TestMarket.account(5).getAddress();
        node.call("eth_sendTransaction", Map.of("from", other, "to", call.to(), "data", call.data()));
        until(() -> {
            relayer.work();
            node.mine(1);
            return message(resource).settled;
        });
        final RelayedMessage message = message(resource);
        assertEquals(RelayState.FAILED, message.state);
        assertEquals("DatasetAlreadyRegistered", message.failureError);
        assertTrue(message.gasUsed > 0);
    }

    @Test
    void countsWhatATransactionHasCost() {
        final String resource = accept(approve(16));
        assertTrue(steps.prepareNext());
        assertNull(attempts(resource).getFirst().costWei);
        finish(resource);
        final RelayAttempt mined = attempts(resource).getFirst();
        final var receipt = node.call("eth_getTransactionReceipt", mined.transactionHash);
        final BigInteger price =
                new BigInteger(receipt.get("effectiveGasPrice").asText().substring(2), 16);
        assertEquals(price.multiply(BigInteger.valueOf(message(resource).gasUsed)), mined.costWei);
        assertTrue(mined.costWei.signum() > 0);
    }

    @Test
    void sendsNothingBeyondTheBudgetOfTheDay() {
        final long before = transactions();
        final BigInteger budget = config.relayer().dailyBudget();
        spend(MessageKind.CONTRIBUTE, budget.subtract(BigInteger.ONE));
        final String resource = accept(approve(17));
        relayer.work();
        assertEquals(RelayState.PLANNED, message(resource).state);
        assertTrue(message(resource).trouble.contains("daily-budget is " + budget), message(resource).trouble);
        assertTrue(message(resource).dueAt.isBefore(Instant.now().plusSeconds(16)));
        assertEquals(before, transactions());
        // That one waits keeps nobody out.
        final String next = accept(account(1), approve(18));
        QuarkusTransaction.requiringNew().run(() -> {
            RelayAttempt.<RelayAttempt>listAll()
                    .forEach(attempt -> attempt.createdAt = attempt.createdAt.minusSeconds(25 * 3600));
            RelayedMessage.ofResource(resource).orElseThrow().dueAt = Instant.now();
        });
        finish(resource);
        finish(next);
        assertEquals(before + 2, transactions());
    }

    @Test
    void takesNothingInWhenTheBudgetIsUsedUp() {
        spend(MessageKind.CONTRIBUTE, config.relayer().dailyBudget());
        final var reserved = assertThrows(RelayLimitException.class, () -> accept(approve(24)));
        assertTrue(reserved.getMessage().contains("spent or reserved"), reserved.getMessage());
        assertEquals(Duration.ofMinutes(1), reserved.retryAfter());
        QuarkusTransaction.requiringNew()
                .run(() -> RelayAttempt.<RelayAttempt>listAll()
                        .forEach(attempt -> attempt.costWei = config.relayer().dailyBudget()));
        final var spent = assertThrows(RelayLimitException.class, () -> accept(approve(24)));
        assertFalse(spent.getMessage().contains("reserved"), spent.getMessage());
        assertEquals(Duration.ofHours(1), spent.retryAfter());
    }

    @Test
    void letsNoMoreWaitForTheBudgetThanMayBeUnderWay() {
        spend(MessageKind.CONTRIBUTE, config.relayer().dailyBudget().subtract(BigInteger.ONE));
        final int most = config.relayer().inFlight();
        for (int i = 0; i < most; i++) {
            accept(account(i), approve(200 + i));
        }
        relayer.work();
        final var refused = assertThrows(RelayLimitException.class, () -> accept(account(most), approve(300)));
        assertEquals(Duration.ofMinutes(1), refused.retryAfter());
    }

    @Test
    void leavesHalfOfTheBudgetToThoseWhoHaveASeat() {
        final long before = transactions();
        spend(MessageKind.JOIN, config.relayer().dailyBudget().shiftRight(1).subtract(BigInteger.ONE));
        final TestProvider provider = market.providers(1).getFirst();
        final String entry = accept(provider.address(), MessageKind.REGISTER, NEVER, register(provider, NEVER));
        relayer.work();
        assertEquals(RelayState.PLANNED, message(entry).state);
        assertEquals(before, transactions());
        finish(accept(approve(19)));
        assertEquals(before + 1, transactions());
    }

    /** Neither strangers nor publications without need keep those from the gas who need it. */
    @Test
    void leavesAQuarterOfTheBudgetToPublicationsAndAQuarterToTheRest() {
        final long before = transactions();
        final BigInteger quarter = config.relayer().dailyBudget().shiftRight(2);
        spend(MessageKind.JOIN, quarter.shiftLeft(1));
        assertThrows(RelayLimitException.class, () -> accept(ACCOUNT, MessageKind.JOIN, NEVER, approve(25)));
        finish(accept(ACCOUNT, MessageKind.PUBLISH, NEVER, approve(26)));
        spend(MessageKind.PUBLISH, quarter);
        assertThrows(RelayLimitException.class, () -> accept(ACCOUNT, MessageKind.PUBLISH, NEVER, approve(27)));
        finish(accept(ACCOUNT, MessageKind.ANSWER, NEVER, approve(28)));
        spend(MessageKind.CLAIM, quarter);
        assertThrows(RelayLimitException.class, () -> accept(ACCOUNT, MessageKind.ANSWER, NEVER, approve(29)));
        assertEquals(before + 2, transactions());
    }

    @Test
    void letsPublicationsWaitThatWouldUseTheRestsQuarter() {
        spend(
                MessageKind.PUBLISH,
                config.relayer()
                        .dailyBudget()
                        .shiftRight(2)
                        .multiply(BigInteger.valueOf(3))
                        .subtract(BigInteger.ONE));
        final String waiting = accept(ACCOUNT, MessageKind.PUBLISH, NEVER, approve(30));
        relayer.work();
        assertEquals(RelayState.PLANNED, message(waiting).state);
        finish(accept(account(1), MessageKind.CONTRIBUTE, NEVER, approve(31)));
        assertEquals(RelayState.PLANNED, message(waiting).state);
    }

    @Test
    void sendsNoShareThatComesTooLate() {
        final long before = transactions();
        final BigInteger deadline = inMinutes(6);
        final String resource = accept(ACCOUNT, MessageKind.ANSWER, deadline, approve(32));
        node.increaseTime(5 * 60 + 30);
        node.mine(1);
        relayer.work();
        final RelayedMessage message = message(resource);
        assertEquals(RelayState.FAILED, message.state);
        assertEquals("DeadlineTooNear", message.failureError);
        assertTrue(message.failureDetail.contains(deadline.toString()));
        assertEquals(0, message.callData.length);
        assertEquals(before, transactions());
    }

    /** What code its account has is asked by nobody. */
    @Test
    void withdrawsAStuckShareThatWouldComeTooLate() {
        node.setAutomine(false);
        node.call("hardhat_setCode", ACCOUNT, BURNING_WALLET);
        try {
            final String resource = accept(ACCOUNT, MessageKind.PUBLISH, inMinutes(6), approve(33));
            relayer.work();
            assertEquals(RelayState.SENT, message(resource).state);
            assertTrue(node.call("hardhat_dropTransaction", message(resource).transactionHash)
                    .asBoolean());
            node.increaseTime(5 * 60 + 30);
            node.mine(1);
            until(() -> {
                relayer.work();
                return attempts(resource).getFirst().withdraws
                        && attempts(resource).getFirst().sentAt != null;
            });
            node.setAutomine(true);
            until(() -> {
                relayer.work();
                node.mine(1);
                return message(resource).settled;
            });
            assertEquals("Withdrawn", message(resource).failureError);
        } finally {
            node.call("hardhat_setCode", ACCOUNT, "0x");
        }
    }

    @Test
    void keepsNothingOfAnAnswerThatIsSettled() {
        final String answer = accept(ACCOUNT, MessageKind.ANSWER, NEVER, approve(34));
        final String publication = accept(ACCOUNT, MessageKind.PUBLISH, NEVER, approve(35));
        assertTrue(steps.prepareNext());
        assertTrue(message(answer).callData.length > 0);
        assertTrue(attempts(answer).getFirst().signedTransaction.length > 0);
        finish(answer);
        finish(publication);
        assertEquals(0, message(answer).callData.length);
        assertEquals(0, attempts(answer).getFirst().signedTransaction.length);
        assertTrue(attempts(answer).getFirst().costWei.signum() > 0);
        assertTrue(message(publication).callData.length > 0);
        assertTrue(attempts(publication).getFirst().signedTransaction.length > 0);
    }

    @Test
    void triesAFailedAnswerAgainWithItsCall() {
        final ContractCall refused = contracts.claim(chain.deployment(), BigInteger.valueOf(1_000_000), ACCOUNT);
        final String resource = accept(ACCOUNT, MessageKind.ANSWER, NEVER, refused);
        relayer.work();
        assertEquals(RelayState.FAILED, message(resource).state);
        assertEquals(0, message(resource).callData.length);
        accept(resource, ACCOUNT, MessageKind.ANSWER, NEVER, approve(36));
        finish(resource);
    }

    @Test
    void replacesAStuckTransactionThoughTheBudgetIsSpent() {
        node.setAutomine(false);
        final String resource = accept(approve(21));
        relayer.work();
        assertEquals(RelayState.SENT, message(resource).state);
        spend(MessageKind.CONTRIBUTE, config.relayer().dailyBudget());
        until(() -> {
            relayer.work();
            return attempts(resource).size() == 2 && attempts(resource).getFirst().sentAt != null;
        });
        final String replacement = attempts(resource).getFirst().transactionHash;
        finish(resource);
        assertEquals(replacement, message(resource).transactionHash);
    }

    @Test
    void countsWhatIsNotMinedHoweverOldItIs() {
        node.setAutomine(false);
        final String old = accept(approve(22));
        assertTrue(steps.prepareNext());
        QuarkusTransaction.requiringNew().run(() -> {
            final RelayAttempt attempt = RelayAttempt.<RelayAttempt>listAll().getFirst();
            attempt.createdAt = attempt.createdAt.minusSeconds(25 * 3600);
            final BigInteger most = attempt.maxFeePerGas.multiply(BigInteger.valueOf(attempt.gasLimit));
            final BigInteger rest = config.relayer().dailyBudget().subtract(most);
            assertTrue(budget.covers(RelayBudget.Purpose.OTHERS, rest, Instant.now()));
            assertFalse(budget.covers(RelayBudget.Purpose.OTHERS, rest.add(BigInteger.ONE), Instant.now()));
        });
        QuarkusTransaction.requiringNew()
                .run(() -> RelayedMessage.ofResource(old).orElseThrow().state = RelayState.FINAL);
        assertTrue(QuarkusTransaction.requiringNew()
                .call(() -> budget.covers(
                        RelayBudget.Purpose.OTHERS, config.relayer().dailyBudget(), Instant.now())));
    }

    @Test
    void raisesTheFeesOfWhatNoNodeTakesOnlyIfTheyAreTooLow() {
        final String resource = accept(approve(23));
        assertTrue(steps.prepareNext());
        final String balance =
                node.call("eth_getBalance", key.address(), "latest").asText();
        node.call("hardhat_setBalance", key.address(), "0x0");
        try {
            final Instant overdue =
                    Instant.now().plus(config.relayer().replaceAfter()).plusSeconds(1);
            until(() -> {
                relayer.work();
                return Instant.now().isAfter(overdue);
            });
            assertEquals(1, attempts(resource).size());
            assertNull(attempts(resource).getFirst().sentAt);
            QuarkusTransaction.requiringNew()
                    .run(() -> RelayAttempt.<RelayAttempt>listAll()
                            .forEach(attempt -> attempt.maxFeePerGas = BigInteger.ONE));
            until(() -> {
                relayer.work();
                return attempts(resource).size() == 2;
            });
        } finally {
            node.call("hardhat_setBalance", key.address(), balance);
        }
        finish(resource);
    }

    /** As if that had been spent on one transaction today. */
    private void spend(MessageKind kind, BigInteger wei) {
        final String resource = accept(account(2), kind, NEVER, approve(20));
        QuarkusTransaction.requiringNew().run(() -> {
            final RelayedMessage message = RelayedMessage.ofResource(resource).orElseThrow();
            final RelayAttempt attempt = new RelayAttempt();
            attempt.messageId = message.id;
            attempt.relayer = ACCOUNT;
            attempt.nonce = message.id;
            attempt.transactionHash = resource;
            attempt.signedTransaction = new byte[0];
            attempt.maxFeePerGas = wei;
            attempt.priorityFeePerGas = BigInteger.ONE;
            attempt.gasLimit = 1;
            attempt.createdAt = message.createdAt;
            attempt.persist();
            message.sent(attempt, message.createdAt);
            message.state = RelayState.FINAL;
            message.settled = true;
        });
    }

    private String accept(String account, ContractCall call) {
        return accept(account, MessageKind.CLAIM, null, call);
    }

    @Test
    void goesOnThoughTheNodeCannotHandleTheFirstMessage() {
        final String poisoned = accept(new ContractCall("0x12", "0x12345678"));
        final String next = accept(approve(13));
        relayer.work();
        assertEquals(RelayState.SENT, message(next).state);
        assertEquals(RelayState.PLANNED, message(poisoned).state);
        assertTrue(message(poisoned).trouble.contains("eth_estimateGas"), message(poisoned).trouble);
        assertTrue(message(poisoned).dueAt.isAfter(message(poisoned).createdAt));
        finish(next);
    }

    @Test
    void goesOnThoughTheNodeCannotHandleTheFirstTransaction() {
        node.setAutomine(false);
        final String poisoned = accept(approve(14));
        assertTrue(steps.prepareNext());
        QuarkusTransaction.requiringNew().run(() -> {
            RelayedMessage.ofResource(poisoned).orElseThrow().relayer = "0x12";
            RelayAttempt.<RelayAttempt>listAll().forEach(attempt -> attempt.relayer = "0x12");
        });
        final String next = accept(approve(15));
        finish(next);
        assertEquals(RelayState.SENT, message(poisoned).state);
        assertTrue(message(poisoned).trouble.contains("eth_getTransactionCount"), message(poisoned).trouble);
    }

    @Test
    void keepsTheNonceOfAFailedMessageUntilThatIsFinal() {
        final TestProvider provider = market.providers(1).getFirst();
        final ContractCall call = register(provider, NEVER);
        final String resource = accept(provider.address(), MessageKind.REGISTER, NEVER, call);
        assertTrue(steps.prepareNext());
        final long nonce = message(resource).nonce;
        final String snapshot = node.snapshot();
        final String other = TestMarket.account(5).getAddress();
        node.call("eth_sendTransaction", Map.of("from", other, "to", call.to(), "data", call.data()));
        until(() -> {
            relayer.work();
            return message(resource).state == RelayState.FAILED;
        });
        assertFalse(message(resource).settled);
        final var refused = assertThrows(
                RelayLimitException.class,
                () -> accept(resource, provider.address(), MessageKind.REGISTER, NEVER, call));
        assertTrue(refused.getMessage().contains(message(resource).transactionHash));
        // A reorganisation undoes both: the message has its nonce still, and what comes after it does not wait for
        // ever.
        node.revert(snapshot);
        node.mine(3);
        final String next = accept(approve(12));
        finish(resource);
        finish(next);
        assertEquals(nonce, message(resource).nonce);
        assertEquals(nonce + 1, message(next).nonce);
    }

    @Test
    void sendsNothingForAnAccountThatHasGotCode() {
        final long before = transactions();
        final TestProvider provider = market.providers(1).getFirst();
        final String resource = accept(provider.address(), MessageKind.REGISTER, NEVER, register(provider, NEVER));
        node.call("hardhat_setCode", provider.address(), AGREEABLE_WALLET);
        relayer.work();
        final RelayedMessage message = message(resource);
        assertEquals(RelayState.FAILED, message.state);
        assertEquals("AccountHasCode(" + provider.address() + ")", message.failureDetail);
        assertTrue(message.settled);
        assertEquals(before, transactions());
    }

    @Test
    void losesLittleToAnAccountThatGetsCodeWhileItsTransactionWaits() {
        node.setAutomine(false);
        final TestProvider provider = market.providers(1).getFirst();
        final String resource = accept(provider.address(), MessageKind.REGISTER, NEVER, register(provider, NEVER));
        relayer.work();
        assertEquals(RelayState.SENT, message(resource).state);
        node.call("hardhat_setCode", provider.address(), BURNING_WALLET);
        until(() -> {
            node.mine(1);
            relayer.work();
            return message(resource).settled;
        });
        final RelayedMessage message = message(resource);
        assertEquals(RelayState.FAILED, message.state);
        assertTrue(message.gasUsed <= config.relayer().gasLimit().register(), "gas used: " + message.gasUsed);
    }

    @Test
    void sendsNothingThatExpiresBeforeItMayBeMined() {
        final long before = transactions();
        final BigInteger deadline = inMinutes(16);
        final TestProvider provider = market.providers(1).getFirst();
        final String resource =
                accept(provider.address(), MessageKind.REGISTER, deadline, register(provider, deadline));
        node.increaseTime(12 * 60);
        relayer.work();
        final RelayedMessage message = message(resource);
        assertEquals(RelayState.FAILED, message.state);
        assertEquals("DeadlineTooNear", message.failureError);
        assertTrue(message.failureDetail.contains(deadline.toString()));
        assertEquals(before, transactions());
    }

    @Test
    void withdrawsAStuckTransactionWhoseMessageExpires() {
        node.setAutomine(false);
        final long before = transactions();
        final BigInteger deadline = inMinutes(20);
        final TestProvider provider = market.providers(1).getFirst();
        final String resource =
                accept(provider.address(), MessageKind.REGISTER, deadline, register(provider, deadline));
        relayer.work();
        final String hash = message(resource).transactionHash;
        final String next = accept(approve(11));
        relayer.work();
        assertTrue(node.call("hardhat_dropTransaction", hash).asBoolean());
        node.increaseTime(17 * 60);
        until(() -> {
            relayer.work();
            return attempts(resource).getFirst().withdraws && attempts(resource).getFirst().sentAt != null;
        });
        finish(next);
        until(() -> {
            relayer.work();
            return message(resource).settled;
        });
        final RelayedMessage message = message(resource);
        assertEquals(RelayState.FAILED, message.state);
        assertEquals("Withdrawn", message.failureError);
        assertTrue(message.gasUsed < 22_000, "gas used: " + message.gasUsed);
        assertEquals(before + 2, transactions());
    }

    @Test
    void withdrawsWhatExpiresBeforeItIsFirstSentThoughItsFeesAreTheHighest() {
        node.setAutomine(false);
        final BigInteger deadline = inMinutes(20);
        final TestProvider provider = market.providers(1).getFirst();
        final String resource =
                accept(provider.address(), MessageKind.REGISTER, deadline, register(provider, deadline));
        assertTrue(steps.prepareNext());
        final String hash = message(resource).transactionHash;
        final BigInteger highest = config.relayer().maxFeePerGas();
        QuarkusTransaction.requiringNew()
                .run(() -> RelayAttempt.<RelayAttempt>listAll().forEach(attempt -> attempt.maxFeePerGas = highest));
        node.increaseTime(17 * 60);
        node.mine(1);
        until(() -> {
            relayer.work();
            return attempts(resource).getFirst().sentAt != null;
        });
        final RelayAttempt withdrawal = attempts(resource).getFirst();
        assertTrue(withdrawal.withdraws);
        assertEquals(highest.multiply(BigInteger.valueOf(5)).shiftRight(2), withdrawal.maxFeePerGas);
        assertTrue(node.call("eth_getTransactionByHash", hash).isNull());
        node.setAutomine(true);
        until(() -> {
            relayer.work();
            node.mine(1);
            return message(resource).settled;
        });
        assertEquals("Withdrawn", message(resource).failureError);
    }

    /** From now, by the chain's clock or ours, whichever is ahead; Unix seconds. */
    private BigInteger inMinutes(long minutes) {
        final long block = Long.decode(node.call("eth_getBlockByNumber", "latest", false)
                .get("timestamp")
                .asText());
        return BigInteger.valueOf(Math.max(block, System.currentTimeMillis() / 1000) + 60 * minutes);
    }

    @Test
    void sendsNothingThatNeedsMoreGasThanItsKindMay() {
        final long before = transactions();
        final String resource = accept(
                ACCOUNT, MessageKind.CLAIM, null, register(market.providers(1).getFirst(), NEVER));
        relayer.work();
        assertEquals(RelayState.FAILED, message(resource).state);
        assertEquals("GasAboveLimit", message(resource).failureError);
        assertEquals(before, transactions());
    }

    @Test
    void sendsNothingTwiceThoughManyInstancesWorkAtOnce() throws Exception {
        final long before = transactions();
        final List<String> resources = IntStream.range(0, 12)
                .mapToObj(i -> accept(account(i), MessageKind.CLAIM, null, approve(100 + i)))
                .toList();
        final List<Callable<Void>> instances = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            instances.add(() -> {
                relayer.work();
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(instances.size())) {
            for (Future<Void> done : threads.invokeAll(instances)) {
                done.get();
            }
        }
        resources.forEach(this::finish);
        assertEquals(before + resources.size(), transactions());
        final List<Long> nonces = resources.stream()
                .map(resource -> message(resource).nonce)
                .sorted()
                .toList();
        assertEquals(
                IntStream.range(0, resources.size()).mapToObj(i -> before + i).toList(), nonces);
    }

    private static String account(int index) {
        return String.format("0x%040x", 0xbb00 + index);
    }

    /** A cheap call of a real contract, different for every amount. */
    private ContractCall approve(long amount) {
        final Function function = new Function(
                "approve", List.of(new Address(ACCOUNT), new Uint256(BigInteger.valueOf(amount))), List.of());
        return new ContractCall(chain.deployment().token(), FunctionEncoder.encode(function));
    }

    private ContractCall register(TestProvider provider, BigInteger deadline) {
        final var registration = provider.registration();
        return contracts.register(
                chain.deployment(),
                registration.statement(),
                registration.proof(),
                provider.authorize(registration.statement(), registration.proof(), deadline));
    }

    private String accept(ContractCall call) {
        return accept(ACCOUNT, MessageKind.CLAIM, null, call);
    }

    private String accept(String account, MessageKind kind, BigInteger deadline, ContractCall call) {
        final String resource = "test/" + UUID.randomUUID();
        accept(resource, account, kind, deadline, call);
        return resource;
    }

    private void acceptAgain(String resource, ContractCall call) {
        accept(resource, ACCOUNT, MessageKind.CLAIM, null, call);
    }

    private void accept(String resource, String account, MessageKind kind, BigInteger deadline, ContractCall call) {
        final var message = new Outbox.Message(resource, "0x01", account, kind, deadline, isGranted(kind), call);
        QuarkusTransaction.requiringNew().run(() -> outbox.accept(message));
    }

    /** As if all campaigns had granted budgets. */
    private static boolean isGranted(MessageKind kind) {
        return kind != MessageKind.REGISTER && kind != MessageKind.JOIN;
    }

    /** Works and mines until the message is final. */
    private void finish(String resource) {
        node.setAutomine(true);
        until(() -> {
            relayer.work();
            node.mine(1);
            return message(resource).state == RelayState.FINAL;
        });
    }

    private static void until(BooleanSupplier condition) {
        final long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) {
                throw new AssertionError("did not come about; the outbox: " + outboxAsText());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static List<String> outboxAsText() {
        return QuarkusTransaction.requiringNew()
                .call(() -> RelayedMessage.<RelayedMessage>listAll().stream()
                        .map(m -> m.resource + " " + m.state + " " + m.trouble + " " + m.failureDetail)
                        .toList());
    }

    private static RelayedMessage message(String resource) {
        return QuarkusTransaction.requiringNew()
                .call(() -> RelayedMessage.ofResource(resource).orElseThrow());
    }

    /** Newest first. */
    private static List<RelayAttempt> attempts(String resource) {
        return QuarkusTransaction.requiringNew()
                .call(() -> RelayAttempt.of(RelayedMessage.ofResource(resource).orElseThrow()));
    }

    private long transactions() {
        return Long.decode(
                node.call("eth_getTransactionCount", key.address(), "latest").asText());
    }
}
