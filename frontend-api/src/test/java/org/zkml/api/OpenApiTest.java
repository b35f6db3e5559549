package org.zkml.api;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@OnMarket
class OpenApiTest {
    @Test
    void describesTheApi() {
        get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("openapi", startsWith("3."))
                .body("info.title", equalTo("zkML"));
    }

    @Test
    void showsTheDescriptionInABrowser() {
        get("/q/swagger-ui/").then().statusCode(200).body(containsString("/q/openapi"));
    }

    @Test
    void countsItsRequests() {
        get("/q/health/live").then().statusCode(200);
        get("/q/metrics").then().statusCode(200).body(containsString("jvm_memory_used_bytes"));
    }
}
