package org.zkml.api.v1;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zkml.api.Await;
import org.zkml.api.OnMarket;
import org.zkml.backend.campaign.AllowList;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.document.Document;
import org.zkml.backend.market.TestMarket;
import org.zkml.backend.market.TestProvider;
import org.zkml.prover.hash.Keccak256;

/** The whole way of three providers through the API, relayed to real contracts. */
@QuarkusTest
@OnMarket
class MarketFlowTest {

    @Inject
    ChainConfig config;

    @Test
    void paysThreeProvidersForProvedContributions() {
        final TestMarket market = TestMarket.at(
                config.rpcUrl().toString(), config.deploymentFile().orElseThrow());
        final List<TestProvider> providers = market.providers(3);
        final AllowList allowList = TestMarket.allowList(providers);
        final BigInteger campaign = market.open(providers);
        Await.until(() -> get("/api/v1/campaigns/" + campaign).then().statusCode(200));
        storeDocuments(allowList);

        for (TestProvider provider : providers) {
            Await.relayed(post("/api/v1/datasets", Requests.of(provider.registration()), 202))
                    .body("n", equalTo(provider.rows()))
                    .body("provider", equalTo(provider.address()));
        }
        for (TestProvider provider : providers) {
            final var joining = provider.joining(campaign, allowList);
            Await.relayed(post(
                            "/api/v1/campaigns/" + campaign + "/seats", Requests.of(provider.address(), joining), 202))
                    .body("weight", equalTo(Math.min(provider.rows(), (int) TestMarket.ROW_CAP)));
        }
        get("/api/v1/campaigns/" + campaign)
                .then()
                .body("state", equalTo("running"))
                .body("seats", hasSize(3));

        for (TestProvider provider : providers) {
            final var contribution = provider.contribution(campaign);
            final BigInteger reward = reward(provider);
            Await.relayed(post("/api/v1/contributions", Requests.of(contribution), 202))
                    .body("proofBytes", equalTo(contribution.proof().length))
                    .body("reward", equalTo(reward.toString()))
                    .body("report.score", equalTo(0.75f))
                    .body("gasUsed", notNullValue());
        }
        get("/api/v1/audit/events?campaign=" + campaign + "&name=ContributionVerified")
                .then()
                .body(
                        "items.arguments.provider",
                        equalTo(providers.stream().map(TestProvider::address).toList()))
                .body("next", nullValue());
        assertEquals(
                providers.stream().map(MarketFlowTest::reward).reduce(BigInteger.ZERO, BigInteger::add),
                escrow(market));

        get("/api/v1/payouts?account=" + providers.getFirst().address())
                .then()
                .body("minted", equalTo(reward(providers.getFirst()).toString()))
                .body("inEscrow", equalTo(reward(providers.getFirst()).toString()))
                .body("claimable", equalTo("0"))
                .body("items[0].sources.event", contains("ContributionVerified", "RewardMinted"));
        claimAfterTheRound(market, campaign, providers);
    }

    private static void storeDocuments(AllowList allowList) {
        final String hash = Hex.of(Keccak256.hash(TestMarket.SCHEMA));
        given().contentType(ContentType.JSON)
                .body(TestMarket.SCHEMA)
                .post("/api/v1/schemas")
                .then()
                .statusCode(201)
                .header("Location", endsWith("/api/v1/schemas/" + hash));
        final Response served = get("/api/v1/schemas/" + hash);
        served.then().statusCode(200).header("ETag", "\"" + hash + "\"");
        assertArrayEquals(TestMarket.SCHEMA, served.asByteArray());

        final String root = Hex.of(allowList.root());
        QuarkusTransaction.requiringNew().run(() -> {
            final Document same = new Document(); // the bytes of the root's two children, as somebody's schema
            same.hash = root;
            same.kind = Document.Kind.SCHEMA;
            same.content = new byte[64];
            same.storedAt = Instant.now();
            same.persist();
        });
        given().contentType(ContentType.JSON)
                .body(Map.of("entries", allowList.entries()))
                .post("/api/v1/allow-lists")
                .then()
                .statusCode(201)
                .body("hash", equalTo(root));
        get("/api/v1/allow-lists/" + root).then().statusCode(200).body("entries", hasSize(3));
    }

    private static void claimAfterTheRound(TestMarket market, BigInteger campaign, List<TestProvider> providers) {
        final TestProvider first = providers.getFirst();
        final String claims = "/api/v1/campaigns/" + campaign + "/claims";
        final var request = Map.of("account", first.address());
        post(claims, request, 422).then().body("error", equalTo("NothingToClaim"));
        market.lapse(campaign);
        Await.relayed(post(claims, request, 202));
        Await.until(() -> get("/api/v1/payouts?account=" + first.address())
                .then()
                .body("balance", equalTo(reward(first).toString()))
                .body("claimed", equalTo(reward(first).toString()))
                .body("claimable", equalTo("0"))
                .body("items[0].state", equalTo("released"))
                .body("items[0].sources.event", hasItem("RoundLapsed")));
        get("/api/v1/campaigns/" + campaign).then().body("state", equalTo("cancelled"));
        post(claims, request, 422).then().body("error", equalTo("NothingToClaim"));
    }

    private static Response post(String path, Object body, int status) {
        final Response response =
                given().contentType(ContentType.JSON).body(body).post(path);
        response.then().statusCode(status);
        return response;
    }

    private static BigInteger reward(TestProvider provider) {
        return TestMarket.REWARD_PER_ROW.multiply(BigInteger.valueOf(Math.min(provider.rows(), TestMarket.ROW_CAP)));
    }

    private static BigInteger escrow(TestMarket market) {
        try {
            return market.token().balanceOf(market.deployment().campaigns()).send();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
