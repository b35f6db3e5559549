package org.zkml.api;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.zkml.backend.inference.PassRejectedException;

@QuarkusTest
@OnMarket
class OpenApiTest {

    private static final Pattern PATH = Pattern.compile("(GET|POST) /[a-zA-Z/{}-]+");
    /** Status, type, further members. */
    private static final Pattern PROBLEM = Pattern.compile("\\| (\\d{3}) \\| `(urn:zkml:problem:[a-z-]+)` \\| (.*)\\|");

    /** The same in the code. */
    private static final Pattern MADE = Pattern.compile("new Problem\\(\\s*(\\d{3}),\\s*\"([a-z-]+)\"");

    private static final Path MAPPERS = Path.of("src/main/java/org/zkml/api/problem/ProblemMappers.java");

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final String PROBLEM_SCHEMA = "#/components/schemas/Problem";

    private static final String HASH = "0x" + "11".repeat(32);

    /** Parameters whose examples would only repeat their form. */
    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("id", "1"),
            Map.entry("round", "0"),
            Map.entry("provider", "0x" + "11".repeat(20)),
            Map.entry("aggregatorIndex", "0"),
            Map.entry("account", "0x" + "11".repeat(20)),
            Map.entry("buyer", "0x" + "11".repeat(20)),
            Map.entry("hash", HASH),
            Map.entry("root", HASH));

    /** Those that want a signature. */
    private static final Set<String> NOT_ASKED = Set.of(
            "/api/v1/campaigns/{id}/messages", "/api/v1/campaigns/{id}/messages/{message}", "/api/v1/predictions/{id}");

    /** Schemas by the words before their example. */
    private static final Map<String, String> DOCUMENTED = Map.of(
            "A model:", "Model",
            "A round of a model's lineage:", "LineageRound",
            "A pass:", "Pass",
            "Payouts, all amounts", "Payouts");

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

    /** What the services' exceptions become, as far as the mappers name it. */
    @Test
    void describesEveryProblemThatThereIs() throws IOException {
        final Set<String> documented = PROBLEM.matcher(documentation())
                .results()
                .map(row -> row.group(1) + " " + row.group(2).replace("urn:zkml:problem:", ""))
                .collect(Collectors.toSet());
        final List<String> made = MADE.matcher(Files.readString(MAPPERS))
                .results()
                .map(problem -> problem.group(1) + " " + problem.group(2))
                .toList();
        assertTrue(made.size() > 20, made.toString());
        made.forEach(problem -> assertTrue(documented.contains(problem), problem));
    }

    @Test
    void namesEveryReasonToRejectAPass() throws IOException {
        final String row = PROBLEM.matcher(documentation())
                .results()
                .filter(problem -> problem.group(2).endsWith(":pass-rejected"))
                .map(problem -> problem.group(3).replaceAll("\\(.*", ""))
                .collect(Collectors.joining());
        assertEquals(
                Arrays.stream(PassRejectedException.Reason.values())
                        .map(PassRejectedException.Reason::id)
                        .toList(),
                List.of(row.replace("`reason`: ", "").trim().split(", | or ")));
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

    /** Every reading operation, asked with the examples of its parameters: it understands them, and answers what is described. */
    @Test
    void understandsItsOwnExamples() {
        final OpenApiSchemas api = OpenApiSchemas.read();
        api.paths().properties().forEach(path -> {
            final JsonNode operation = path.getValue().get("get");
            if (operation != null && !NOT_ASKED.contains(path.getKey())) {
                final Response answer = get(example(path.getKey(), operation));
                assertTrue(
                        Set.of(200, 404).contains(answer.statusCode()),
                        path.getKey() + " answers its examples with " + answer.asString());
                api.assertAnswers(operation, answer.statusCode(), answer.asString());
            }
        });
    }

    private static String example(String path, JsonNode operation) {
        String filled = path;
        final List<String> query = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            final String name = parameter.get("name").asText();
            final String value = parameter.path("example").asText(EXAMPLES.get(name));
            if (parameter.get("in").asText().equals("path")) {
                filled = filled.replace(
                        "{" + name + "}",
                        path.contains("/datasets/") || path.contains("/contributions/") ? HASH : value);
            } else if (parameter.get("in").asText().equals("query") && value != null) {
                query.add(name + "=" + value);
            }
        }
        return filled + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    /** The JSON of docs/api.md after these words is what the schema describes, but for what it leaves out. */
    @Test
    void describesTheExamplesOfItsDocumentation() throws IOException {
        final OpenApiSchemas api = OpenApiSchemas.read();
        final String text = documentation();
        for (Map.Entry<String, String> documented : DOCUMENTED.entrySet()) {
            final int begin = text.indexOf("```json", text.indexOf("\n" + documented.getKey())) + "```json".length();
            assertTrue(begin > "```json".length(), documented.getKey());
            final String json = text.substring(begin, text.indexOf("```", begin));
            api.assertDescribesPart(documented.getValue(), OpenApiSchemas.parse(json));
        }
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
