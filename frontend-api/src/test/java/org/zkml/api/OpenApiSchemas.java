package org.zkml.api;

import static io.restassured.RestAssured.get;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The server's OpenAPI document, and whether answers are what it says. */
public final class OpenApiSchemas {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SCHEMAS = "#/components/schemas/";

    private final JsonNode api;

    private OpenApiSchemas(JsonNode api) {
        this.api = api;
    }

    public static OpenApiSchemas read() {
        return new OpenApiSchemas(parse(get("/q/openapi?format=json").asString()));
    }

    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    /** All paths with their operations. */
    JsonNode paths() {
        return api.get("paths");
    }

    /** That the value is what a schema of this name describes: kinds and members, and none that it does not know. */
    public void assertDescribes(String name, JsonNode value) {
        check(name, schema(name), value, true);
    }

    /** The same of a value that leaves out members: of what is there. */
    void assertDescribesPart(String name, JsonNode value) {
        check(name, schema(name), value, false);
    }

    private JsonNode schema(String name) {
        return Optional.ofNullable(api.at("/components/schemas").get(name))
                .orElseThrow(() -> new AssertionError("no schema " + name));
    }

    /** That the answer of an operation is what is described for its status; problems have some of all their members. */
    void assertAnswers(JsonNode operation, int status, String body) {
        final JsonNode response = operation.get("responses").get(Integer.toString(status));
        assertTrue(response != null, () -> status + " is not described: " + body);
        final JsonNode content = response.path("content");
        if (content.isObject() && !content.isEmpty()) {
            check("answer", content.elements().next().get("schema"), parse(body), status < 400);
        }
    }

    private void check(String path, JsonNode schema, JsonNode value, boolean complete) {
        if (schema == null || schema.isEmpty()) {
            return;
        }
        if (schema.has("$ref")) {
            check(path, schema(schema.get("$ref").asText().substring(SCHEMAS.length())), value, complete);
            return;
        }
        for (String alternatives : List.of("anyOf", "oneOf")) {
            if (schema.has(alternatives)) {
                checkAlternatives(path, schema.get(alternatives), value, complete);
                return;
            }
        }
        for (JsonNode part : schema.path("allOf")) {
            check(path, part, value, complete);
        }
        final List<String> types = types(schema);
        assertTrue(
                types.isEmpty() || types.contains(type(value)) || isWhole(types, value),
                () -> path + " is " + value + ", not " + types);
        if (schema.has("enum") && !value.isNull()) {
            final List<String> names = new ArrayList<>();
            schema.get("enum").forEach(name -> names.add(name.asText()));
            assertTrue(names.contains(value.asText()), () -> path + " is " + value + ", not of " + names);
        }
        if (value.isObject() && schema.has("properties")) {
            checkMembers(path, schema, value, complete);
        }
        if (value.isArray() && schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(path + "[" + i + "]", schema.get("items"), value.get(i), complete);
            }
        }
    }

    private void checkAlternatives(String path, JsonNode alternatives, JsonNode value, boolean complete) {
        AssertionError last = null;
        for (JsonNode alternative : alternatives) {
            try {
                check(path, alternative, value, complete);
                return;
            } catch (AssertionError e) {
                last = e;
            }
        }
        throw new AssertionError(path + " is none of the alternatives", last);
    }

    private void checkMembers(String path, JsonNode schema, JsonNode value, boolean complete) {
        final JsonNode properties = schema.get("properties");
        value.properties().forEach(member -> {
            assertTrue(properties.has(member.getKey()), () -> path + " has an unknown member " + member.getKey());
            check(path + "." + member.getKey(), properties.get(member.getKey()), member.getValue(), complete);
        });
        properties.properties().forEach(property -> {
            if (complete && !isNullable(property.getValue())) {
                assertTrue(value.has(property.getKey()), () -> path + " has no member " + property.getKey());
            }
        });
    }

    private boolean isNullable(JsonNode schema) {
        if (types(schema).contains("null")) {
            return true;
        }
        for (JsonNode alternative : schema.path("anyOf")) {
            if (types(alternative).contains("null")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWhole(List<String> types, JsonNode value) {
        return types.contains("number") && value.isIntegralNumber();
    }

    private static List<String> types(JsonNode schema) {
        final List<String> types = new ArrayList<>();
        final JsonNode type = schema.path("type");
        if (type.isTextual()) {
            types.add(type.asText());
        }
        type.forEach(name -> types.add(name.asText()));
        return types;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> throw new AssertionError("no JSON type: " + value);
        };
    }
}
