package org.zkml.prover.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.hash.Keccak256;

class SchemaTest {
    static final String VALID = """
            {"format": "zkml-schema/1", "name": "heart", "description": "a test", "model": "logistic", "limbBits": 16,
             "target": {"column": "ill", "kind": "binary", "negative": "no", "positive": "yes"},
             "features": [
               {"column": "age", "kind": "numeric", "mean": 50, "scale": 12.5, "clip": 4},
               {"column": "smoker", "kind": "categorical", "categories": ["never", "former", "now"]},
               {"column": "income", "kind": "numeric", "transform": "log1p", "mean": 10, "scale": 2}]}
            """;

    @Test
    void readsEveryField() {
        Schema schema = parse(VALID);
        assertEquals("heart", schema.name());
        assertEquals(ModelKind.LOGISTIC, schema.model());
        assertEquals(16, schema.format().b());
        assertEquals(new Target.Binary("ill", "no", "yes"), schema.target());
        assertEquals(
                List.of(
                        new Feature.Numeric("age", new NumericScaling(Transform.NONE, 50, 12.5), 4),
                        new Feature.Categorical("smoker", List.of("never", "former", "now")),
                        new Feature.Numeric("income", new NumericScaling(Transform.LOG1P, 10, 2), 8)),
                schema.features());
        assertEquals(6, schema.featureColumns());
        assertEquals(3, schema.lk());
        assertEquals(
                List.of("(intercept)", "age", "smoker=never", "smoker=former", "smoker=now", "income"),
                schema.columnNames());
    }

    @Test
    void isIdentifiedByItsExactBytes(@TempDir Path folder) throws IOException {
        byte[] bytes = VALID.getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("schema.json");
        Files.write(file, bytes);
        Schema schema = Schema.load(file);
        assertArrayEquals(Keccak256.hash(bytes), schema.hash());
        assertArrayEquals(bytes, schema.bytes());
        assertTrue(schema.hashHex().matches("0x[0-9a-f]{64}"));
        assertTrue(!parse(VALID + "\n").hashHex().equals(schema.hashHex()));
        assertTrue(assertThrows(SchemaException.class, () -> Schema.load(folder.resolve("none")))
                .getMessage()
                .contains("there is no such file"));
    }

    /** Each line: what is replaced, by what, the path and a part of the message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "zkml-schema/1 | zkml-schema/2 | format | reads only",
                "\"name\": \"heart\", | | name | is missing",
                "\"heart\" | \"\" | name | not empty",
                "\"heart\" | 7 | name | is 7",
                "\"heart\" | \"heart\", \"name\": \"x\" | line 1 | Duplicate field",
                "\"a test\" | null | description | is null",
                "\"logistic\" | \"tree\" | model | [logistic, linear, poisson]",
                "\"logistic\" | \"linear\" | target.kind | logistic model needs a binary target",
                "\"limbBits\": 16 | \"limbBits\": 15 | limbBits | even number from 8 to 16",
                "\"limbBits\": 16 | \"limbBits\": 16.0 | limbBits | write an integer",
                "\"limbBits\": 16 | \"limbBits\": 4294967312 | limbBits | write an integer",
                "\"limbBits\": 16 | \"limbs\": 16, \"limbBits\": 16 | limbs | is not a field",
                "\"binary\" | \"multi\" | target.kind | \"binary\" or \"numeric\"",
                "\"positive\": \"yes\" | \"positive\": \"no\" | target.positive | equals negative",
                "\"positive\": \"yes\" | \"positive\": \"yes\", \"scale\": 1 | target.scale | is not a field",
                "\"mean\": 50, | | features[0].mean | is missing",
                "\"mean\": 50 | \"mean\": \"50\" | features[0].mean | is the text \"50\"",
                "\"mean\": 50 | \"mean\": 1e999 | features[0].mean | write a number",
                "\"mean\": 50 | \"mean\": NaN | line 4 | not JSON",
                "\"scale\": 12.5 | \"scale\": 0 | features[0].scale | above 0",
                "\"scale\": 12.5 | \"scale\": -1 | features[0].scale | above 0",
                "\"clip\": 4 | \"clip\": 8.01 | features[0].clip | at most 8",
                "\"clip\": 4 | \"clip\": 0 | features[0].clip | above 0",
                "\"clip\": 4 | \"clipped\": 4 | features[0].clipped | is not a field",
                "\"log1p\" | \"log\" | features[2].transform | [none, log1p]",
                "\"categorical\" | \"text\" | features[1].kind | \"numeric\" or \"categorical\"",
                "\"former\" | \"never\" | features[1].categories[1] | occurs twice",
                "\"former\" | 3 | features[1].categories[1] | is 3",
                "[\"never\", \"former\", \"now\"] | [] | features[1].categories | an empty list",
                "[\"never\", \"former\", \"now\"] | \"never\" | features[1].categories | is the text",
                "\"column\": \"smoker\" | \"column\": \"age\" | features[1].column | name every column once",
                "\"column\": \"smoker\" | \"column\": \"ill\" | features[1].column | is the target",
                "\"scale\": 2}]} | \"scale\": 2}]} x | line 6 | not JSON",
                "\"scale\": 2}]} | \"scale\": 2} | line 7 | not JSON",
            })
    void refusesMistakesWithPathAndCure(String from, String to, String path, String problem) {
        assertTrue(VALID.contains(from), from);
        String document = VALID.replace(from, to == null ? "" : to);
        SchemaException failure = assertThrows(SchemaException.class, () -> parse(document));
        assertTrue(failure.path().startsWith(path), failure.path());
        assertTrue(failure.getMessage().startsWith("test.json, " + path), failure.getMessage());
        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
    }

    @Test
    void refusesDocumentsThatAreNoObject() {
        for (String text : List.of("", "[]", "3", "null", "\"x\"", "{")) {
            assertThrows(SchemaException.class, () -> parse(text), text);
        }
    }

    @Test
    void refusesATooLargeDocument() {
        String padded = VALID + " ".repeat(Schema.MAX_SIZE_BYTES);
        assertTrue(assertThrows(SchemaException.class, () -> parse(padded))
                .getMessage()
                .contains("larger than 1048576 bytes"));
    }

    @Test
    void aCountModelHasAnUnscaledTarget() {
        String counts = VALID.replace("logistic", "poisson")
                .replace(
                        "\"binary\", \"negative\": \"no\", \"positive\": \"yes\"",
                        "\"numeric\", \"mean\": 0, \"scale\": 1");
        assertEquals(
                new Target.Numeric("ill", new NumericScaling(Transform.NONE, 0, 1)),
                parse(counts).target());
        SchemaException failure =
                assertThrows(SchemaException.class, () -> parse(counts.replace("\"scale\": 1}", "\"scale\": 3}")));
        assertTrue(failure.getMessage().contains("predicts counts"), failure.getMessage());
    }

    static Schema parse(String text) {
        return Schema.parse(text.getBytes(StandardCharsets.UTF_8), "test.json");
    }
}
