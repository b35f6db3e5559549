package org.zkml.prover.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.engine.MalformedProofException;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.UncheckedProver;
import org.zkml.prover.engine.Verification;
import org.zkml.prover.engine.Verification.Stage;
import org.zkml.prover.engine.Verifier;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.vectors.SeededScalars;

/** Every field of a statement, changed: the proof of one statement is none of any other (docs/proof-system.md, section 8, item 2). */
class StatementTamperTest {

    private static final KnownSetup SETUP = KnownSetup.of(10);

    /** What becomes of a proof whose statement has another value in the field. */
    enum Outcome {
        /** The statement itself is refused when read. */
        NOT_A_STATEMENT,
        /** The shape has proofs of another length. */
        MALFORMED,
        /** The verifier trusts another setup. */
        SETUP,
        /** The pairing equation is false. */
        OPENING
    }

    /** A statement, its proof, and the outcome for each field. */
    enum Case {
        TRAIN(
                TrainInstance.random(new TrainingShape(1, 2, 2, 2, 3, 8), ModelKind.LOGISTIC, 7, 1, SETUP),
                Map.ofEntries(
                        Map.entry("relation", Outcome.NOT_A_STATEMENT),
                        Map.entry("domain", Outcome.NOT_A_STATEMENT),
                        Map.entry("chainId", Outcome.OPENING),
                        Map.entry("registry", Outcome.OPENING),
                        Map.entry("contributor", Outcome.OPENING),
                        Map.entry("taskId", Outcome.OPENING),
                        Map.entry("round", Outcome.OPENING),
                        Map.entry("lb", Outcome.OPENING),
                        Map.entry("li", Outcome.OPENING),
                        Map.entry("lk", Outcome.OPENING),
                        Map.entry("lt", Outcome.OPENING),
                        Map.entry("steps", Outcome.OPENING),
                        Map.entry("b", Outcome.MALFORMED),
                        Map.entry("fp", Outcome.OPENING),
                        Map.entry("c", Outcome.OPENING),
                        Map.entry("d", Outcome.OPENING),
                        Map.entry("C_table", Outcome.OPENING),
                        Map.entry("C_X", Outcome.OPENING),
                        Map.entry("C_Y", Outcome.OPENING),
                        Map.entry("C_in", Outcome.OPENING),
                        Map.entry("C_out", Outcome.OPENING),
                        Map.entry("tau2", Outcome.SETUP),
                        Map.entry("xi2", Outcome.SETUP))),
        DATASET(
                DatasetInstance.random(new DatasetInstance.Shape(3, 2, 8, 7, 3), 2, SETUP),
                Map.ofEntries(
                        Map.entry("relation", Outcome.NOT_A_STATEMENT),
                        Map.entry("domain", Outcome.NOT_A_STATEMENT),
                        Map.entry("chainId", Outcome.OPENING),
                        Map.entry("registry", Outcome.OPENING),
                        Map.entry("contributor", Outcome.OPENING),
                        Map.entry("schemaHash", Outcome.OPENING),
                        Map.entry("ln", Outcome.OPENING),
                        Map.entry("lk", Outcome.OPENING),
                        Map.entry("b", Outcome.MALFORMED),
                        Map.entry("n", Outcome.OPENING),
                        Map.entry("feat", Outcome.OPENING),
                        Map.entry("C_X", Outcome.OPENING),
                        Map.entry("C_Y", Outcome.OPENING),
                        Map.entry("tau2", Outcome.SETUP),
                        Map.entry("xi2", Outcome.SETUP))),
        AGGREGATE(
                AggregateInstance.random(new AggregateInstance.Shape(2, 8, 148), 3, SETUP),
                Map.ofEntries(
                        Map.entry("relation", Outcome.NOT_A_STATEMENT),
                        Map.entry("domain", Outcome.NOT_A_STATEMENT),
                        Map.entry("chainId", Outcome.OPENING),
                        Map.entry("registry", Outcome.OPENING),
                        Map.entry("owner", Outcome.OPENING),
                        Map.entry("taskId", Outcome.OPENING),
                        Map.entry("round", Outcome.OPENING),
                        Map.entry("lk", Outcome.OPENING),
                        Map.entry("b", Outcome.MALFORMED),
                        Map.entry("N", Outcome.OPENING),
                        Map.entry("C_sum", Outcome.OPENING),
                        Map.entry("C_next", Outcome.OPENING),
                        Map.entry("tau2", Outcome.SETUP),
                        Map.entry("xi2", Outcome.SETUP))),
        INFER(
                InferInstance.random(new InferInstance.Shape(2, 2, 8, ModelKind.LOGISTIC), 4, SETUP),
                Map.ofEntries(
                        Map.entry("relation", Outcome.NOT_A_STATEMENT),
                        Map.entry("domain", Outcome.NOT_A_STATEMENT),
                        Map.entry("chainId", Outcome.OPENING),
                        Map.entry("registry", Outcome.OPENING),
                        Map.entry("server", Outcome.OPENING),
                        Map.entry("listingId", Outcome.OPENING),
                        Map.entry("queryId", Outcome.OPENING),
                        Map.entry("lq", Outcome.OPENING),
                        Map.entry("lk", Outcome.OPENING),
                        Map.entry("b", Outcome.MALFORMED),
                        Map.entry("fp", Outcome.OPENING),
                        Map.entry("C_table", Outcome.OPENING),
                        Map.entry("C_X", Outcome.OPENING),
                        Map.entry("C_W", Outcome.OPENING),
                        Map.entry("C_P", Outcome.OPENING),
                        Map.entry("tau2", Outcome.SETUP),
                        Map.entry("xi2", Outcome.SETUP))),
        EVALUATE(
                EvaluateInstance.random(new EvaluateInstance.Shape(3, 2, 8, 7, ModelKind.LOGISTIC), 5, SETUP),
                evaluateOutcomes(Map.of("hits", Outcome.OPENING))),
        REGRESSION(
                EvaluateInstance.random(new EvaluateInstance.Shape(3, 2, 8, 7, ModelKind.LINEAR), 6, SETUP),
                evaluateOutcomes(Map.of()));

        final ObjectNode statement;
        final Map<String, Outcome> outcomes;
        final byte[] proof;

        Case(Instance instance, Map<String, Outcome> outcomes) {
            this.statement = instance.statementJson();
            this.outcomes = outcomes;
            this.proof = UncheckedProver.prove(
                    instance.relation(), instance.witness(), SETUP.committer(), new SeededScalars("statements"));
        }
    }

    private static Map<String, Outcome> evaluateOutcomes(Map<String, Outcome> ownFields) {
        final Map<String, Outcome> outcomes = new HashMap<>(Map.ofEntries(
                Map.entry("relation", Outcome.NOT_A_STATEMENT),
                Map.entry("domain", Outcome.NOT_A_STATEMENT),
                Map.entry("chainId", Outcome.OPENING),
                Map.entry("registry", Outcome.OPENING),
                Map.entry("prover", Outcome.OPENING),
                Map.entry("taskId", Outcome.OPENING),
                Map.entry("round", Outcome.OPENING),
                Map.entry("ln", Outcome.OPENING),
                Map.entry("lk", Outcome.OPENING),
                Map.entry("b", Outcome.MALFORMED),
                Map.entry("fp", Outcome.OPENING),
                Map.entry("n", Outcome.OPENING),
                Map.entry("E", Outcome.OPENING),
                Map.entry("C_table", Outcome.OPENING),
                Map.entry("C_X", Outcome.OPENING),
                Map.entry("C_Y", Outcome.OPENING),
                Map.entry("C_W", Outcome.OPENING),
                Map.entry("tau2", Outcome.SETUP),
                Map.entry("xi2", Outcome.SETUP)));
        outcomes.putAll(ownFields);
        return outcomes;
    }

    @TestFactory
    List<DynamicTest> everyFieldIsBound() {
        final List<DynamicTest> tests = new ArrayList<>();
        for (Case c : Case.values()) {
            final Set<String> fields = new TreeSet<>();
            c.statement.fieldNames().forEachRemaining(fields::add);
            assertEquals(fields, new TreeSet<>(c.outcomes.keySet()));
            for (String field : fields) {
                for (JsonNode other : others(c.statement, field)) {
                    final ObjectNode changed = c.statement.deepCopy();
                    changed.set(field, other);
                    tests.add(DynamicTest.dynamicTest(
                            c + " " + field + " = " + other, () -> assertOutcome(c, changed, c.outcomes.get(field))));
                }
            }
        }
        return tests;
    }

    private static void assertOutcome(Case c, ObjectNode statement, Outcome expected) throws MalformedProofException {
        switch (expected) {
            case NOT_A_STATEMENT ->
                assertThrows(IllegalArgumentException.class, () -> StatementJson.readRelation(statement));
            case MALFORMED -> {
                final Relation relation = StatementJson.readRelation(statement);
                assertThrows(MalformedProofException.class, () -> Verifier.verify(relation, SETUP.key(), c.proof));
            }
            case SETUP -> {
                final Relation relation = StatementJson.readRelation(statement);
                assertEquals(Stage.SETUP, stage(relation, SETUP.key(), c.proof));
                // whoever trusts the other setup finds the proof false
                assertEquals(Stage.OPENING, stage(relation, relation.verifierKey(), c.proof));
            }
            case OPENING ->
                assertEquals(Stage.OPENING, stage(StatementJson.readRelation(statement), SETUP.key(), c.proof));
        }
    }

    private static Stage stage(Relation relation, VerifierKey key, byte[] proof) throws MalformedProofException {
        return assertInstanceOf(Verification.Rejected.class, Verifier.verify(relation, key, proof))
                .stage();
    }

    /** Other values for a field: well-formed ones, but for the relation and its domain. */
    private static List<JsonNode> others(ObjectNode statement, String field) {
        final JsonNode value = statement.get(field);
        if (value.has("x_re")) {
            final G2Affine point = g2(value);
            return List.of(json(point.negate()), json(G2Affine.GENERATOR.mul(Scalar.of(5))));
        }
        if (value.has("x")) {
            final G1Affine point = G1Affine.of(number(value, "x"), number(value, "y"));
            return List.of(json(point.negate()), json(point.add(G1Affine.GENERATOR)), json(G1Affine.INFINITY));
        }
        return switch (field) {
            case "relation" ->
                Stream.of("TRAIN", "DATASET", "AGGREGATE", "INFER", "EVALUATE", "METRIC", "")
                        .filter(name -> !name.equals(value.asText()))
                        .map(StatementTamperTest::text)
                        .toList();
            case "domain", "schemaHash" -> List.of(text(otherLastDigit(value.asText())));
            case "b" -> List.of(text("10"));
            default ->
                List.of(text(new BigInteger(value.asText()).add(BigInteger.ONE).toString()));
        };
    }

    private static String otherLastDigit(String hex) {
        return hex.substring(0, hex.length() - 1) + (hex.endsWith("0") ? "1" : "0");
    }

    @Test
    void refusesStatementsOutOfRange() {
        assertRefused(Case.TRAIN, "b", "7", "9", "6", "18");
        assertRefused(Case.TRAIN, "lb", "3"); // above lt
        assertRefused(Case.TRAIN, "steps", "0", "5");
        assertRefused(Case.TRAIN, "c", BigInteger.ONE.shiftLeft(64).toString());
        assertRefused(Case.TRAIN, "d", BigInteger.ONE.shiftLeft(64).toString());
        assertRefused(Case.TRAIN, "fp", "8");
        assertRefused(Case.TRAIN, "li", "29", "-1", "03", "0x3", "");
        assertRefused(Case.TRAIN, "lt", "0x" + "0".repeat(63) + "2"); // one spelling a number
        assertRefused(Case.TRAIN, "chainId", BigInteger.ONE.shiftLeft(256).toString());
        assertRefused(Case.TRAIN, "taskId", BigInteger.ONE.shiftLeft(256).toString());
        assertRefused(Case.TRAIN, "round", BigInteger.ONE.shiftLeft(256).toString());
        assertRefused(Case.TRAIN, "registry", BigInteger.ONE.shiftLeft(160).toString());
        assertRefused(Case.DATASET, "b", "7", "9", "6", "18");
        assertRefused(Case.DATASET, "n", "0", "9");
        assertRefused(Case.DATASET, "feat", "0", "5");
        assertRefused(Case.DATASET, "chainId", BigInteger.ONE.shiftLeft(256).toString());
        assertRefused(Case.DATASET, "schemaHash", "17", "0x17", "0X" + "0".repeat(64));
        assertRefused(Case.DATASET, "contributor", BigInteger.ONE.shiftLeft(160).toString());
        assertRefused(Case.AGGREGATE, "b", "7", "9", "6", "18");
        assertRefused(Case.AGGREGATE, "lk", "29", "-1", "02");
        assertRefused(Case.AGGREGATE, "N", "0", "65537", "4294967297", "18446744073709551617", "-148", "0148");
        assertRefused(Case.AGGREGATE, "chainId", BigInteger.ONE.shiftLeft(256).toString());
        assertRefused(Case.AGGREGATE, "taskId", BigInteger.ONE.shiftLeft(256).toString());
        assertRefused(Case.AGGREGATE, "round", BigInteger.ONE.shiftLeft(256).toString());
        assertRefused(Case.AGGREGATE, "owner", BigInteger.ONE.shiftLeft(160).toString());
        assertRefused(Case.INFER, "b", "7", "9", "6", "18");
        assertRefused(Case.INFER, "fp", "8");
        assertRefused(Case.INFER, "lq", "29", "-1", "02");
        assertRefused(Case.INFER, "lk", "29", "-1", "02");
        assertRefused(Case.INFER, "chainId", BigInteger.ONE.shiftLeft(256).toString());
        assertRefused(Case.INFER, "listingId", BigInteger.ONE.shiftLeft(256).toString());
        assertRefused(Case.INFER, "queryId", BigInteger.ONE.shiftLeft(256).toString());
        assertRefused(Case.INFER, "registry", BigInteger.ONE.shiftLeft(160).toString());
        assertRefused(Case.INFER, "server", BigInteger.ONE.shiftLeft(160).toString());
        for (Case c : List.of(Case.EVALUATE, Case.REGRESSION)) {
            assertRefused(c, "b", "7", "9", "6", "18");
            assertRefused(c, "fp", "8");
            assertRefused(c, "n", "0", "9");
            assertRefused(c, "E", BigInteger.ONE.shiftLeft(128).toString(), "-1", "");
            assertRefused(c, "ln", "29", "-1", "03");
            assertRefused(c, "taskId", BigInteger.ONE.shiftLeft(256).toString());
            assertRefused(c, "round", BigInteger.ONE.shiftLeft(256).toString());
            assertRefused(c, "prover", BigInteger.ONE.shiftLeft(160).toString());
        }
        assertRefused(Case.EVALUATE, "hits", "8", "-1", "");
        assertRefused(Case.REGRESSION, "hits", "0", "1");
    }

    /** The domain, not a field of its own, tells the forms of EVALUATE apart: one's proof is none of the other's. */
    @Test
    void theFormsOfEvaluateAreToldApart() {
        final ObjectNode regression = Case.EVALUATE.statement.deepCopy();
        regression.set("domain", Case.REGRESSION.statement.get("domain"));
        assertThrows(IllegalArgumentException.class, () -> StatementJson.readRelation(regression));
        regression.remove("hits");
        final Relation other = StatementJson.readRelation(regression);
        assertThrows(MalformedProofException.class, () -> Verifier.verify(other, SETUP.key(), Case.EVALUATE.proof));
        final ObjectNode classification = Case.REGRESSION.statement.deepCopy();
        classification.set("domain", Case.EVALUATE.statement.get("domain"));
        assertThrows(IllegalArgumentException.class, () -> StatementJson.readRelation(classification));
    }

    private static void assertRefused(Case c, String field, String... values) {
        for (String value : values) {
            final ObjectNode changed = c.statement.deepCopy().put(field, value);
            final IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class, () -> StatementJson.readRelation(changed), field + " = " + value);
            assertTrue(refusal.getMessage().contains(field), refusal.getMessage());
        }
    }

    @Test
    void refusesStatementPointsThatAreNotCanonical() {
        for (Case c : Case.values()) {
            for (String field : c.outcomes.keySet()) {
                final JsonNode point = c.statement.get(field);
                for (String coordinate : List.of("x", "y", "x_re", "x_im", "y_re", "y_im")) {
                    if (point.has(coordinate)) {
                        final BigInteger value = number(point, coordinate);
                        assertPointRefused(c, field, coordinate, value.add(Fq.MODULUS));
                        assertPointRefused(c, field, coordinate, value.add(BigInteger.ONE));
                    }
                }
            }
        }
    }

    private static void assertPointRefused(Case c, String field, String coordinate, BigInteger value) {
        final ObjectNode changed = c.statement.deepCopy();
        ((ObjectNode) changed.get(field)).put(coordinate, value.toString());
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> StatementJson.readRelation(changed));
        assertTrue(refusal.getMessage().startsWith(field + ":"), refusal.getMessage());
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.textNode(value);
    }

    private static JsonNode json(G1Affine p) {
        return JsonNodeFactory.instance.objectNode().put("x", p.x().toString()).put("y", p.y().toString());
    }

    private static JsonNode json(G2Affine p) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("x_re", p.xRe().toString())
                .put("x_im", p.xIm().toString())
                .put("y_re", p.yRe().toString())
                .put("y_im", p.yIm().toString());
    }

    private static BigInteger number(JsonNode point, String coordinate) {
        return new BigInteger(point.get(coordinate).asText());
    }

    private static G2Affine g2(JsonNode p) {
        return G2Affine.of(number(p, "x_re"), number(p, "x_im"), number(p, "y_re"), number(p, "y_im"));
    }
}
