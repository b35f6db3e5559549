package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Hex;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.InferenceContract;
import org.zkml.prover.cli.chain.SessionKey;
import org.zkml.prover.cli.chain.TransactionSender;
import org.zkml.prover.vault.Vault;

/** Purchases and redemptions that did not come to their end: the next run finds out what became of them. */
@QuarkusTest
@TestProfile(DeployedByCommandLine.class)
class InterruptedSaleTest {

    private static final int FREE = 2;
    private static final int FOR_LONG = 3;
    private static final int ADDRESS_BYTES = 20;

    private Sale sale;

    @Inject
    ChainConfig config;

    @TestHTTPResource
    URI server;

    @BeforeEach
    void open() throws IOException {
        sale = Sale.shared(config.rpcUrl(), server);
    }

    private String account() {
        return Federation.account(sale.buyer);
    }

    /** Of the buyer's next transaction. */
    private long nonce() {
        return Long.decode(sale.federation
                .node()
                .call("eth_getTransactionCount", account(), "latest")
                .asText());
    }

    private long passes() {
        try (Chain chain = Chain.at(sale.federation.rpc())) {
            return new InferenceContract(chain, sale.deployment.inferenceMarket())
                    .passes()
                    .longValueExact();
        }
    }

    /** As a purchase leaves the vault that is interrupted after it was sent. @return the key's address */
    private Address interrupt(byte[] secret, long passes, long nonce) {
        final Address key = SessionKey.of(secret).address();
        try (Vault vault = Federation.vault(sale.buyer)) {
            vault.put("sessions/" + Hex.of(key.toBytes()), secret);
            vault.put(
                    "sessions/purchase",
                    ByteBuffer.allocate(ADDRESS_BYTES + 2 * Long.BYTES)
                            .put(key.toBytes())
                            .putLong(passes)
                            .putLong(nonce)
                            .array());
            vault.save();
        }
        return key;
    }

    private JsonNode buy() {
        return sale.buyer.done("pass", "buy", "--model", sale.model, "--tier", FOR_LONG, "--yes");
    }

    /** The owner sees the purchase before it is mined, and is first. */
    private void buyAsOwner(Address key) {
        final JsonNode models = sale.owner.done("models").get("models");
        final String quote = StreamSupport.stream(models.spliterator(), false)
                .filter(model -> model.get("modelId").asText().equals(sale.model))
                .findFirst()
                .orElseThrow()
                .get("tiers")
                .get(FOR_LONG)
                .get("quote")
                .asText();
        try (Chain chain = Chain.at(sale.federation.rpc())) {
            final TransactionSender sender = Federation.sender(chain, Federation.identity(sale.owner));
            new InferenceContract(chain, sale.deployment.inferenceMarket())
                    .buyPass(
                            sender,
                            new BigInteger(sale.model),
                            FOR_LONG,
                            HexFormat.of().parseHex(quote.substring(2)),
                            key,
                            sender.nextNonce());
        }
    }

    @Test
    void takesNoPassOfSomebodyElseForItsOwnAndForgetsNothingThatIsUnderWay() {
        final long before = passes();
        final long nonce = nonce();
        final Address key = interrupt(SessionKey.drawSecret(), before, nonce);
        buyAsOwner(key);
        final CommandLine.Run underWay;
        sale.federation.node().setAutomine(false);
        try {
            sale.federation.node().call("hardhat_impersonateAccount", account());
            sale.federation
                    .node()
                    .call("eth_sendTransaction", Map.of("from", account(), "to", account(), "gas", "0x5208"));
            underWay = sale.buyer.run("pass", "buy", "--model", sale.model, "--tier", FOR_LONG, "--yes");
        } finally {
            sale.federation.node().mine(1);
            sale.federation.node().setAutomine(true);
        }
        assertEquals(7, underWay.exitCode(), underWay.err());
        assertTrue(underWay.err().contains("the account's transaction " + nonce + " is not mined yet"), underWay.err());

        final JsonNode bought = buy();
        assertFalse(bought.get("repeated").asBoolean(), "its transaction was another, the pass of its key another's");
        assertEquals(account(), bought.get("buyer").asText());
        assertNotEquals(key.toString(), bought.get("sessionKey").asText());
    }

    @Test
    void buysWithTheSameKeyWhatTheNodeDoesNotKnow() {
        final Address key = interrupt(SessionKey.drawSecret(), passes(), nonce());
        final JsonNode bought = buy();
        assertFalse(bought.get("repeated").asBoolean());
        assertEquals(key.toString(), bought.get("sessionKey").asText());
    }

    @Test
    void buysNothingWhileAPurchaseThatTheNodeLostCanStillBeMined() {
        final Address key = interrupt(SessionKey.drawSecret(), passes(), nonce() + 2);
        final long before = passes();
        final CommandLine.Run refused =
                sale.buyer.run("pass", "buy", "--model", sale.model, "--tier", FOR_LONG, "--yes");
        assertEquals(7, refused.exitCode(), refused.err());
        assertTrue(refused.err().contains("as its transaction " + (nonce() + 2)), refused.err());
        assertEquals(before, passes());
        sale.federation.node().call("hardhat_impersonateAccount", account());
        for (int i = 0; i < 2; i++) {
            sale.federation
                    .node()
                    .call("eth_sendTransaction", Map.of("from", account(), "to", account(), "gas", "0x5208"));
        }
        assertEquals(key.toString(), buy().get("sessionKey").asText());
        assertEquals(before + 1, passes());
    }

    @Test
    void findsThePassOfAnInterruptedPurchase() throws IOException {
        final long before = passes();
        final long nonce = nonce();
        final byte[] secret = SessionKey.drawSecret();
        interrupt(secret, before, nonce);
        final JsonNode bought = buy();
        final String pass = bought.get("passId").asText();
        Files.delete(sale.record(pass, "pass.json"));
        interrupt(secret, before + 3, nonce); // a reorganisation has moved it down
        final CommandLine.Run other = sale.buyer.run("pass", "buy", "--model", 9999, "--yes");
        assertEquals(4, other.exitCode(), "a pass for another model is none for this");
        assertTrue(
                other.err().contains("Pass " + pass + " of model " + sale.model + " was bought before"), other.err());
        assertEquals(pass, other.events().getFirst().get("passId").asText());
        assertTrue(Files.exists(sale.record(pass, "pass.json")));
        interrupt(secret, before, nonce);
        final JsonNode found = buy();
        assertTrue(found.get("repeated").asBoolean());
        assertEquals(pass, found.get("passId").asText());
        assertFalse(buy().get("repeated").asBoolean());
    }

    /** The server names one redemption twice: the second is refused. */
    @Test
    void redeemsAllThatCanBeRedeemedFirstWhatEndsFirst() throws IOException {
        final String longer = sale.buy(FOR_LONG);
        final String shorter = sale.buy(FREE);
        for (String pass : List.of(longer, shorter)) {
            sale.ask(sale.rows("redeemed.csv", 1), pass);
        }
        try (LyingSeller proxy = new LyingSeller(server)) {
            proxy.lies(page -> {
                final JsonNode one = item(page, longer);
                final JsonNode two = item(page, shorter);
                final ArrayNode items = page.putArray("items");
                items.add(one).add(one).add(two);
            });
            final CommandLine.Run run = sale.owner.run("redeem", "--endpoint", proxy.url());
            assertEquals(4, run.exitCode(), run.err());
            assertTrue(run.err().contains("CountOutOfRange"), run.err());
            final JsonNode redeemed = run.events().getFirst().get("redeemed");
            assertEquals(
                    List.of(shorter, longer),
                    StreamSupport.stream(redeemed.spliterator(), false)
                            .map(one -> one.get("passId").asText())
                            .toList());
        }
    }

    private static JsonNode item(JsonNode page, String pass) {
        return StreamSupport.stream(page.get("items").spliterator(), false)
                .filter(item -> item.get("passId").asText().equals(pass))
                .findFirst()
                .orElseThrow();
    }
}
