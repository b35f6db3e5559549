package org.zkml.api;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HealthTest {
    @Test
    void isUpWithItsDatabase() {
        get("/q/health")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.find { it.name == 'Database connections health check' }.status", equalTo("UP"));
    }

    @Test
    void isReadyAndAlive() {
        get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }
}
