package org.zkml.api.v1;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.zkml.api.v1.Api.CAMPAIGNS;
import static org.zkml.api.v1.Api.CONTRIBUTIONS;
import static org.zkml.api.v1.Api.post;
import static org.zkml.api.v1.Api.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zkml.api.Await;
import org.zkml.api.OnMarket;
import org.zkml.api.v1.Letters.Writer;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.relay.RelayedMessage;
import org.zkml.backend.market.TestAggregators;
import org.zkml.backend.market.TestMarket;
import org.zkml.backend.market.TestProvider;
import org.zkml.backend.market.TestProvider.Contribution;
import org.zkml.prover.averaging.ShareAnswer;
import org.zkml.prover.envelope.MessageKind;

/** Shares that the server brings to the chain for providers without ether: encrypted, and in clear where they are disputed. */
@QuarkusTest
@OnMarket
class ShareRelayTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Writer OWNER = Writer.of(TestMarket.account(0));
    private static final Writer AGGREGATOR = Writer.of(TestMarket.account(1));

    @Inject
    ChainConfig config;

    private TestMarket market;
    private Letters letters;

    @Test
    void bringsSharesToTheChainOnceAndOnlyWhereThatHelps() {
        market = TestMarket.at(
                config.rpcUrl().toString(), config.deploymentFile().orElseThrow());
        final List<TestProvider> providers = market.providers(3);
        final BigInteger campaign = market.open(providers);
        Seats.take(providers, campaign);
        letters = new Letters(market, campaign);
        final Writer provider = Writer.of(providers.getFirst());
        problem(post(path(0, "shares"), share(provider)), 422, "not-relayed")
                .body("detail", containsString("has no contribution in round 0"));

        final List<Contribution> contributions =
                providers.stream().map(one -> one.contribution(campaign)).toList();
        final long before = granted();
        contributions.subList(0, 2).forEach(one -> Await.relayed(post(CONTRIBUTIONS, Requests.of(one))));
        assertEquals(before + 2, granted());
        // A campaign that anybody can open uses another part of the gas.
        setBudget(campaign, BigInteger.ZERO);
        Await.relayed(post(CONTRIBUTIONS, Requests.of(contributions.getLast())));
        assertEquals(before + 2, granted());
        setBudget(campaign, BigInteger.ONE);
        final ObjectNode published = publishes(provider, Writer.of(providers.getLast()));

        final TestAggregators aggregators = new TestAggregators(market, campaign);
        final ObjectNode answer = answer(provider, aggregators.answer(contributions.getFirst(), 1));
        problem(post(path(0, "answers"), answer), 422, "not-relayed")
                .body("detail", containsString("aggregator 1 has not disputed"));
        market.node().increaseTime(86_400 + 1_800);
        aggregators.dispute(contributions.getFirst(), 1);
        answers(provider, answer, aggregators.answer(contributions.getFirst(), 0));

        final ObjectNode late = share(Writer.of(providers.get(1)));
        pass(secondsTo("share") - 90);
        problem(post(path(0, "shares"), late), 422, "not-relayed")
                .body("detail", containsString("the server sends only what has 180 seconds"));
        pass(secondsTo("share") + 1);
        Await.until(
                () -> get(CAMPAIGNS + "/" + campaign + "/rounds").then().body("items[0].state", equalTo("averaging")));
        problem(post(path(0, "shares"), late), 422, "not-relayed")
                .body("detail", containsString("can be disputed no more"));
        post(path(0, "shares"), published).then().statusCode(200);
        post(path(0, "answers"), answer).then().statusCode(200);
    }

    private void pass(long seconds) {
        market.node().increaseTime(seconds);
        market.node().call("evm_mine");
    }

    /** By the chain's clock. */
    private long secondsTo(String deadline) {
        final String time = get(CAMPAIGNS + "/" + letters.campaign()).path("deadlines." + deadline);
        final String block = market.node()
                .call("eth_getBlockByNumber", "latest", false)
                .get("timestamp")
                .asText();
        return Instant.parse(time).getEpochSecond() - Long.decode(block);
    }

    /** @return what is published */
    private ObjectNode publishes(Writer provider, Writer other) {
        final long before = relayedTransactions();
        problem(post(CAMPAIGNS + "/999999/rounds/0/shares", share(provider)), 404, "not-found");
        problem(post(path(1, "shares"), share(provider)), 422, "not-in-campaign");
        problem(post(path(0, "shares"), share(AGGREGATOR)), 422, "not-in-campaign");
        problem(post(path(0, "shares"), share(provider).put("aggregator", other.address())), 422, "not-in-campaign");
        problem(post(path(0, "shares"), share(provider).put("aggregator", OWNER.address())), 422, "signature-rejected");
        problem(post(path(0, "shares"), share(provider).put("envelope", "0x00")), 400, "malformed-request")
                .body("field", equalTo("envelope"));
        get(path(0, "shares") + "/" + provider.address() + "/1").then().statusCode(404);
        assertEquals(before, relayedTransactions());

        final ObjectNode share = share(provider);
        final Response first = post(path(0, "shares"), share);
        first.then().statusCode(202).header("Location", endsWith(path(0, "shares") + "/" + provider.address() + "/1"));
        final Response again = post(path(0, "shares"), share);
        again.then().statusCode(200).body("id", equalTo(first.path("id")));
        final String transaction = Await.relayed(first)
                .body("aggregatorIndex", equalTo(1))
                .body("gasUsed", notNullValue())
                .extract()
                .path("transactionHash");
        Await.until(() -> get("/api/v1/audit/events?campaign=" + letters.campaign() + "&name=SharePublished")
                .then()
                .body("items", hasSize(1))
                .body("items[0].transactionHash", equalTo(transaction))
                .body(
                        "items[0].arguments.envelope",
                        equalTo(share.get("envelope").asText()))
                .body(
                        "items[0].arguments.signature",
                        equalTo(share.get("signature").asText())));
        problem(post(path(0, "shares"), share(provider)), 409, "conflict")
                .body("existing", equalTo(path(0, "shares") + "/" + provider.address() + "/1"));
        assertEquals(before + 1, relayedTransactions());
        return share;
    }

    private void answers(Writer provider, ObjectNode answer, ShareAnswer other) {
        final String rounds = CAMPAIGNS + "/" + letters.campaign() + "/rounds";
        Await.until(() -> get(rounds).then().body("items[0].disputes", hasSize(1)));
        final long before = relayedTransactions();
        final String share = answer.get("share").asText();
        problem(
                        post(
                                path(0, "answers"),
                                answer.deepCopy().put("share", share.substring(0, share.length() - 2))),
                        422,
                        "not-relayed")
                .body("detail", containsString("bytes for 2^2 values"));
        problem(
                post(path(0, "answers"), answer.deepCopy().put("share", "0x" + "f".repeat(share.length() - 2))),
                422,
                "not-relayed");
        problem(post(path(0, "answers"), answer(provider, other).put("aggregatorIndex", 1)), 422, "refused-by-contract")
                .body("error", equalTo("ShareOpeningFalse"));
        problem(post(path(0, "answers"), answer.deepCopy().put("aggregatorIndex", -1)), 400, "malformed-request")
                .body("field", equalTo("aggregatorIndex"));
        assertEquals(before, relayedTransactions());

        final Response first = post(path(0, "answers"), answer);
        first.then().statusCode(202);
        post(path(0, "answers"), answer).then().statusCode(200).body("id", equalTo(first.path("id")));
        final String transaction = Await.relayed(first).extract().path("transactionHash");
        Await.until(() -> get(rounds).then().body("items[0].disputes[0].answeredBy", equalTo(transaction)));
        assertEquals(before + 1, relayedTransactions());
        QuarkusTransaction.requiringNew().run(() -> {
            final List<RelayedMessage> sent =
                    RelayedMessage.list("kind", org.zkml.backend.chain.relay.MessageKind.ANSWER);
            assertEquals(
                    List.of(0), sent.stream().map(one -> one.callData.length).toList());
            assertNotNull(sent.getFirst().deadline);
        });
    }

    private String path(int round, String collection) {
        return CAMPAIGNS + "/" + letters.campaign() + "/rounds/" + round + "/" + collection;
    }

    /** Sealed anew at each call, for the second aggregator. */
    private ObjectNode share(Writer provider) {
        final ObjectNode letter = letters.letter(0, MessageKind.SHARE, provider, AGGREGATOR.address());
        return MAPPER.createObjectNode()
                .put("provider", provider.address())
                .put("aggregator", AGGREGATOR.address())
                .put("envelope", letter.get("envelope").asText())
                .put("signature", letter.get("signature").asText());
    }

    private static ObjectNode answer(Writer provider, ShareAnswer answer) {
        final ObjectNode body = MAPPER.createObjectNode()
                .put("provider", provider.address())
                .put("aggregatorIndex", answer.aggregator())
                .put("share", Hex.of(answer.share().encode()));
        body.putObject("quotient")
                .put("x", answer.quotient().x().toString())
                .put("y", answer.quotient().y().toString());
        return body;
    }

    private static long granted() {
        return QuarkusTransaction.requiringNew()
                .call(() -> RelayedMessage.count(
                        "kind = ?1 and granted", org.zkml.backend.chain.relay.MessageKind.CONTRIBUTE));
    }

    private static void setBudget(BigInteger campaign, BigInteger budget) {
        QuarkusTransaction.requiringNew().run(() -> Campaign.of(campaign).orElseThrow().budgetReserved = budget);
    }

    private long relayedTransactions() {
        return Long.decode(market.node()
                .call("eth_getTransactionCount", TestMarket.account(19).getAddress(), "latest")
                .asText());
    }
}
