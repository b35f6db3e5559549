package org.zkml.backend.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The statement is not the contract's: nothing that is proved about it would count. */
public final class StatementMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final transient JsonNode expected;
    private final transient JsonNode actual;

    public StatementMismatchException(String field, JsonNode expected, JsonNode actual) {
        super("the statement's " + field + " is " + actual + ", the contract's is " + expected);
        this.field = field;
        this.expected = expected;
        this.actual = actual;
    }

    /** Compares two statements as JSON objects, member by member in the order of the specification. */
    public static void requireSame(JsonNode expected, JsonNode actual) {
        for (Map.Entry<String, JsonNode> member : expected.properties()) {
            final JsonNode found = actual.path(member.getKey());
            if (!found.equals(member.getValue())) {
                throw new StatementMismatchException(member.getKey(), member.getValue(), found);
            }
        }
    }

    public String field() {
        return field;
    }

    public JsonNode expected() {
        return expected;
    }

    public JsonNode actual() {
        return actual;
    }
}
