package org.zkml.api;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.zkml.backend.market.TestMarket;

@QuarkusTest
@OnMarket
class HealthTest {
    @Test
    void isUpWithDatabaseChainIndexerAndFunds() {
        Await.until(() -> get("/q/health")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.find { it.name == 'Database connections health check' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'chain' }.data.chainId", equalTo("31337"))
                .body("checks.find { it.name == 'indexer' }.data.lagBlocks", equalTo(0))
                .body(
                        "checks.find { it.name == 'relayer' }.data.account",
                        equalTo(TestMarket.account(19).getAddress())));
    }

    @Test
    void isReadyAndAlive() {
        Await.until(() -> get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP")));
        get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }
}
