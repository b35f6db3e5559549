package org.zkml.prover.cli;

import java.nio.ShortBuffer;

/** What a buyer can do about a query that its seller refuses, or knows nothing of any more. */
final class Cures {

    private Cures() {}

    /** The seller has no answer where there was one. */
    static CommandException gone(AnswerFile query) {
        return new CommandException(
                ExitCode.REFUSED,
                "the seller knows no answer to count " + query.query().count() + " of pass "
                        + query.query().passId() + ", or its receipt's term is over; " + drop(query, ""));
    }

    /** A refusal with its cure; what only has to be tried again later is left as it is. @param rows that are asked about, or null */
    static CommandException advised(AnswerFile query, AskedRows rows, ProblemException e) {
        if (e.exitCode() != ExitCode.REFUSED) {
            return e;
        }
        final String cure = switch (e.type()) {
            case "inputs-rejected" -> withoutRow(query, rows, e.number("row"));
            case "too-large" -> drop(query, smallerBatch(query));
            case "count-conflict", "proof-term-over", "malformed-request" -> drop(query, "");
            default ->
                "the query of count " + query.query().count() + " stays signed, and is sent again by the same command";
        };
        return new CommandException(e.exitCode(), e.getMessage() + "; " + cure, e);
    }

    private static String withoutRow(AnswerFile query, AskedRows rows, long row) {
        if (row < 0 || row >= query.batch().rows()) {
            return drop(query, smallerBatch(query));
        }
        final int features = query.batch().features();
        final ShortBuffer key = ShortBuffer.wrap(query.batch().values(), (int) row * features, features);
        final int found = rows == null ? -1 : rows.find(key);
        return found < 0
                ? drop(query, "") + ", but not about row " + (row + 1) + " of that query"
                : drop(query, " --without " + (found + 1)) + ": it is " + rows.place(found);
    }

    private static String smallerBatch(AnswerFile query) {
        return " --batch " + Math.max(1, query.batch().rows() / 2);
    }

    private static String drop(AnswerFile query, String options) {
        final long count = query.query().count();
        return "the query of count " + count
                + " is signed: give it up, and ask about its rows again, by \"zkml ask ROWS.csv --pass "
                + query.query().passId() + " --drop " + count + options + "\"";
    }
}
