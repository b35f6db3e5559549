package org.zkml.api.v1;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.zkml.api.v1.Api.CAMPAIGNS;
import static org.zkml.api.v1.Api.CONTRIBUTIONS;
import static org.zkml.api.v1.Api.DATASETS;
import static org.zkml.api.v1.Api.post;
import static org.zkml.api.v1.Api.problem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.api.OnMarket;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.market.TestMarket;

/** Requests that are refused for what they are, whatever the chain says. */
@QuarkusTest
@OnMarket
class MalformedRequestTest {

    @Inject
    ChainConfig config;

    private TestMarket market;

    @BeforeEach
    void connect() {
        market = TestMarket.at(
                config.rpcUrl().toString(), config.deploymentFile().orElseThrow());
    }

    @Test
    void namesTheFieldThatIsMalformed() {
        final var registration = market.providers(1).getFirst().registration();
        malformed(Requests.of(registration).put("proof", "0x0"), "proof");
        malformed(Requests.of(registration).put("proof", "1234"), "proof");
        malformed(Requests.of(registration).put("proof", "0x" + "00".repeat(16 * 1024 + 1)), "proof");
        malformed(Requests.of(registration).putNull("proof"), "proof");
        malformed(Requests.of(registration).put("extra", "1"), "extra");
        malformed(Requests.of(registration).putNull("authorization"), "authorization");
        malformed(authorization(Requests.of(registration), "nonce", "-1"), "authorization.nonce");
        malformed(authorization(Requests.of(registration), "nonce", "01"), "authorization.nonce");
        malformed(authorization(Requests.of(registration), "deadline", "9".repeat(78)), "authorization.deadline");
        malformed(authorization(Requests.of(registration), "signature", "0xzz"), "authorization.signature");
        malformed(statement(Requests.of(registration), "relation", "TRAIN"), "statement.relation");
        malformed(statement(Requests.of(registration), "b", "7"), "statement");
        malformed(statement(Requests.of(registration), "ln", "99"), "statement");
        malformed(statement(Requests.of(registration), "contributor", "1" + "0".repeat(60)), "statement");
    }

    @Test
    void refusesWhatIsNoJsonObject() {
        for (String body : List.of(
                "",
                "null",
                "not json",
                "\0",
                "[]",
                "{\"proof\": 1, ",
                "{\"proof\": \"0x\", \"proof\": \"0x\"}",
                "{\"Proof\": \"0x\"}")) {
            problem(post(DATASETS, body), 400, "malformed-request").body("field", notNullValue());
        }
    }

    @Test
    void tellsWhatIsWrongWithTheTextWhereverItIs() {
        final String body =
                Requests.of(market.providers(1).getFirst().registration()).toString();
        says(body.replace("\"nonce\":", "\"nonce\": \"1\", \"nonce\":"), "Duplicate field 'nonce'");
        says(body.substring(0, body.indexOf("\"nonce\"") + 4), "end-of-input");
        says(body.substring(0, body.length() - 1), "end-of-input");
        says(body + "{}", "something after the value's end");
        says(body + "\"", "something after the value's end");
        says(body + "x", "Unrecognized token 'x'");
        says(body.replace("\"nonce\":", "\"nonce\": 1, \"none\":"), "of another type");
    }

    private static void says(String body, String text) {
        problem(post(DATASETS, body), 400, "malformed-request").body("detail", containsString(text));
    }

    @Test
    void readsPointsInOneSpelling() {
        final String path = CAMPAIGNS + "/1/rounds/0/answers";
        final Map<String, String> fields = Map.of(
                "{\"x\": 1, \"y\": \"2\"}", "quotient.x",
                "{\"x\": \"1\", \"y\": 2}", "quotient.y",
                "{\"x\": \"1\"}", "quotient.y",
                "{\"x\": \"1\", \"y\": \"2\", \"z\": \"0\"}", "quotient",
                "{\"x\": \"1\", \"y\": \"3\"}", "quotient",
                "\"infinity\"", "quotient.x");
        fields.forEach((quotient, field) -> problem(
                        post(
                                path,
                                "{\"provider\": \"0x" + "11".repeat(20)
                                        + "\", \"aggregatorIndex\": 0, \"share\": \"0x00\"," + " \"quotient\": "
                                        + quotient + "}"),
                        400,
                        "malformed-request")
                .body("field", equalTo(field)));
    }

    @Test
    void namesTheParameterThatIsMalformed() {
        final Map<String, String> fields = Map.ofEntries(
                Map.entry(CAMPAIGNS + "?limit=0", "limit"),
                Map.entry(CAMPAIGNS + "?limit=201", "limit"),
                Map.entry(CAMPAIGNS + "?limit=many", "limit"),
                Map.entry("/api/v1/models?limit=-1", "limit"),
                Map.entry(CAMPAIGNS + "?after=x", "after"),
                Map.entry(CAMPAIGNS + "/0x1", "id"),
                Map.entry(CAMPAIGNS + "/1/seats/0x12", "provider"),
                Map.entry(CAMPAIGNS + "?limt=1", "limt"),
                Map.entry(CAMPAIGNS + "/1/rounds?round=1", "round"),
                Map.entry(CAMPAIGNS + "/1/messages?kidn=model", "kidn"),
                Map.entry("/api/v1/payouts?account=0x12&acount=1", "acount"),
                Map.entry("/api/v1/redemptions?limi=1", "limi"),
                Map.entry("/api/v1/audit/events?name=%00", "name"),
                Map.entry("/api/v1/audit/events?after=1", "after"),
                Map.entry("/api/v1/audit/events?campaign=-1", "campaign"),
                Map.entry("/api/v1/payouts", "account"),
                Map.entry("/api/v1/payouts?account=0x12", "account"),
                Map.entry("/api/v1/schemas/0x12", "hash"),
                Map.entry("/api/v1/allow-lists/0x12", "root"),
                Map.entry(CONTRIBUTIONS + "/abc", "id"));
        fields.forEach(
                (path, field) -> problem(get(path), 400, "malformed-request").body("field", equalTo(field)));
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        problem(post(DATASETS, " ".repeat(64 * 1024 + 1)), 413, "too-large").body("limitBytes", equalTo(64 * 1024));
        problem(post("/api/v1/schemas", new byte[1024 * 1024 + 1]), 413, "too-large")
                .body("limitBytes", equalTo(1024 * 1024));
        // Beyond the HTTP server's own limit, which writes no documents.
        post("/api/v1/schemas", new byte[2 * 1024 * 1024 + 1]).then().statusCode(413);
    }

    /** Its length is not announced: it is found out while the body is read. */
    @Test
    void refusesChunkedBodiesThatAreTooLarge() throws Exception {
        final HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port + DATASETS))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(" ".repeat(200_000).getBytes(StandardCharsets.US_ASCII))))
                .build();
        final HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(413, answer.statusCode());
        assertEquals("urn:zkml:problem:too-large", JsonPath.from(answer.body()).get("type"));
    }

    @Test
    void storesNoDocumentThatNoCampaignNames() {
        problem(post("/api/v1/schemas", "{\"no\": \"campaign\"}"), 404, "not-found")
                .header("Retry-After", "1")
                .body("hash", matchesPattern("0x[0-9a-f]{64}"));
        problem(
                post(
                        "/api/v1/allow-lists",
                        Map.of("entries", List.of(Map.of("account", "0x" + "11".repeat(20), "rowCap", 5)))),
                404,
                "not-found");
        problem(get("/api/v1/schemas/0x" + "22".repeat(32)), 404, "not-found");
    }

    @Test
    void answersUnknownThingsWithProblemsToo() {
        problem(get("/api/v1/nothing"), 404, "not-found");
        problem(get(CAMPAIGNS + "/123456"), 404, "not-found");
        problem(get(DATASETS + "/0x" + "33".repeat(32)), 404, "not-found");
        problem(given().put(DATASETS), 405, "method-not-allowed");
        problem(given().contentType("text/plain").body("x").post(DATASETS), 415, "unsupported-media-type");
        problem(given().accept("text/csv").get(CAMPAIGNS), 406, "not-acceptable");
    }

    @Test
    void answersNoOtherOrigin() {
        given().header("Origin", "https://elsewhere.example")
                .get(CAMPAIGNS)
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
    }

    private static ObjectNode authorization(ObjectNode body, String member, String value) {
        ((ObjectNode) body.get("authorization")).put(member, value);
        return body;
    }

    private static ObjectNode statement(ObjectNode body, String member, String value) {
        ((ObjectNode) body.get("statement")).put(member, value);
        return body;
    }

    private static void malformed(ObjectNode body, String field) {
        problem(post(DATASETS, body), 400, "malformed-request").body("field", equalTo(field));
    }
}
