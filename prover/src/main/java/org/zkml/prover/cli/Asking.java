package org.zkml.prover.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongPredicate;

/** Asks about rows with a pass, query by query: a count is signed only while few enough rows before it wait for their proofs. */
final class Asking {

    private static final long POLL_MILLIS = 200;

    private final AskSession session;
    private final Questions questions;
    private final AskPace pace;
    private final Deque<Waiting> outstanding = new ArrayDeque<>();

    /** @param since when it was asked or, if that was before, this process went on: nanoseconds */
    private record Waiting(AnswerFile file, long since) {}

    Asking(AskSession session, PassRecords records, Questions questions, AskPace pace) {
        this.session = session;
        this.questions = questions;
        this.pace = pace;
        records.outstanding().forEach(file -> outstanding.add(new Waiting(file, System.nanoTime())));
    }

    /** First what is signed already and not answered, in the order of counts, in which the seller takes it. @param left rows that were not asked about */
    void ask(AskedRows rows, List<Integer> left, ProgressBar progress) {
        for (int i = outstanding.size(); i > 0; i--) {
            final Waiting waiting = outstanding.removeFirst();
            outstanding.add(waiting.file().answered() ? waiting : send(waiting.file()));
        }
        for (int from = 0; from < left.size(); from += pace.batch()) {
            progress.part("asked about " + from + " of " + left.size() + " rows", from, left.size());
            final List<Integer> part = left.subList(from, Math.min(left.size(), from + pace.batch()));
            makeRoom(part.size());
            outstanding.add(send(questions.sign(rows, part)));
        }
        progress.part("waiting for proofs", 0, outstanding.size());
        settleWhile(waiting -> true);
    }

    private Waiting send(AnswerFile query) {
        final long since = System.nanoTime();
        return new Waiting(questions.send(query), since);
    }

    private void makeRoom(int rows) {
        settleWhile(waiting -> waiting + rows > pace.unproved());
    }

    /** @param tooMany whether so many rows are more than may wait for their proofs */
    private void settleWhile(LongPredicate tooMany) {
        while (!outstanding.isEmpty()
                && tooMany.test(outstanding.stream()
                        .mapToLong(waiting -> waiting.file().batch().rows())
                        .sum())) {
            settle(outstanding.getFirst());
            outstanding.removeFirst();
        }
    }

    private void settle(Waiting waiting) {
        final long begin = System.nanoTime();
        AnswerFile answered = waiting.file();
        while (!answered.hasProof()) {
            if (System.nanoTime() - begin > pace.patienceNanos()) {
                throw new CommandException(
                        ExitCode.IO,
                        "the answer to count " + answered.query().count() + " of pass "
                                + session.pass().id()
                                + " is not proved yet; run the command again later, nothing is asked twice");
            }
            answered = questions.poll(answered);
            if (!answered.hasProof()) {
                pause();
            }
        }
        questions.requireProved(answered);
        session.tellVerified(answered, (System.nanoTime() - waiting.since()) / 1_000_000);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.IO, "interrupted; run the command again, nothing is asked twice", e);
        }
    }
}
