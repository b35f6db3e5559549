package org.zkml.prover.cli;

import java.nio.ShortBuffer;
import java.util.List;
import java.util.Set;

/**
 * What a buyer can do about a query that its seller refuses, or knows nothing of any more.
 *
 * @param rows that are asked about, or null: a row that is refused is named by them
 */
record Cures(PassRecords records, AskedRows rows) {

    /** The seller has no answer where there was one, or none that it will prove. */
    CommandException gone(AnswerFile query) {
        return new CommandException(
                ExitCode.REFUSED,
                "the seller knows no answer to count " + query.query().count() + " of pass "
                        + query.query().passId()
                        + ", or none that it will prove: its receipt's term, or an earlier one's, is over; "
                        + drop(query, ""));
    }

    /** The seller refused the rows, which it is not sent again. */
    CommandException refused(AnswerFile query) {
        return new CommandException(
                ExitCode.REFUSED,
                "the seller refused the rows of count " + query.query().count() + " of pass "
                        + query.query().passId() + " before: nothing was sent; " + withoutRow(query));
    }

    /** No answer about so many rows can be proved to the contracts. */
    CommandException tooManyRows(AnswerFile query) {
        return new CommandException(
                ExitCode.REFUSED,
                "the contracts verify no answer to count " + query.query().count() + " of pass "
                        + query.query().passId() + ", which has "
                        + query.batch().rows() + " rows; "
                        + drop(query, smallerBatch(query)));
    }

    /** A refusal with its cure; what only has to be tried again later is left as it is. */
    CommandException advised(AnswerFile query, ProblemException e) {
        if (e.exitCode() != ExitCode.REFUSED) {
            return e;
        }
        final String cure = switch (e.type()) {
            case "inputs-rejected" -> withoutRow(query);
            case "too-large" -> drop(query, smallerBatch(query));
            case "count-conflict" -> isCountable(e.number("used")) ? drop(query, "") : anotherPass(e.number("used"));
            case "proof-term-over", "malformed-request" -> drop(query, "");
            default ->
                "the query of count " + query.query().count()
                        + " stays signed, and is sent again by the same command, until it is given up with --drop "
                        + query.query().count();
        };
        return new CommandException(e.exitCode(), e.getMessage() + "; " + cure, e);
    }

    /** Whether the seller can have charged so much: all that it has answered, and no more than it was signed. */
    private boolean isCountable(long used) {
        return used < 0 || used >= records.charged() && used <= records.signed();
    }

    private String anotherPass(long used) {
        return "the seller has charged up to count " + used
                + " by its word, though it redeemed or answered up to count "
                + records.charged() + ", and nothing beyond count " + records.signed()
                + " is signed: no next count is right for both; buy another pass";
    }

    private String withoutRow(AnswerFile query) {
        final ShortBuffer row = query.refusedRow();
        if (row == null) {
            return drop(query, smallerBatch(query));
        }
        final List<Integer> found = rows == null ? List.of() : rows.find(Set.of(row));
        return found.isEmpty()
                ? drop(query, "") + ", but not about row " + (query.refused().row() + 1) + " of that query"
                : drop(query, "") + ": it is " + rows.place(found.getFirst());
    }

    private static String smallerBatch(AnswerFile query) {
        return " --batch " + Math.max(1, query.batch().rows() / 2);
    }

    /** With all rows that were left out or refused before: else these come again. */
    private String drop(AnswerFile query, String options) {
        final long count = query.query().count();
        return "the query of count " + count
                + " is signed: give it up, and ask about its rows again, by \"zkml ask ROWS.csv --pass "
                + query.query().passId() + " --drop " + count
                + (rows == null ? "" : rows.without(records.refusedRows())) + options + "\"";
    }
}
