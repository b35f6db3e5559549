package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.List;
import org.zkml.prover.inference.Query;
import org.zkml.prover.inference.QueryBatch;

/**
 * Signs queries of a pass, sends them, and keeps what is said. What was signed once is asked again with the same count and rows; it is signed anew only for a later deadline, which
 * releases nothing more, and its count is given to others only once its buyer gives it up.
 */
final class Questions {

    /** Longest request that a seller's instance takes (docs/api.md), bytes. */
    private static final int MAX_REQUEST_BYTES = 1 << 20;

    /** Most that an answer adds to a query's file, bytes: for every row, and for receipt and proof. */
    private static final int ANSWER_BYTES_A_ROW = 128;

    private static final int ANSWER_BYTES = 1 << 18;

    private static final int SIGNATURE_BYTES = 65;

    private final AskSession session;
    private final PassRecords records;
    private final AnswerVerifier verifier;
    private final Cures cures;
    private final boolean later;

    /** @param later whether proofs are waited for after the answer came */
    Questions(AskSession session, PassRecords records, AnswerVerifier verifier, Cures cures, boolean later) {
        this.session = session;
        this.records = records;
        this.verifier = verifier;
        this.cures = cures;
        this.later = later;
    }

    /** On disk before it is sent: whoever is interrupted asks with the same signature again. */
    AnswerFile sign(AskedRows rows, List<Integer> part) {
        final QueryBatch batch = rows.batch(part);
        final Pass pass = session.pass();
        final AnswerFile unsigned = new AnswerFile(
                session.deployment().chainId(),
                session.deployment().inferenceMarket(),
                new Query(
                        pass.modelId(),
                        pass.id(),
                        records.asked() + part.size(),
                        batch.inputsHash(),
                        session.chain().tomorrow()),
                batch,
                rows.cells(part),
                new byte[SIGNATURE_BYTES],
                List.of(),
                null,
                null,
                false);
        requireSize(unsigned, later);
        return records.create(unsigned.signed(session.key().sign(unsigned.queryId())));
    }

    /** That sellers take a query, and that its file can be read again with the answer in it. */
    static void requireSize(AnswerFile query, boolean later) {
        final int rows = query.batch().rows();
        final long request = JsonFile.pretty(query.request(later)).length;
        final long file = JsonFile.pretty(query.json()).length + ANSWER_BYTES + (long) ANSWER_BYTES_A_ROW * rows;
        if (request > MAX_REQUEST_BYTES || file > JsonFile.MAX_BYTES) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "a query of these " + rows + " rows would have " + request + " bytes, and up to " + file
                            + " with its answer, of which sellers take " + MAX_REQUEST_BYTES + " and a file holds "
                            + JsonFile.MAX_BYTES + "; nothing was signed: use a smaller --batch");
        }
    }

    /** Sends a query, unless its rows were refused before, and keeps the answer if its receipt is right; its proof only once it is verified. */
    AnswerFile send(AnswerFile query) {
        if (query.refused() != null) {
            throw cures.refused(query);
        }
        final AnswerFile answered = ask(query);
        requireReceipt(answered);
        if (!verifier.isTimely(answered)) {
            askForProof(answered);
            throw new CommandException(
                    ExitCode.IO,
                    "the receipt for count " + query.query().count() + " of pass "
                            + query.query().passId() + " owes the proof until "
                            + answered.response().receipt().proofDeadline()
                            + ", less than an hour from now: its proof was asked for; run the command again soon");
        }
        keep(answered);
        if (later) {
            askForProof(answered);
        }
        return answered;
    }

    private AnswerFile ask(AnswerFile query) {
        try {
            return askOnce(query);
        } catch (ProblemException e) {
            if (e.text("reason").equals("deadline-over")) {
                return askUntil(session.chain().tomorrow(), query, e);
            }
            throw refused(query, e);
        }
    }

    private AnswerFile askUntil(BigInteger deadline, AnswerFile query, ProblemException before) {
        if (deadline.compareTo(query.query().deadline()) <= 0) { // it is not over, whatever the seller says
            throw refused(query, before);
        }
        final byte[] digest = query.signedAgain(deadline, query.signature()).queryId();
        final AnswerFile again =
                records.keep(query.signedAgain(deadline, session.key().sign(digest)));
        try {
            return askOnce(again);
        } catch (ProblemException e) {
            throw refused(again, e);
        }
    }

    private CommandException refused(AnswerFile query, ProblemException e) {
        return cures.advised(e.refusesRows() ? records.keep(query.refusedFor(e.number("row"))) : query, e);
    }

    /** Sends a query as it is signed. What is answered is not checked yet. */
    AnswerFile askOnce(AnswerFile query) {
        return query.answeredBy(session.seller().ask(query, later));
    }

    /** That an answer's receipt is right; its term is not looked at but for its latest end. */
    void requireReceipt(AnswerFile answered) {
        requireRight(answered, () -> {
            verifier.requireReceipt(answered);
            verifier.requireRedeemable(answered);
        });
    }

    /** Keeps an answer whose receipt is right. */
    void keep(AnswerFile answered) {
        records.keep(answered.with(answered.response().withoutProof(), false));
    }

    /** The answer as the seller has it now; its receipt is the first one, and asked for is its proof. */
    AnswerFile poll(AnswerFile file) {
        final AnswerFile now = get(file);
        if (!now.hasProof() && now.response().proofLapsed()) {
            throw cures.gone(file);
        }
        if (!now.hasProof() && !now.response().proofAsked()) {
            askForProof(file);
        }
        return now;
    }

    /** The answer as the seller has it now; its receipt is the first one. */
    AnswerFile get(AnswerFile file) {
        try {
            final AnswerFile now = file.with(session.seller().get(file).orElseThrow(() -> cures.gone(file)), false);
            requireRight(now, () -> requireSameReceipt(file, now));
            return now;
        } catch (ProblemException e) {
            throw cures.advised(file, e);
        }
    }

    private void askForProof(AnswerFile file) {
        try {
            session.seller().askForProof(file);
        } catch (ProblemException e) {
            throw e.type().equals("not-found") ? cures.gone(file) : cures.advised(file, e);
        }
    }

    /** Verifies an answer with its proof, and keeps it. */
    void requireProved(AnswerFile file) {
        requireRight(file, () -> verifier.requireProved(file));
        records.keep(file.with(file.response(), true));
    }

    private static void requireSameReceipt(AnswerFile first, AnswerFile now) {
        if (!now.response().receipt().equals(first.response().receipt())) {
            throw new CommandException(
                    ExitCode.PROOF_FALSE,
                    "the receipt for count " + first.query().count() + " was "
                            + first.response().receipt() + ", now the seller shows "
                            + now.response().receipt());
        }
    }

    private void requireRight(AnswerFile file, Runnable check) {
        try {
            check.run();
        } catch (CommandException e) {
            throw e.exitCode() == ExitCode.PROOF_FALSE ? withEvidence(file, e) : e;
        }
    }

    /** What is false and signed by the seller is kept: the buyer can show it to others. */
    private CommandException withEvidence(AnswerFile file, CommandException e) {
        try {
            return verifier.isSigned(file)
                    ? new CommandException(
                            ExitCode.PROOF_FALSE,
                            e.getMessage() + "; the receipt that the seller has signed for it is kept in "
                                    + records.keepRefused(file),
                            e)
                    : e;
        } catch (CommandException malformed) { // nothing to show
            e.addSuppressed(malformed);
            return e;
        }
    }
}
