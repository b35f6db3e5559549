package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.zkml.api.cli.FederatedRoundsTest.names;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.ChainConfig;

/** The sale of a model's answers by commands alone: a real chain, a real server that sells, a buyer that believes neither. */
@QuarkusTest
@TestProfile(DeployedByCommandLine.class)
class InferenceSaleTest {

    @Inject
    ChainConfig config;

    @TestHTTPResource
    URI server;

    @Test
    void sellsFromListingToClaim() throws IOException {
        final Sale sale = Sale.of("sale", config.rpcUrl(), server);
        showsWhatIsOnSale(sale);
        final BigInteger before = balance(sale.buyer);
        final String pass = sale.buy(0);
        final Path rows = sale.rows("rows.csv", 5);
        final Path answers = sale.buyer.workspace().resolve("answers.csv");

        final List<JsonNode> events = sale.ask(rows, pass, "--batch", 2, "--out", answers);
        assertEquals(List.of("AnswerVerified", "AnswerVerified", "AnswerVerified", "finished"), names(events));
        assertEquals(5, events.getLast().get("count").asInt());
        final List<String> lines = Files.readAllLines(answers);
        assertEquals(6, lines.size());
        assertTrue(lines.get(1).matches("1,0\\.[0-9]+,[0-9]+,2,0x[0-9a-f]{64}"), lines.get(1));

        assertEquals(
                List.of("finished"), names(sale.ask(rows, pass, "--out", answers)), "the same rows cost nothing twice");
        assertEquals(lines, Files.readAllLines(answers));
        for (int count : new int[] {2, 4, 5}) {
            final CommandLine.Run verified = sale.verify(sale.answer(pass, count));
            assertEquals(0, verified.exitCode(), verified.err());
            assertEquals("AnswerVerified", verified.json().get("event").asText());
        }
        isPaid(sale, pass, before);
        waitsForProofsAfterwards(sale);
        provesMetrics(sale.federation.providers.get("b"), sale.model);
        getsTheRestBack(sale, pass);
    }

    private static void showsWhatIsOnSale(Sale sale) {
        final JsonNode models = sale.buyer.done("models").get("models");
        final JsonNode offered = models.get(models.size() - 1);
        assertEquals(sale.model, offered.get("modelId").asText());
        assertEquals(21, offered.get("points").asInt());
        assertEquals(
                "1000000000000000000", offered.get("tiers").get(0).get("price").asText());
        assertEquals(10, offered.get("tiers").get(1).get("price").asInt());
    }

    private static BigInteger balance(CommandLine who) {
        return new BigInteger(who.done("status").get("balance").asText());
    }

    /** Half of the rows of a pass for a token: half a token, a fifth for the owner, the rest by points, to the unit. */
    private static void isPaid(Sale sale, String pass, BigInteger before) {
        final JsonNode redeemed =
                sale.owner.done("redeem", "--pass", pass).get("redeemed").get(0);
        assertEquals(pass, redeemed.get("passId").asText());
        assertEquals(5, redeemed.get("count").asInt());
        assertEquals("500000000000000000", redeemed.get("released").asText());
        assertTrue(sale.owner.done("redeem", "--pass", pass).get("redeemed").isEmpty(), "nothing is redeemed twice");

        final BigInteger ownerShare = new BigInteger("100000000000000000");
        final BigInteger share = new BigInteger("400000000000000000").divide(BigInteger.valueOf(3));
        final JsonNode payout = sale.buyer.done("payouts").get("items");
        final JsonNode last = payout.get(payout.size() - 1);
        assertEquals(share.toString(), last.get("claimable").asText(), last.toString());
        assertTrue(last.get("formula").asText().startsWith("floor(7 points * "), last.toString());
        for (String name : List.of("a", "b", "c")) {
            final JsonNode claimed = sale.federation
                    .providers
                    .get(name)
                    .done("claim", "--campaign", sale.model, "--direct")
                    .get("revenue");
            assertEquals(share.toString(), claimed.get("amount").asText());
            assertTrue(claimed.get("claimed").asBoolean());
        }
        final JsonNode owner =
                sale.owner.done("claim", "--campaign", sale.model, "--direct").get("revenue");
        assertEquals(ownerShare.toString(), owner.get("amount").asText());
        assertEquals(before.subtract(new BigInteger("1000000000000000000")).add(share), balance(sale.buyer));
        assertFalse(sale.buyer
                .done("claim", "--campaign", sale.model, "--direct")
                .get("revenue")
                .get("claimed")
                .asBoolean());
    }

    /** Some rows ahead of their proofs, and more at once than the server proves while the buyer waits, those of before among them. */
    private static void waitsForProofsAfterwards(Sale sale) throws IOException {
        final String pass = sale.buy(2);
        final List<JsonNode> ahead = sale.ask(sale.rows("ahead.csv", 6), pass, "--batch", 1, "--unproved", 4);
        assertEquals(7, ahead.size());
        final List<JsonNode> many = sale.ask(sale.rows("many.csv", 20), pass, "--batch", 20, "--again");
        assertEquals(List.of("AnswerVerified", "finished"), names(many));
        assertEquals(26, many.getLast().get("count").asInt());
    }

    /** Of the provider's own rows, three of seven being ill: what the chain stores is what the tool computed, or it would not verify. */
    private static void provesMetrics(CommandLine provider, String model) {
        final JsonNode baseRate = provider.done("metric", "prove", "--campaign", model, "--base-rate", "--yes");
        assertEquals(3, baseRate.get("hits").asInt(), baseRate.toString());
        final JsonNode metric = provider.done("metric", "prove", "--campaign", model, "--yes");
        assertEquals(7, metric.get("rows").asInt());
        assertTrue(metric.get("hits").asInt() >= 6, metric.toString());
        assertTrue(metric.get("meanSquaredError").asDouble() < 0.25, metric.toString());
        assertTrue(provider.done("metric", "prove", "--campaign", model, "--yes")
                .get("repeated")
                .asBoolean());
    }

    private static void getsTheRestBack(Sale sale, String pass) {
        final CommandLine.Run early = sale.buyer.run("pass", "close", pass);
        assertEquals(4, early.exitCode());
        assertTrue(early.err().contains("PassNotOver"), early.err());
        sale.federation.passSeconds(5 * 86_400L);
        final JsonNode closed = sale.buyer.done("pass", "close", pass);
        assertEquals("500000000000000000", closed.get("refund").asText());
        assertTrue(sale.buyer.done("pass", "close", pass).get("repeated").asBoolean());
        final CommandLine.Run late = sale.tryToAsk(sale.federation.rows, pass);
        assertEquals(4, late.exitCode(), late.err());
        assertTrue(late.err().contains("is closed"), late.err());
    }
}
