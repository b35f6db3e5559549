package org.zkml.api;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server whose node is away: it starts, tells, and answers what it can. */
@QuarkusTest
@TestProfile(NoChainTest.NodeAway.class)
class NoChainTest {

    public static final class NodeAway implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            // Nothing listens on the discard port.
            return Map.of(
                    "zkml.chain.rpc-url",
                    "http://user:secret@127.0.0.1:9/v3/secret",
                    "zkml.chain.chain-id",
                    "31337",
                    "zkml.chain.registry",
                    "0x" + "11".repeat(20),
                    "zkml.chain.campaigns",
                    "0x" + "22".repeat(20),
                    "zkml.chain.inference",
                    "0x" + "33".repeat(20),
                    "zkml.chain.metrics",
                    "0x" + "44".repeat(20));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @Test
    void isAliveAndNotReady() {
        get("/q/health/live").then().statusCode(200);
        get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'chain' }.status", equalTo("DOWN"))
                .body("checks.find { it.name == 'chain' }.data.reason", containsString("http://127.0.0.1:9 "))
                .body("checks.data.reason.join()", not(containsString("secret")))
                .body("checks.find { it.name == 'indexer' }.status", equalTo("DOWN"))
                .body("checks.find { it.name == 'relayer' }.status", equalTo("DOWN"));
    }

    @Test
    void answersFromItsDatabase() {
        get("/api/v1/campaigns").then().statusCode(200).body("items", hasSize(0));
        get("/api/v1/audit/events").then().statusCode(200).body("items", hasSize(0));
        get("/api/v1/payouts?account=0x" + "33".repeat(20))
                .then()
                .statusCode(200)
                .body("balance", nullValue())
                .body("minted", equalTo("0"))
                .body("revenue.token", nullValue())
                .body("revenue.earned", equalTo("0"));
        get("/api/v1/models").then().statusCode(200).body("items", hasSize(0));
        get("/api/v1/passes?buyer=0x" + "33".repeat(20)).then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void asksToTryAgainLater() {
        given().contentType(ContentType.JSON)
                .body(Map.of("account", "0x" + "33".repeat(20)))
                .post("/api/v1/campaigns/1/claims")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("type", equalTo("urn:zkml:problem:chain-unavailable"));
        get("/api/v1/deployment").then().statusCode(503).body("type", equalTo("urn:zkml:problem:chain-unavailable"));
    }
}
