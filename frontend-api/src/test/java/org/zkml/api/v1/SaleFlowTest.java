package org.zkml.api.v1;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.zkml.api.v1.Api.problem;
import static org.zkml.backend.market.TestModel.tier;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.api.Await;
import org.zkml.api.OnMarket;
import org.zkml.api.OpenApiSchemas;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.MarketContracts;
import org.zkml.backend.market.TestMarket;
import org.zkml.backend.market.TestModel;
import org.zkml.backend.market.TestProvider;

/** What everybody may read of the sale of inference: a real model, sold on a real chain, told by the running server. */
@QuarkusTest
@OnMarket
class SaleFlowTest {

    private static final String MODELS = "/api/v1/models";
    private static final String PASSES = "/api/v1/passes";
    private static final String ENDPOINT = "https://models.example.org";
    private static final long MONTH = 30 * 86_400L;
    private static final BigInteger TOKEN = BigInteger.TEN.pow(18);

    @Inject
    ChainConfig config;

    @Inject
    MarketContracts contracts;

    private TestMarket market;

    @BeforeEach
    void connect() {
        market = TestMarket.at(
                config.rpcUrl().toString(), config.deploymentFile().orElseThrow());
    }

    @Test
    void tellsOfAModelFromItsRoundsToThePayouts() throws Exception {
        final TestModel model = TestModel.finish(market, contracts, 3, 1);
        final String path = MODELS + "/" + model.id();
        Await.until(() -> get(path).then().statusCode(200));
        final String unlisted = get(path).header("ETag");
        get(path)
                .then()
                .body("listing", nullValue())
                .body("version", equalTo(1))
                .body("metrics", hasSize(0));

        prove(model);
        sell(model, path);
        assertNotEquals(unlisted, get(path).header("ETag"));
        assertLineage(model, path);
        assertFound(model);
        assertPayouts(model);
        final OpenApiSchemas api = OpenApiSchemas.read();
        api.assertDescribes("Model", OpenApiSchemas.parse(get(path).asString()));
        api.assertDescribes("ModelPage", OpenApiSchemas.parse(get(MODELS).asString()));
        api.assertDescribes(
                "LineagePage", OpenApiSchemas.parse(get(path + "/lineage").asString()));
    }

    private static void prove(TestModel model) {
        final TestProvider independent = model.testers().getFirst();
        final TestProvider seat = model.providers().getFirst();
        final TestProvider.Metric metric = model.proveMetric(independent);
        model.proveMetric(seat);
        final String path = MODELS + "/" + model.id();
        Await.until(() -> get(path).then().body("metricsProved", equalTo(2)));
        get(path)
                .then()
                .body("metrics.testSet", contains("independent", "chosen by the owner"))
                .body("metrics.datasetId", contains(TestModel.datasetId(independent), TestModel.datasetId(seat)))
                .body("metrics.registrant", contains(independent.address(), seat.address()))
                .body("metrics.rows", contains(independent.rows(), seat.rows()))
                .body("metrics[0].hits", equalTo((int) metric.hits()))
                .body(
                        "metrics[0].squaredErrorSum",
                        equalTo(metric.squaredErrorSum().toString()))
                .body("metrics[0].baseRate.positives", equalTo(independent.positives()))
                .body("metrics[0].transactionHash", notNullValue())
                .body("metrics[0].provedAt", notNullValue())
                .body("metrics[1].baseRate.positives", equalTo(seat.positives()))
                .body("testSets", equalTo(1))
                .body("testSetsProved", equalTo(1));
        assertEquals(get(path).<String>path("metrics[0].accuracy"), get(path).<String>path("accuracy"));
    }

    private static void sell(TestModel model, String path) throws Exception {
        final TestProvider buyer = model.providers().get(1);
        final TestProvider key = model.providers().get(2);
        model.setFee(250);
        model.list(key.address(), ENDPOINT, List.of(tier(10, MONTH, TOKEN), tier(3, 60, BigInteger.TEN)));
        Await.until(() -> get(path).then().body("listing.tiers", hasSize(2)));
        get(path)
                .then()
                .body("feeBasisPoints", equalTo(250))
                .body("salePaused", equalTo(false))
                .body("ownerShareBasisPoints", equalTo(3_000))
                .body("listing.seller", equalTo(key.address()))
                .body("listing.endpoint", equalTo(ENDPOINT))
                .body("listing.tiers.index", contains(0, 1))
                .body("listing.tiers.price", contains(TOKEN.toString(), "10"))
                .body(
                        "listing.tiers.pricePerQuery",
                        contains(TOKEN.divide(BigInteger.TEN).toString(), "4"))
                .body("listing.tiers.quote", contains(Hex.of(model.quote(0)), Hex.of(model.quote(1))));

        model.approve(buyer, TOKEN.multiply(BigInteger.TWO));
        final BigInteger first = model.buy(buyer, key, 0);
        final BigInteger second = model.buy(buyer, key, 1);
        model.redeem(first, key, 3);
        model.redeem(first, key, 7);
        model.redeem(second, key, 3);
        model.close(second);
        Await.until(() -> get(PASSES + "/" + second).then().body("state", equalTo("closed")));
        get(PASSES + "?buyer=" + buyer.address())
                .then()
                .body("items.id", contains(second.toString(), first.toString()))
                .body("items.state", contains("closed", "active"))
                .body(
                        "items.modelId",
                        contains(model.id().toString(), model.id().toString()))
                .body("items[0].redemptions", nullValue())
                .body("items[0].refund", equalTo("0"))
                .body("items[1].refund", nullValue());
        assertPass(first);
    }

    private static void assertPass(BigInteger first) {
        final String path = PASSES + "/" + first;
        get(path)
                .then()
                .body("redeemed", equalTo(7))
                .body("released", equalTo("700000000000000000"))
                .body("inEscrow", equalTo("300000000000000000"))
                .body("formula", containsString("floor(1000000000000000000 * 7 / 10) = 700000000000000000;"))
                .body("redemptions.items.redeemed", contains(3, 7))
                .body("redemptions.items.released", contains("300000000000000000", "400000000000000000"))
                .body("redemptions.items.fee", contains("7500000000000000", "10000000000000000"))
                .body("redemptions.next", nullValue());
        final Response page = get(path + "?limit=1");
        page.then().body("redemptions.items.redeemed", contains(3));
        get(path + "?limit=1&after=" + page.path("redemptions.next"))
                .then()
                .body("redemptions.items.redeemed", contains(7))
                .body("redemptions.next", nullValue());
        final OpenApiSchemas api = OpenApiSchemas.read();
        api.assertDescribes("Pass", OpenApiSchemas.parse(get(path).asString()));
    }

    private static void assertLineage(TestModel model, String path) {
        final List<String> providers =
                model.providers().stream().map(TestProvider::address).toList();
        final Response answer = get(path + "/lineage");
        answer.then()
                .statusCode(200)
                .body("items.round", contains(0))
                .body("items[0].state", equalTo("averaged"))
                .body("items[0].contributions.provider", equalTo(providers))
                .body("items[0].contributions.outcome", contains("accepted", "accepted", "accepted"))
                .body("items[0].contributions.exclusion", contains(nullValue(), nullValue(), nullValue()))
                .body("items[0].average.version", equalTo(1))
                .body("items[0].average.gasUsed", notNullValue())
                .body("items[0].metrics", hasSize(2))
                .body("next", nullValue());
        assertEquals(get(path).path("commitment"), answer.<Map<String, String>>path("items[0].average.model"));
        assertEquals(
                get("/api/v1/campaigns/" + model.id()).path("contributions"),
                answer.<List<String>>path("items[0].contributions.id"));
        // The proofs' transactions are those of the contributions.
        final List<String> ids = answer.path("items[0].contributions.id");
        for (int i = 0; i < ids.size(); i++) {
            assertEquals(
                    get("/api/v1/contributions/" + ids.get(i)).<String>path("transactionHash"),
                    answer.<String>path("items[0].contributions[" + i + "].transactionHash"));
        }
        get(path + "/lineage?after=0").then().body("items", hasSize(0));
    }

    private static void assertFound(TestModel model) {
        final String id = model.id().toString();
        for (String query : List.of(
                "",
                "?kind=logistic",
                "?listed=true",
                "?owner=" + model.owner(),
                "?seller=" + model.providers().get(2).address(),
                "?schema=" + get(MODELS + "/" + id).path("schemaHash"),
                "?sort=price",
                "?sort=points",
                "?sort=accuracy",
                "?minAccuracy=" + get(MODELS + "/" + id).path("accuracy"))) {
            final List<String> found = get(MODELS + query).path("items.id");
            assertTrue(found.contains(id), query + " found " + found);
        }
        for (String query : List.of(
                "?kind=poisson", "?listed=false", "?owner=0x" + "12".repeat(20), "?schema=0x" + "12".repeat(32))) {
            final List<String> found = get(MODELS + query).path("items.id");
            assertTrue(!found.contains(id), query + " found " + found);
        }
        get(MODELS + "?limit=1")
                .then()
                .body("items[0].contributors", nullValue())
                .body("items[0].listing", notNullValue());
    }

    private static void assertPayouts(TestModel model) throws Exception {
        for (TestProvider provider : model.providers()) {
            assertRevenue(model, provider.address());
        }
        assertRevenue(model, model.owner());
        final String account = model.providers().getFirst().address();
        final String path = "/api/v1/payouts?account=" + account;
        final String earned = get(path).path("revenue.earned");
        model.claim(account);
        Await.until(() -> get(path).then().body("revenue.claimed", equalTo(earned)));
        get(path).then().body("revenue.claimable", equalTo("0")).body("revenue.models[0].claims", hasSize(1));
        assertRevenue(model, account);
        final JsonNode body = OpenApiSchemas.parse(get(path).asString());
        OpenApiSchemas.read().assertDescribes("Payouts", body);
        // The rewards' members are what they were.
        assertEquals(body.get("minted"), body.get("claimed"));
        get("/api/v1/payouts?account=0x" + "77".repeat(20))
                .then()
                .body("revenue.earned", equalTo("0"))
                .body("revenue.models", hasSize(0));
    }

    /** The formulas, computed again from their numbers and from the events that they name, and what the contract would pay. */
    private static void assertRevenue(TestModel model, String account) throws Exception {
        final Response answer = get("/api/v1/payouts?account=" + account);
        final JsonNode own = OpenApiSchemas.parse(answer.asString()).at("/revenue/models/0");
        assertEquals(model.id().toString(), own.get("modelId").asText());
        BigInteger contributors = BigInteger.ZERO;
        BigInteger owner = BigInteger.ZERO;
        final JsonNode events =
                OpenApiSchemas.parse(get(own.get("events").asText()).asString()).get("items");
        for (JsonNode event : events) {
            contributors = contributors.add(integer(event.get("arguments"), "contributorsAmount"));
            owner = owner.add(integer(event.get("arguments"), "ownerAmount"));
        }
        assertEquals(own.get("redemptions").asInt(), events.size());
        final JsonNode asContributor = own.get("asContributor");
        final Matcher formula = Pattern.compile(
                        "perPoint = floor\\(2\\^128 \\* contributorsAmounts / modelPoints\\) ="
                                + " floor\\(2\\^128 \\* (\\d+) / (\\d+)\\) = (\\d+); earned = floor\\(points \\* perPoint / 2\\^128\\) ="
                                + " floor\\((\\d+) \\* (\\d+) / 2\\^128\\) = (\\d+); claimable = earned - claimed = (\\d+) - (\\d+) = (\\d+)")
                .matcher(asContributor.get("formula").asText());
        assertTrue(formula.matches(), asContributor.toString());
        assertEquals(contributors, number(formula, 1));
        assertEquals(own.get("modelPoints").asText(), formula.group(2));
        assertEquals(number(formula, 3), number(formula, 1).shiftLeft(128).divide(number(formula, 2)));
        assertEquals(own.get("points").asText(), formula.group(4));
        assertEquals(number(formula, 3), number(formula, 5));
        assertEquals(
                number(formula, 6),
                number(formula, 4).multiply(number(formula, 5)).shiftRight(128));
        assertEquals(number(formula, 9), number(formula, 7).subtract(number(formula, 8)));
        assertEquals(asContributor.get("claimable").asText(), formula.group(9));
        BigInteger claimable = number(formula, 9);
        if (account.equals(model.owner())) {
            assertEquals(owner, integer(own.get("asOwner"), "earned"));
            claimable = claimable.add(integer(own.get("asOwner"), "claimable"));
        } else {
            assertTrue(own.get("asOwner").isNull());
        }
        assertEquals(model.owned().claimable(model.id(), account).send(), claimable);
    }

    private static BigInteger number(Matcher formula, int group) {
        return new BigInteger(formula.group(group));
    }

    private static BigInteger integer(JsonNode object, String member) {
        return new BigInteger(object.get(member).asText());
    }

    @Test
    void answersWithNothingToWhomHasIt() {
        for (String path : List.of(
                MODELS,
                MODELS + "?limit=1",
                PASSES + "?buyer=0x" + "12".repeat(20),
                "/api/v1/payouts?account=0x" + "12".repeat(20))) {
            final Response first = get(path);
            final String tag = first.header("ETag");
            assertTrue(tag.matches("\"0x[0-9a-f]{64}\""), tag);
            assertEquals(tag, get(path).header("ETag"));
            for (String known : List.of(tag, "\"other\", " + tag, "W/" + tag, "*")) {
                final Response again = given().header("If-None-Match", known).get(path);
                again.then()
                        .statusCode(304)
                        .header("ETag", equalTo(tag))
                        .header("Cache-Control", containsString("no-cache"));
                assertEquals("", again.asString());
            }
            given().header("If-None-Match", "\"0x" + "00".repeat(32) + "\"")
                    .get(path)
                    .then()
                    .statusCode(200)
                    .body(equalTo(first.asString()));
        }
    }

    @Test
    void namesParameterValueAndCure() {
        final String cursor = "price_-5_1";
        final Map<String, List<String>> refused = Map.ofEntries(
                Map.entry(MODELS + "?kind=tree", List.of("kind", "\"tree\" is none of logistic, linear, poisson")),
                Map.entry(
                        MODELS + "?sort=name", List.of("sort", "\"name\" is none of newest, price, accuracy, points")),
                Map.entry(MODELS + "?listed=yes", List.of("listed", "\"yes\" is none of true, false")),
                Map.entry(
                        MODELS + "?minAccuracy=95",
                        List.of("minAccuracy", "\"95\" is not a decimal number from 0 to 1")),
                Map.entry(MODELS + "?minAccuracy=0.1234567890", List.of("minAccuracy", "at most 9 decimals")),
                Map.entry(MODELS + "?schema=0x12", List.of("schema", "has 1 bytes, 32 are wanted")),
                Map.entry(MODELS + "?owner=me", List.of("owner", "\"me\" is not 0x")),
                Map.entry(MODELS + "?seller=0x", List.of("seller", "20 are wanted")),
                Map.entry(MODELS + "?limit=201", List.of("limit", "201 is not from 1 to 200")),
                Map.entry(MODELS + "?after=7", List.of("after", "\"7\" is not the member next")),
                Map.entry(MODELS + "?after=" + cursor, List.of("after", "sorted by price, these are by newest")),
                Map.entry(MODELS + "?srot=price", List.of("srot", "is no parameter here; there are kind, schema")),
                Map.entry(MODELS + "?sort=price&sort=points", List.of("sort", "is there 2 times")),
                Map.entry(MODELS + "/x", List.of("id", "\"x\" is not a decimal number")),
                Map.entry(MODELS + "/1/lineage?after=x", List.of("after", "\"x\" is not")),
                Map.entry(PASSES, List.of("buyer", "is missing")),
                Map.entry(PASSES + "?buyer=0x12", List.of("buyer", "20 are wanted")),
                Map.entry(PASSES + "?buyer=0x" + "12".repeat(20) + "&after=0x1", List.of("after", "\"0x1\" is not")),
                Map.entry(PASSES + "/1?after=1", List.of("after", "\"1\" is no cursor")),
                Map.entry(
                        "/api/v1/payouts?account=0x" + "12".repeat(20) + "&afterModel=x",
                        List.of("afterModel", "\"x\" is not")));
        refused.forEach((path, problem) -> problem(get(path), 400, "malformed-request")
                .body("field", equalTo(problem.getFirst()))
                .body("detail", containsString(problem.getLast())));
        problem(get(MODELS + "/99999999"), 404, "not-found")
                .body("detail", containsString("/api/v1/campaigns/99999999"));
        problem(get(MODELS + "/99999999/lineage"), 404, "not-found");
        problem(get(PASSES + "/99999999"), 404, "not-found").body("detail", not(containsString("null")));
    }

    /** A campaign that goes on is none of them. */
    @Test
    void knowsNoModelOfACampaignThatGoesOn() {
        final BigInteger campaign = market.open(market.providers(3));
        Await.until(() -> get("/api/v1/campaigns/" + campaign).then().statusCode(200));
        problem(get(MODELS + "/" + campaign), 404, "not-found");
        final List<String> found = get(MODELS).path("items.id");
        assertTrue(!found.contains(campaign.toString()));
    }
}
