package org.zkml.api.v1;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;

/** Requests to the server, and the problem documents that it answers with. */
final class Api {

    static final String DATASETS = "/api/v1/datasets";
    static final String CONTRIBUTIONS = "/api/v1/contributions";
    static final String CAMPAIGNS = "/api/v1/campaigns";

    private Api() {}

    static Response post(String path, Object body) {
        return given().contentType(ContentType.JSON).body(body).post(path);
    }

    static ValidatableResponse problem(Response response, int status, String type) {
        return response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:zkml:problem:" + type))
                .body("status", equalTo(status));
    }
}
