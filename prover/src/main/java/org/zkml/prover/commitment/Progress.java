package org.zkml.prover.commitment;

import java.util.concurrent.atomic.AtomicLong;

/** Told how far a long operation on a setup has come; called by one thread at a time. */
@FunctionalInterface
public interface Progress {

    Progress SILENT = (phase, done, total) -> {};

    /**
     * @param phase what is being done, in words
     * @param done so much of it, in the unit of {@code total}: points, bytes or contributions
     */
    void report(String phase, long done, long total);

    /** Counts work that several threads do. */
    final class Counter {
        private final Progress progress;
        private final String phase;
        private final long total;
        private final AtomicLong done = new AtomicLong();

        Counter(Progress progress, String phase, long total) {
            this.progress = progress;
            this.phase = phase;
            this.total = total;
            progress.report(phase, 0, total);
        }

        void add(long amount) {
            done.addAndGet(amount);
            synchronized (this) { // read inside: what is reported never goes down
                progress.report(phase, done.get(), total);
            }
        }
    }
}
