package org.zkml.api;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@OnMarket
class OpenApiTest {

    private static final Pattern PATH = Pattern.compile("(GET|POST) /[a-zA-Z/{}-]+");
    /** Status, type, further members. */
    private static final Pattern PROBLEM = Pattern.compile("\\| (\\d{3}) \\| `(urn:zkml:problem:[a-z-]+)` \\| (.*)\\|");

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final String PROBLEM_SCHEMA = "#/components/schemas/Problem";

    @Test
    void describesTheApi() {
        get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("openapi", startsWith("3."))
                .body("info.title", equalTo("zkML"));
    }

    @Test
    void describesEveryOperationInWords() {
        paths().forEach((path, operations) -> operations.forEach((method, operation) -> {
            assertTrue(operation.containsKey("summary"), method + " " + path + " has no summary");
            assertTrue(operation.containsKey("tags"), method + " " + path + " has no tag");
        }));
    }

    /** docs/api.md is what providers' tools are written from. */
    @Test
    void hasThePathsOfItsDocumentation() throws IOException {
        final Set<String> documented = PATH.matcher(documentation())
                .results()
                .map(call -> withoutNames(call.group()))
                .collect(Collectors.toCollection(TreeSet::new));
        final Set<String> described = new TreeSet<>();
        paths().forEach((path, operations) -> operations
                .keySet()
                .forEach(method -> described.add(
                        withoutNames(method.toUpperCase(Locale.ROOT) + " " + path.replace("/api/v1", "")))));
        assertEquals(documented, described);
    }

    @Test
    void hasTheProblemsOfItsDocumentation() throws IOException {
        final List<MatchResult> rows =
                PROBLEM.matcher(documentation()).results().toList();
        final JsonPath api = get("/q/openapi?format=json").jsonPath();
        assertEquals(
                rows.stream().map(row -> row.group(2)).collect(Collectors.toSet()),
                Set.copyOf(api.getList("components.schemas.Problem.properties.type.enum")));
        final Set<String> members = api.<String, Object>getMap("components.schemas.Problem.properties")
                .keySet();
        rows.forEach(row -> NAME.matcher(row.group(3))
                .results()
                .map(name -> name.group(1))
                .filter(name -> !name.equals("Retry-After"))
                .forEach(name -> assertTrue(members.contains(name), name + " of " + row.group(2))));
    }

    /** But 405, which is no answer of any operation. */
    @Test
    void hasTheStatusesOfItsDocumentation() throws IOException {
        final Set<String> described = new TreeSet<>(Set.of("405"));
        paths().forEach((path, operations) -> operations.forEach((method, operation) -> {
            final Map<String, Map<String, Object>> responses = responses(operation);
            responses.forEach((status, response) -> {
                if (status.compareTo("400") >= 0) {
                    described.add(status);
                    assertEquals(
                            Map.of("application/problem+json", Map.of("schema", Map.of("$ref", PROBLEM_SCHEMA))),
                            response.get("content"),
                            method + " " + path + " " + status);
                    assertEquals(Set.of("429", "503").contains(status), response.containsKey("headers"));
                }
            });
            assertEquals(method.equals("post"), responses.containsKey("413"), method + " " + path);
            assertEquals(isLimited(responses), responses.containsKey("429"), method + " " + path);
            assertTrue(responses.containsKey("500"), method + " " + path);
        }));
        assertEquals(
                PROBLEM.matcher(documentation())
                        .results()
                        .map(row -> row.group(1))
                        .collect(Collectors.toCollection(TreeSet::new)),
                described);
    }

    /** What is relayed, and what the mailbox takes: documents are bounded by the campaigns that name them. */
    private static boolean isLimited(Map<String, Map<String, Object>> responses) {
        return responses.containsKey("202") || responses.containsKey("201") && responses.containsKey("409");
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

    @Test
    void measuresOutboxIndexerAndVerifier() {
        get("/q/metrics")
                .then()
                .body(containsString("zkml_outbox_messages{state=\"planned\"}"))
                .body(containsString("zkml_indexer_lag"))
                .body(containsString("zkml_indexer_reorganisations"));
    }

    private static Map<String, Map<String, Map<String, Object>>> paths() {
        return get("/q/openapi?format=json").path("paths");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> responses(Map<String, Object> operation) {
        return (Map<String, Map<String, Object>>) operation.get("responses");
    }

    private static String documentation() throws IOException {
        return Files.readString(Path.of("..", "docs", "api.md"));
    }

    private static String withoutNames(String call) {
        return call.replaceAll("\\{\\w+}", "{}");
    }
}
