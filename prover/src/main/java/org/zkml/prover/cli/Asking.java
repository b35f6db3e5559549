package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongPredicate;
import org.zkml.prover.inference.MarketMessages;
import org.zkml.prover.inference.Query;
import org.zkml.prover.inference.QueryBatch;

/** Asks about rows with a pass, query by query: a count is signed only while few enough rows before it wait for their proofs. What was signed once is asked again and never anew. */
final class Asking {

    private static final long POLL_MILLIS = 200;

    private final AskSession session;
    private final PassRecords records;
    private final AnswerVerifier verifier;
    private final long unproved;
    private final long patienceNanos;
    private final Deque<AnswerFile> outstanding = new ArrayDeque<>();

    /**
     * @param unproved rows that may wait for their proofs when the next query is signed
     * @param patienceNanos longest wait for a proof
     */
    Asking(AskSession session, PassRecords records, AnswerVerifier verifier, long unproved, long patienceNanos) {
        this.session = session;
        this.records = records;
        this.verifier = verifier;
        this.unproved = unproved;
        this.patienceNanos = patienceNanos;
        records.all().stream().filter(file -> !file.verified()).forEach(outstanding::add);
    }

    /** Rows of the last job that were answered, and all those before it, are left as they are. */
    void ask(AskedRows rows, AskJob job, ProgressBar progress) {
        for (int from = 0; from < rows.count(); from += job.batch()) {
            final int to = Math.min(rows.count(), from + job.batch());
            progress.part("asked about " + from + " of " + rows.count() + " rows", from, rows.count());
            if (records.get(job.first() + to) == null) {
                makeRoom(to - from);
                outstanding.add(send(sign(rows, from, to, job.first() + to)));
            }
        }
        progress.part("waiting for proofs", rows.count() - 1L, rows.count());
        settleWhile(waiting -> true);
    }

    private void makeRoom(int rows) {
        settleWhile(waiting -> waiting + rows > unproved);
    }

    /** @param tooMany whether so many rows are more than may wait for their proofs */
    private void settleWhile(LongPredicate tooMany) {
        while (!outstanding.isEmpty()
                && tooMany.test(outstanding.stream()
                        .mapToLong(file -> file.batch().rows())
                        .sum())) {
            settle(outstanding.getFirst());
            outstanding.removeFirst();
        }
    }

    /** On disk before it is sent: whoever is interrupted asks with the same signature again. */
    private AnswerFile sign(AskedRows rows, int from, int to, long count) {
        final QueryBatch batch = rows.batch(from, to);
        final Pass pass = session.pass();
        final Query query = new Query(
                pass.modelId(),
                pass.id(),
                count,
                batch.inputsHash(),
                session.chain().tomorrow());
        final BigInteger chainId = session.deployment().chainId();
        final Address market = session.deployment().inferenceMarket();
        final byte[] digest = new MarketMessages(chainId, market.toBigInteger()).query(query);
        return records.keep(new AnswerFile(
                chainId,
                market,
                query,
                batch,
                rows.cells(from, to),
                session.key().sign(digest),
                null,
                false));
    }

    /** Sends a query, and keeps the answer if its receipt is right; its proof only once it is verified. */
    private AnswerFile send(AnswerFile query) {
        final boolean later = unproved > 0;
        final AnswerFile answered = query.with(session.seller().ask(query, later), false);
        verifier.requireReceipt(answered);
        records.keep(answered.with(answered.response().withoutProof(), false));
        if (later) {
            session.seller().askForProof(answered);
        }
        return answered;
    }

    private void settle(AnswerFile file) {
        final long begin = System.nanoTime();
        AnswerFile answered = file.answered() ? file : send(file);
        while (!answered.hasProof()) {
            if (System.nanoTime() - begin > patienceNanos) {
                throw new CommandException(
                        ExitCode.IO,
                        "the answer to count " + file.query().count() + " of pass "
                                + session.pass().id()
                                + " is not proved yet; run the command again later, nothing is asked twice");
            }
            answered = poll(answered);
        }
        verifier.requireProved(answered);
        records.keep(answered.with(answered.response(), true));
        tell(answered, (System.nanoTime() - begin) / 1_000_000);
    }

    private AnswerFile poll(AnswerFile file) {
        final AnswerFile now = file.with(session.seller().get(file), false);
        if (now.hasProof()) {
            return now;
        }
        if (!now.response().proofAsked()) {
            session.seller().askForProof(file);
        }
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.IO, "interrupted; run the command again, nothing is asked twice", e);
        }
        return now;
    }

    private void tell(AnswerFile file, long millis) {
        final ObjectNode event = Console.object()
                .put("event", "AnswerVerified")
                .put("modelId", file.query().modelId().toString())
                .put("passId", file.query().passId().toString())
                .put("count", file.query().count())
                .put("rows", file.batch().rows())
                .put("queryId", Hex.of(file.queryId()))
                .put("proofBytes", file.response().proof().length)
                .put("waitMillis", millis);
        session.console()
                .say(
                        "AnswerVerified: pass %s, count %d, %d rows, a proof of %d bytes.",
                        file.query().passId(),
                        file.query().count(),
                        file.batch().rows(),
                        file.response().proof().length);
        session.console().result(event);
    }
}
