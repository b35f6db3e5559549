package org.zkml.prover.cli.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.ExitCode;
import org.zkml.prover.cli.HardhatNode;
import org.zkml.prover.cli.Identity;
import org.zkml.prover.vault.Vault;

/** Transactions that nobody mines for a while. */
class TransactionSenderTest {

    private static final Address CONTRACT = Address.of(BigInteger.valueOf(0xc0ffee));
    private static final String PASSPHRASE = "correct horse battery staple";
    private static final BigInteger FEE = BigInteger.valueOf(200_000_000_000L);

    @TempDir
    private Path folder;

    private HardhatNode node;
    private Chain chain;
    private Vault vault;
    private Identity identity;
    private Address account;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        node = HardhatNode.start(folder.resolve("node.log"));
        chain = Chain.at(node.url());
        final byte[] key = new byte[32];
        key[31] = 7;
        identity = new Identity(key, key, new byte[64]);
        account = Address.parse(Credentials.create(ECKeyPair.create(key)).getAddress());
        node.fund(account);
        node.call("hardhat_setCode", CONTRACT.toString(), "0x00");
        vault = Vault.create(folder.resolve("vault"), PASSPHRASE.toCharArray());
    }

    @AfterEach
    void stop() {
        vault.close();
        chain.close();
        node.close();
    }

    /** The process ends, and another one begins. */
    private void restart() {
        vault.close();
        vault = Vault.open(folder.resolve("vault"), PASSPHRASE.toCharArray());
    }

    /** Does not wait for long. */
    private TransactionSender sender(BigInteger highest) {
        return sender(highest, vault, Duration.ofMillis(300));
    }

    private TransactionSender sender(BigInteger highest, Vault memory, Duration patience) {
        return new TransactionSender(chain, identity, memory, highest, told::add, patience);
    }

    private long sent() {
        return Long.decode(node.call("eth_getTransactionCount", account.toString(), "pending")
                .asText());
    }

    private JsonNode pending() {
        return node.call("eth_getBlockByNumber", "pending", true).get("transactions");
    }

    private static void requireNotMined(TransactionSender sender, String data) {
        final CommandException failure = assertThrows(CommandException.class, () -> sender.send(CONTRACT, data));
        assertEquals(ExitCode.IO, failure.exitCode());
        assertTrue(failure.getMessage().contains("is not mined after"), failure.getMessage());
    }

    @Test
    void sendsWithTheNonceThatWasAgreedOrNotAtAll() {
        final BigInteger agreed = sender(FEE).nextNonce();
        sender(FEE).send(CONTRACT, "0x01"); // another process of the same account
        final CommandException refused =
                assertThrows(CommandException.class, () -> sender(FEE).call(CONTRACT, "0x02", agreed));
        assertEquals(ExitCode.CONFLICT, refused.exitCode(), refused.getMessage());
        assertTrue(refused.getMessage().contains("was to be " + agreed + ", and is "), refused.getMessage());
        assertEquals(agreed.longValueExact() + 1, sent());
        sender(FEE).call(CONTRACT, "0x02", agreed.add(BigInteger.ONE));
        assertEquals(agreed.longValueExact() + 2, sent());
    }

    @Test
    void theSameCallTakesThePlaceOfTheFirstAtAHigherFee() {
        node.call("evm_setAutomine", false);
        final TransactionSender sender = sender(FEE);
        requireNotMined(sender, "0x01");
        final BigInteger first = fee(pending().get(0));
        requireNotMined(sender, "0x01");
        assertEquals(1, sent());
        assertEquals(1, pending().size());
        assertTrue(
                fee(pending().get(0)).multiply(BigInteger.TEN).compareTo(first.multiply(BigInteger.valueOf(11))) > 0);
        node.call("evm_mine");
        node.call("evm_setAutomine", true);
        final String mined = node.call("eth_getBlockByNumber", "latest", true)
                .get("transactions")
                .get(0)
                .get("hash")
                .asText();
        assertEquals(mined, sender.send(CONTRACT, "0x01").transactionHash());
        assertEquals(1, sent());
        sender.send(CONTRACT, "0x01"); // done, so this is another one
        assertEquals(2, sent());
    }

    @Test
    void anotherCallBringsOnWhatItHasToWaitFor() {
        node.call("evm_setAutomine", false);
        final TransactionSender sender = sender(FEE);
        requireNotMined(sender, "0x01");
        final BigInteger first = fee(pending().get(0));
        requireNotMined(sender, "0x02");
        assertEquals(2, sent());
        assertEquals("0x01", pending().get(0).get("input").asText());
        assertTrue(fee(pending().get(0)).compareTo(first) > 0);
    }

    @Test
    void waitsForWhatItMayNotPayMoreFor() {
        node.call("evm_setAutomine", false);
        final JsonNode latest = node.call("eth_getBlockByNumber", "latest", false);
        final BigInteger base =
                new BigInteger(latest.get("baseFeePerGas").asText().substring(2), 16);
        final BigInteger tip =
                new BigInteger(node.call("eth_maxPriorityFeePerGas").asText().substring(2), 16);
        final TransactionSender sender = sender(base.add(tip));
        requireNotMined(sender, "0x01");
        final String hash = pending().get(0).get("hash").asText();
        requireNotMined(sender, "0x01");
        assertEquals(hash, pending().get(0).get("hash").asText());
        assertTrue(told.getLast().contains("a higher fee is not allowed"), told.getLast());
    }

    /** The account has just enough for the first offer. */
    @Test
    void waitsForWhatItCannotPayMoreFor() {
        node.call("evm_setAutomine", false);
        final TransactionSender sender = sender(FEE);
        requireNotMined(sender, "0x01");
        final JsonNode first = pending().get(0);
        final BigInteger cost = fee(first).multiply(number(first.get("gas")));
        node.call("hardhat_setBalance", account.toString(), "0x" + cost.toString(16));
        requireNotMined(sender, "0x01");
        requireNotMined(sender, "0x01");
        assertEquals(first.get("hash"), pending().get(0).get("hash"));
        node.call("evm_mine");
        assertEquals(first.get("hash").asText(), sender.send(CONTRACT, "0x01").transactionHash());
    }

    @Test
    void sendsSeveralAndThenWaits() {
        node.call("evm_setAutomine", false);
        final TransactionSender sender = sender(FEE, vault, Duration.ofHours(1));
        final Pending first = sender.submit(CONTRACT, "0x01");
        final JsonNode offered = pending().get(0);
        final Pending second = sender.submit(CONTRACT, "0x02");
        assertEquals(2, sent());
        assertEquals(
                offered.get("hash"), pending().get(0).get("hash"), "the fee of what is under way was raised at once");
        node.call("evm_mine");
        assertEquals(first.await().block(), second.await().block());
    }

    @Test
    void whoeverIsInterruptedGoesOnWithWhatIsUnderWay() {
        node.call("evm_setAutomine", false);
        requireNotMined(sender(FEE), "0x01");
        sender(FEE).submit(CONTRACT, "0x02");
        final JsonNode second = pending().get(1);
        final BigInteger first = fee(pending().get(0));
        restart();
        final Pending again = sender(FEE, vault, Duration.ZERO).submit(CONTRACT, "0x01");
        assertEquals(2, sent());
        assertTrue(fee(pending().get(0)).compareTo(first) > 0);
        assertEquals(second.get("hash"), pending().get(1).get("hash"));
        final String raised = pending().get(0).get("hash").asText();
        node.call("evm_mine");
        assertEquals(raised, again.await().transactionHash());
    }

    @Test
    void doesAgainWhatWasMinedForAnEarlierProcess() {
        node.call("evm_setAutomine", false);
        requireNotMined(sender(FEE), "0x01");
        node.call("evm_mine");
        restart();
        node.call("evm_setAutomine", true);
        sender(FEE).send(CONTRACT, "0x01"); // whoever does not want that looks at the chain first
        assertEquals(2, sent());
        assertTrue(vault.names().isEmpty(), vault.names().toString());
    }

    @Test
    void waitsForAnotherProgramsTransactionsAndReplacesNone() {
        node.call("evm_setAutomine", false);
        sender(FEE).submit(CONTRACT, "0x01");
        final JsonNode others = pending().get(0);
        try (Vault another = Vault.create(folder.resolve("another"), PASSPHRASE.toCharArray())) {
            sender(FEE, another, Duration.ZERO).submit(CONTRACT, "0x02");
        }
        assertEquals(others.get("hash"), pending().get(0).get("hash"));
        assertEquals(2, sent());
        assertTrue(told.stream().anyMatch(line -> line.contains("not from this workspace: 1;")), told.toString());
    }

    /** A node that is out of order at the wrong moment, or a process that ends then. */
    @Test
    void sendsAgainAtOnceWhatTheNodeNeverGot() {
        node.call("evm_setAutomine", false);
        final TransactionSender sender = sender(FEE, vault, Duration.ofHours(1));
        sender.submit(CONTRACT, "0x01");
        final String hash = pending().get(0).get("hash").asText();
        node.call("hardhat_dropTransaction", hash);
        assertEquals(0, pending().size());
        sender.submit(CONTRACT, "0x01");
        assertEquals(hash, pending().get(0).get("hash").asText());
        node.call("hardhat_dropTransaction", hash);
        restart();
        final Pending again = sender(FEE, vault, Duration.ofHours(1)).submit(CONTRACT, "0x01");
        assertEquals(hash, pending().get(0).get("hash").asText());
        node.call("evm_mine");
        assertEquals(hash, again.await().transactionHash());
    }

    @Test
    void bringsNothingBackThatTheNodeHasDroppedButByTheSameCall() {
        node.call("evm_setAutomine", false);
        requireNotMined(sender(FEE), "0x01");
        node.call("hardhat_dropTransaction", pending().get(0).get("hash").asText());
        sender(FEE).submit(CONTRACT, "0x02");
        assertEquals(1, pending().size());
        assertEquals("0x02", pending().get(0).get("input").asText());
    }

    /** As a chain does that was begun anew. */
    @Test
    void forgetsWhatTheNodeHasLost() {
        final Object snapshot = node.call("evm_snapshot").asText();
        sender(FEE).send(CONTRACT, "0x01");
        node.call("evm_setAutomine", false);
        requireNotMined(sender(FEE), "0x02");
        node.call("evm_revert", snapshot);
        restart();
        requireNotMined(sender(FEE), "0x03");
        assertEquals(1, pending().size());
        assertEquals("0x03", pending().get(0).get("input").asText());
    }

    private static BigInteger fee(JsonNode transaction) {
        return number(transaction.get("maxFeePerGas"));
    }

    private static BigInteger number(JsonNode quantity) {
        return new BigInteger(quantity.asText().substring(2), 16);
    }
}
