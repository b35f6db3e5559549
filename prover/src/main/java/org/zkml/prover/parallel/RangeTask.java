package org.zkml.prover.parallel;

/** Work on the indices {@code from} to {@code to - 1}; called for disjoint ranges at the same time. */
@FunctionalInterface
public interface RangeTask {
    void run(int from, int to);
}
