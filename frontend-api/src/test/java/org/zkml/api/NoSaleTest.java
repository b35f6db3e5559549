package org.zkml.api;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A deployment that is older than the sale of inference: what there is works, and what there is not is said. */
@QuarkusTest
@TestProfile(NoSaleTest.OldDeployment.class)
class NoSaleTest {

    public static final class OldDeployment implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "zkml.chain.rpc-url",
                    "http://127.0.0.1:9",
                    "zkml.chain.chain-id",
                    "31337",
                    "zkml.chain.registry",
                    "0x" + "11".repeat(20),
                    "zkml.chain.campaigns",
                    "0x" + "22".repeat(20));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @Test
    void readsModelsAndRewards() {
        get("/api/v1/models").then().statusCode(200).body("items", hasSize(0));
        get("/api/v1/models?sort=points&kind=linear").then().statusCode(200);
        get("/api/v1/payouts?account=0x" + "33".repeat(20))
                .then()
                .statusCode(200)
                .body("minted", equalTo("0"))
                .body("revenue", nullValue());
    }

    @Test
    void saysWhichContractThereIsNot() {
        for (String path : List.of(
                "/models?listed=true",
                "/models?seller=0x" + "33".repeat(20),
                "/models?sort=price",
                "/passes/1",
                "/redemptions",
                "/passes?buyer=0x" + "33".repeat(20))) {
            assertNotDeployed(path, "InferenceMarket");
        }
        assertNotDeployed("/models?minAccuracy=0.5", "ModelMetrics");
        assertNotDeployed("/models?sort=accuracy", "ModelMetrics");
    }

    private static void assertNotDeployed(String path, String contract) {
        get("/api/v1" + path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:zkml:problem:not-deployed"))
                .body("contract", equalTo(contract))
                .body("detail", containsString("has no " + contract));
    }
}
