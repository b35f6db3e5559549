package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A server refused, and said why in a problem document (RFC 9457). Its members are a stranger's word. */
final class ProblemException extends CommandException {

    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "urn:zkml:problem:";

    private final transient JsonNode document;

    ProblemException(ExitCode exitCode, String message, JsonFile document) {
        super(exitCode, message);
        this.document = document.node();
    }

    /** What docs/api.md calls it, without the prefix that all have; empty if it has no such type. */
    String type() {
        final String type = document.path("type").asText();
        return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : "";
    }

    /** Whether the model cannot be asked about a query's rows. */
    boolean refusesRows() {
        return exitCode() == ExitCode.REFUSED && type().equals("inputs-rejected");
    }

    /** A member that is a text; empty if there is none. */
    String text(String member) {
        return document.path(member).isTextual() ? document.path(member).asText() : "";
    }

    /** A member that is a non-negative integer; -1 if there is none. */
    long number(String member) {
        final JsonNode value = document.path(member);
        return value.isIntegralNumber() && value.canConvertToLong() ? Math.max(-1, value.asLong()) : -1;
    }
}
