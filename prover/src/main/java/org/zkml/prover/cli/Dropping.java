package org.zkml.prover.cli;

import java.util.Set;

/** Gives up queries whose answers or proofs do not come. Their signatures are out for good: what a seller can release with them is at risk. */
final class Dropping {

    /** Refusals of queries that were not answered before: nothing is charged for them. */
    private static final Set<String> NOT_CHARGED =
            Set.of("malformed-request", "inputs-rejected", "pass-rejected", "too-large");

    private static final long ANSWERED = -1;

    private final AskSession session;
    private final PassRecords records;
    private final Questions questions;

    Dropping(AskSession session, PassRecords records, Questions questions) {
        this.session = session;
        this.records = records;
        this.questions = questions;
    }

    /** Gives up the query of a count, unless the seller answers it now. */
    void drop(long count) {
        final AnswerFile query = records.get(count);
        if (query == null || query.verified()) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "--drop " + count + ": no query of this count waits for answer or proof; those of pass "
                            + session.pass().id() + " that wait have the counts "
                            + records.outstanding().stream()
                                    .map(waiting -> waiting.query().count())
                                    .toList());
        }
        final long used = query.answered() ? atLeast(count) : used(query);
        if (used == ANSWERED) {
            session.console().say("The seller answers the query of count %d now: it is kept.", count);
            return;
        }
        final long atRisk = Math.max(0, count - records.askedBelow(count));
        records.drop(query, used);
        session.console().say("The query of count %d is given up; its rows can be asked about again.", count);
        session.console().say("  Its signature is out: with it the seller can release the price of %d rows.", atRisk);
        session.console()
                .result(Console.object()
                        .put("event", "QueryDropped")
                        .put("passId", session.pass().id().toString())
                        .put("count", count)
                        .put("rows", query.batch().rows())
                        .put("atRisk", atRisk));
    }

    /**
     * Up to which count the seller has charged: it is asked once more, by the signature that it has, which releases nothing. Its word is taken for no count that was not signed.
     *
     * @return the count, or {@link #ANSWERED}
     */
    private long used(AnswerFile query) {
        try {
            questions.accept(questions.askOnce(query));
            return ANSWERED;
        } catch (ProblemException e) {
            final long used = e.number("used");
            if (NOT_CHARGED.contains(e.type())) {
                return records.used();
            }
            if (e.type().equals("proof-term-over")) {
                return atLeast(query.query().count());
            }
            if (e.type().equals("count-conflict") && used >= 0 && used <= records.signed()) {
                return used;
            }
            throw e;
        } catch (CommandException e) {
            if (e.exitCode() == ExitCode.PROOF_FALSE) { // a receipt, though no right one
                return atLeast(query.query().count());
            }
            throw e;
        }
    }

    private long atLeast(long count) {
        return Math.max(records.used(), count);
    }
}
