package org.zkml.prover.relation;

import static org.zkml.prover.relation.StatementFields.count;
import static org.zkml.prover.relation.StatementFields.g1;
import static org.zkml.prover.relation.StatementFields.hex;
import static org.zkml.prover.relation.StatementFields.key;
import static org.zkml.prover.relation.StatementFields.number;
import static org.zkml.prover.relation.StatementFields.point;
import static org.zkml.prover.relation.StatementFields.requireDomain;
import static org.zkml.prover.relation.StatementFields.small;
import static org.zkml.prover.relation.StatementFields.start;
import static org.zkml.prover.relation.StatementFields.text;
import static org.zkml.prover.relation.StatementFields.word;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.zkml.prover.engine.Relation;

/**
 * Statements as JSON objects: the fields of docs/proof-system.md, section 3, by their names, and {@code relation}. Numbers are decimal
 * strings, bytes 0x-hex, points objects of coordinates.
 */
public final class StatementJson {

    private StatementJson() {}

    /** The statement as JSON. */
    public static ObjectNode write(TrainStatement s) {
        final ObjectNode json = start("TRAIN", TrainStatement.DOMAIN, s.chainId(), s.registry());
        json.put("contributor", s.contributor().toString());
        json.put("taskId", s.taskId().toString()).put("round", s.round().toString());
        json.put("lb", text(s.shape().lb()))
                .put("li", text(s.shape().li()))
                .put("lk", text(s.shape().lk()));
        json.put("lt", text(s.shape().lt()))
                .put("steps", text(s.shape().steps()))
                .put("b", text(s.shape().b()));
        json.put("fp", text(s.fp())).put("c", s.c().toString()).put("d", s.d().toString());
        json.set("C_table", point(s.table()));
        json.set("C_X", point(s.x()));
        json.set("C_Y", point(s.y()));
        json.set("C_in", point(s.in()));
        json.set("C_out", point(s.out()));
        return key(json, s.key());
    }

    /** The statement as JSON. */
    public static ObjectNode write(DatasetStatement s) {
        final ObjectNode json = start("DATASET", DatasetStatement.DOMAIN, s.chainId(), s.registry());
        json.put("contributor", s.contributor().toString());
        json.put("schemaHash", hex(s.schemaHash()));
        json.put("ln", text(s.ln())).put("lk", text(s.lk())).put("b", text(s.b()));
        json.put("n", text(s.n())).put("feat", text(s.feat()));
        json.set("C_X", point(s.x()));
        json.set("C_Y", point(s.y()));
        return key(json, s.key());
    }

    /** The statement as JSON. */
    public static ObjectNode write(AggregateStatement s) {
        final ObjectNode json = start("AGGREGATE", AggregateStatement.DOMAIN, s.chainId(), s.registry());
        json.put("owner", s.owner().toString());
        json.put("taskId", s.taskId().toString()).put("round", s.round().toString());
        json.put("lk", text(s.lk())).put("b", text(s.b())).put("N", text(s.weightTotal()));
        json.set("C_sum", point(s.sum()));
        json.set("C_next", point(s.next()));
        return key(json, s.key());
    }

    /** The statement as JSON. */
    public static ObjectNode write(InferStatement s) {
        final ObjectNode json = start("INFER", InferStatement.DOMAIN, s.chainId(), s.registry());
        json.put("server", s.server().toString());
        json.put("listingId", s.listingId().toString())
                .put("queryId", s.queryId().toString());
        json.put("lq", text(s.lq())).put("lk", text(s.lk())).put("b", text(s.b()));
        json.put("fp", text(s.fp()));
        json.set("C_table", point(s.table()));
        json.set("C_X", point(s.x()));
        json.set("C_W", point(s.w()));
        json.set("C_P", point(s.p()));
        return key(json, s.key());
    }

    /** The statement as JSON; the domain tells whether it is a regression's, which has no {@code hits}. */
    public static ObjectNode write(EvaluateStatement s) {
        final ObjectNode json = start("EVALUATE", s.domain(), s.chainId(), s.registry());
        json.put("prover", s.prover().toString());
        json.put("taskId", s.taskId().toString()).put("round", s.round().toString());
        json.put("ln", text(s.ln())).put("lk", text(s.lk())).put("b", text(s.b()));
        json.put("fp", text(s.fp())).put("n", text(s.n()));
        if (!s.regression()) {
            json.put("hits", text(s.hits()));
        }
        json.put("E", s.squaredErrorSum().toString());
        json.set("C_table", point(s.table()));
        json.set("C_X", point(s.x()));
        json.set("C_Y", point(s.y()));
        json.set("C_W", point(s.w()));
        return key(json, s.key());
    }

    /**
     * The relation of a statement.
     *
     * @throws IllegalArgumentException naming the field that is missing, malformed or out of range
     */
    public static Relation readRelation(JsonNode json) {
        final String relation = json.path("relation").asText("");
        return switch (relation) {
            case "TRAIN" -> new TrainRelation(readTrain(json));
            case "DATASET" -> new DatasetRelation(readDataset(json));
            case "AGGREGATE" -> new AggregateRelation(readAggregate(json));
            case "INFER" -> new InferRelation(readInfer(json));
            case "EVALUATE" -> new EvaluateRelation(readEvaluate(json));
            default ->
                throw new IllegalArgumentException(
                        "relation is \"" + relation + "\", not TRAIN, DATASET, AGGREGATE, INFER or EVALUATE");
        };
    }

    /** @throws IllegalArgumentException naming the field that is missing, malformed or out of range */
    public static TrainStatement readTrain(JsonNode json) {
        requireDomain(json, TrainStatement.DOMAIN);
        return new TrainStatement(
                number(json, "chainId"),
                number(json, "registry"),
                number(json, "contributor"),
                number(json, "taskId"),
                number(json, "round"),
                new TrainStatement.Shape(
                        small(json, "lb"),
                        small(json, "li"),
                        small(json, "lk"),
                        small(json, "lt"),
                        small(json, "steps"),
                        small(json, "b")),
                small(json, "fp"),
                number(json, "c"),
                number(json, "d"),
                g1(json, "C_table"),
                g1(json, "C_X"),
                g1(json, "C_Y"),
                g1(json, "C_in"),
                g1(json, "C_out"),
                key(json));
    }

    /** @throws IllegalArgumentException naming the field that is missing, malformed or out of range */
    public static DatasetStatement readDataset(JsonNode json) {
        requireDomain(json, DatasetStatement.DOMAIN);
        return new DatasetStatement(
                number(json, "chainId"),
                number(json, "registry"),
                number(json, "contributor"),
                word(json, "schemaHash"),
                small(json, "ln"),
                small(json, "lk"),
                small(json, "b"),
                small(json, "n"),
                small(json, "feat"),
                g1(json, "C_X"),
                g1(json, "C_Y"),
                key(json));
    }

    /** @throws IllegalArgumentException naming the field that is missing, malformed or out of range */
    public static AggregateStatement readAggregate(JsonNode json) {
        requireDomain(json, AggregateStatement.DOMAIN);
        return new AggregateStatement(
                number(json, "chainId"),
                number(json, "registry"),
                number(json, "owner"),
                number(json, "taskId"),
                number(json, "round"),
                small(json, "lk"),
                small(json, "b"),
                count(json, "N"),
                g1(json, "C_sum"),
                g1(json, "C_next"),
                key(json));
    }

    /** @throws IllegalArgumentException naming the field that is missing, malformed or out of range */
    public static InferStatement readInfer(JsonNode json) {
        requireDomain(json, InferStatement.DOMAIN);
        return new InferStatement(
                number(json, "chainId"),
                number(json, "registry"),
                number(json, "server"),
                number(json, "listingId"),
                number(json, "queryId"),
                small(json, "lq"),
                small(json, "lk"),
                small(json, "b"),
                small(json, "fp"),
                g1(json, "C_table"),
                g1(json, "C_X"),
                g1(json, "C_W"),
                g1(json, "C_P"),
                key(json));
    }

    /** @throws IllegalArgumentException naming the field that is missing, malformed or out of range */
    public static EvaluateStatement readEvaluate(JsonNode json) {
        final boolean regression =
                requireDomain(json, EvaluateStatement.DOMAIN, EvaluateStatement.REGRESSION_DOMAIN) == 1;
        if (regression && json.has("hits")) {
            throw new IllegalArgumentException("hits is " + json.get("hits") + ": a regression has none");
        }
        return new EvaluateStatement(
                number(json, "chainId"),
                number(json, "registry"),
                number(json, "prover"),
                number(json, "taskId"),
                number(json, "round"),
                regression,
                small(json, "ln"),
                small(json, "lk"),
                small(json, "b"),
                small(json, "fp"),
                small(json, "n"),
                regression ? 0 : small(json, "hits"),
                number(json, "E"),
                g1(json, "C_table"),
                g1(json, "C_X"),
                g1(json, "C_Y"),
                g1(json, "C_W"),
                key(json));
    }
}
