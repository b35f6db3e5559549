package org.zkml.prover.relation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.hash.Keccak256;

/**
 * Statements as JSON objects: the fields of docs/proof-system.md, section 3, by their names, and {@code relation}. Numbers are decimal
 * strings, bytes 0x-hex, points objects of coordinates.
 */
public final class StatementJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

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
            default ->
                throw new IllegalArgumentException("relation is \"" + relation + "\", not TRAIN, DATASET or AGGREGATE");
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
                new VerifierKey(g2(json, "tau2"), g2(json, "xi2")));
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
                new VerifierKey(g2(json, "tau2"), g2(json, "xi2")));
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
                new VerifierKey(g2(json, "tau2"), g2(json, "xi2")));
    }

    private static ObjectNode start(String relation, String domain, BigInteger chainId, BigInteger registry) {
        return MAPPER.createObjectNode()
                .put("relation", relation)
                .put("domain", domainHex(domain))
                .put("chainId", chainId.toString())
                .put("registry", registry.toString());
    }

    private static ObjectNode key(ObjectNode json, VerifierKey key) {
        json.set("tau2", point(key.tau2()));
        json.set("xi2", point(key.xi2()));
        return json;
    }

    private static String text(long value) {
        return Long.toString(value);
    }

    private static String hex(BigInteger word) {
        return "0x" + String.format("%064x", word);
    }

    private static String domainHex(String domain) {
        return "0x" + HexFormat.of().formatHex(Keccak256.hash(domain.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void requireDomain(JsonNode json, String domain) {
        final String found = json.path("domain").asText("");
        if (!found.equals(domainHex(domain))) {
            throw new IllegalArgumentException("domain is \"" + found + "\", not " + domainHex(domain));
        }
    }

    private static ObjectNode point(G1Affine point) {
        return MAPPER.createObjectNode()
                .put("x", point.x().toString())
                .put("y", point.y().toString());
    }

    private static ObjectNode point(G2Affine point) {
        return MAPPER.createObjectNode()
                .put("x_im", point.xIm().toString())
                .put("x_re", point.xRe().toString())
                .put("y_im", point.yIm().toString())
                .put("y_re", point.yRe().toString());
    }

    private static BigInteger number(JsonNode json, String field) {
        final String text = json.path(field).asText("");
        if (!text.matches("0|[1-9][0-9]{0,77}")) {
            throw new IllegalArgumentException(field + " is \"" + text + "\", not a decimal number");
        }
        return new BigInteger(text);
    }

    private static BigInteger word(JsonNode json, String field) {
        final String text = json.path(field).asText("");
        if (!text.matches("0x[0-9a-f]{64}")) {
            throw new IllegalArgumentException(field + " is \"" + text + "\", not 0x and 64 lower-case hex digits");
        }
        return new BigInteger(text.substring(2), 16);
    }

    private static int small(JsonNode json, String field) {
        return (int) below(json, field, Integer.SIZE - 1);
    }

    private static long count(JsonNode json, String field) {
        return below(json, field, Long.SIZE - 1);
    }

    private static long below(JsonNode json, String field, int bits) {
        final BigInteger value = number(json, field);
        if (value.bitLength() > bits) {
            throw new IllegalArgumentException(field + " = " + value + " is too large");
        }
        return value.longValue();
    }

    private static G1Affine g1(JsonNode json, String field) {
        final JsonNode point = json.path(field);
        try {
            return G1Affine.of(number(point, "x"), number(point, "y"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
        }
    }

    private static G2Affine g2(JsonNode json, String field) {
        final JsonNode point = json.path(field);
        try {
            return G2Affine.of(
                    number(point, "x_re"), number(point, "x_im"), number(point, "y_re"), number(point, "y_im"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
        }
    }
}
