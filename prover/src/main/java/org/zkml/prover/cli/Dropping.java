package org.zkml.prover.cli;

import java.util.ArrayList;
import java.util.List;

/** Gives up queries whose answers or proofs do not come. Their signatures are out for good: what a seller can release with them is at risk. */
final class Dropping {

    private static final long KEPT = -1;

    private final AskSession session;
    private final PassRecords records;
    private final Confirmation confirmation;

    Dropping(AskSession session, PassRecords records, Confirmation confirmation) {
        this.session = session;
        this.records = records;
        this.confirmation = confirmation;
    }

    /**
     * Gives up the queries that no right answer can come to: those whose rows the seller refused, and those that are too large for the chain's verifier.
     *
     * @param deployedLq log2 of the most rows that this one takes
     * @return the counts of the others
     */
    List<Long> dropUnanswerable(List<Long> counts, int deployedLq) {
        final List<Long> others = new ArrayList<>();
        for (long count : counts) {
            final AnswerFile query = require(count);
            if (query.refused() != null || query.batch().lq() > deployedLq) {
                give(query, query.answered() ? atLeast(count) : records.used());
            } else {
                others.add(count);
            }
        }
        return others;
    }

    /** Gives up the query of a count, unless the seller answers it now, or has its proof now. */
    void drop(long count, Questions questions) {
        final AnswerFile query = require(count);
        final long used = query.answered() ? prove(query, questions) : ask(query, questions);
        if (used == KEPT) {
            session.console().say("The seller answers the query of count %d now: it is kept.", count);
        } else {
            give(records.get(count), used);
        }
    }

    private AnswerFile require(long count) {
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
        return query;
    }

    private void give(AnswerFile query, long used) {
        final long count = query.query().count();
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
     * Up to which count the seller has charged: it is asked once more, by the signature that it has, which releases nothing. Its word is taken for no count that was not signed; where it
     * gives none, the last one stands, and if that is too low, it refuses the next query with a better one.
     *
     * @return the count, or {@link #KEPT}
     */
    private long ask(AnswerFile query, Questions questions) {
        final AnswerFile answered;
        try {
            answered = questions.askOnce(query);
        } catch (CommandException e) {
            return usedAfter(query, e);
        }
        try {
            questions.requireReceipt(answered);
        } catch (CommandException e) { // a receipt, though no right one
            session.console().warn(e.getMessage());
            return atLeast(query.query().count());
        }
        questions.keep(answered);
        return KEPT;
    }

    private long usedAfter(AnswerFile query, CommandException e) {
        requireAnswer(query, e);
        if (e instanceof ProblemException problem) {
            final long used = problem.number("used");
            if (problem.refusesRows()) {
                records.keep(query.refusedFor(problem.number("row")));
            } else if (problem.type().equals("proof-term-over")) {
                return atLeast(query.query().count());
            } else if (problem.type().equals("count-conflict") && used >= 0 && used <= records.signed()) {
                return used;
            }
        }
        return records.used();
    }

    /** As {@link #ask}, for an answer that came before: kept if its proof has come, and is right. */
    private long prove(AnswerFile query, Questions questions) {
        final long since = System.nanoTime();
        final AnswerFile now;
        try {
            now = questions.get(query);
        } catch (CommandException e) {
            requireAnswer(query, e);
            return atLeast(query.query().count());
        }
        if (!now.hasProof()) {
            return atLeast(query.query().count());
        }
        try {
            questions.requireProved(now);
        } catch (CommandException e) {
            if (e.exitCode() == ExitCode.IO) { // the chain's, or this machine's
                throw e;
            }
            session.console().warn(e.getMessage());
            return atLeast(query.query().count());
        }
        session.tellVerified(now, (System.nanoTime() - since) / 1_000_000);
        return KEPT;
    }

    /** Who does not say no may have answered, and charged for it: the buyer is asked. */
    private void requireAnswer(AnswerFile query, CommandException e) {
        session.console().warn(e.getMessage());
        if (e.exitCode() == ExitCode.IO) {
            session.console().say("The seller does not say whether it has answered: it may have charged for it.");
            confirmation.require(
                    session.console(),
                    "give up the query of count " + query.query().count());
        }
    }

    private long atLeast(long count) {
        return Math.max(records.used(), count);
    }
}
