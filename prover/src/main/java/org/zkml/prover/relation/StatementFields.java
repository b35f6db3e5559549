package org.zkml.prover.relation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.hash.Keccak256;

/** Fields of {@link StatementJson}: each value has one spelling, and another one is refused with the field's name. */
final class StatementFields {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StatementFields() {}

    static ObjectNode start(String relation, String domain, BigInteger chainId, BigInteger registry) {
        return MAPPER.createObjectNode()
                .put("relation", relation)
                .put("domain", domainHex(domain))
                .put("chainId", chainId.toString())
                .put("registry", registry.toString());
    }

    static ObjectNode key(ObjectNode json, VerifierKey key) {
        json.set("tau2", point(key.tau2()));
        json.set("xi2", point(key.xi2()));
        return json;
    }

    static String text(long value) {
        return Long.toString(value);
    }

    static String hex(BigInteger word) {
        return "0x" + String.format("%064x", word);
    }

    private static String domainHex(String domain) {
        return "0x" + HexFormat.of().formatHex(Keccak256.hash(domain.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Which of the domains the statement has. */
    static int requireDomain(JsonNode json, String... domains) {
        final String found = json.path("domain").asText("");
        final List<String> known =
                Stream.of(domains).map(StatementFields::domainHex).toList();
        if (!known.contains(found)) {
            throw new IllegalArgumentException("domain is \"" + found + "\", not " + String.join(" or ", known));
        }
        return known.indexOf(found);
    }

    static ObjectNode point(G1Affine point) {
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

    static VerifierKey key(JsonNode json) {
        return new VerifierKey(g2(json, "tau2"), g2(json, "xi2"));
    }

    static BigInteger number(JsonNode json, String field) {
        final String text = json.path(field).asText("");
        if (!text.matches("0|[1-9][0-9]{0,77}")) {
            throw new IllegalArgumentException(field + " is \"" + text + "\", not a decimal number");
        }
        return new BigInteger(text);
    }

    static BigInteger word(JsonNode json, String field) {
        final String text = json.path(field).asText("");
        if (!text.matches("0x[0-9a-f]{64}")) {
            throw new IllegalArgumentException(field + " is \"" + text + "\", not 0x and 64 lower-case hex digits");
        }
        return new BigInteger(text.substring(2), 16);
    }

    static int small(JsonNode json, String field) {
        return (int) below(json, field, Integer.SIZE - 1);
    }

    static long count(JsonNode json, String field) {
        return below(json, field, Long.SIZE - 1);
    }

    private static long below(JsonNode json, String field, int bits) {
        final BigInteger value = number(json, field);
        if (value.bitLength() > bits) {
            throw new IllegalArgumentException(field + " = " + value + " is too large");
        }
        return value.longValue();
    }

    static G1Affine g1(JsonNode json, String field) {
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
