package org.zkml.prover.parallel;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;

/**
 * Splits a range of indices over the cores.
 *
 * <p>Work goes to the pool of the calling thread if that is a fork/join worker (so nested loops share one pool, and a test chooses the number of threads by calling from
 * a pool of its own), else to one pool with as many threads as the machine has processors.
 */
public final class Parallel {
    /** More leaves than threads, so that a slow leaf does not leave the other cores idle. */
    private static final int LEAVES_PER_THREAD = 8;

    private Parallel() {}

    /** The number of threads that {@link #forRange} uses when called from this thread. */
    public static int threads() {
        ForkJoinPool own = ForkJoinTask.getPool();
        return (own != null ? own : Shared.POOL).getParallelism();
    }

    /**
     * Runs {@code task} on disjoint ranges that together are {@code [from, to)}, and returns when all have ended. A range is smaller than {@code minChunk} only if all of
     * {@code [from, to)} is; then it runs in the calling thread.
     *
     * <p>If ranges fail, the others still run, and the failure of the lowest range is thrown, with the others suppressed in it: the outcome does not depend on timing.
     *
     * @throws IllegalArgumentException if {@code to < from} or {@code minChunk < 1}
     */
    public static void forRange(int from, int to, int minChunk, RangeTask task) {
        if (to < from || minChunk < 1) {
            throw new IllegalArgumentException("from " + from + ", to " + to + ", minChunk " + minChunk);
        }
        long length = (long) to - from;
        if (length == 0) {
            return;
        }
        int threads = threads();
        long leaves = Math.min(length / minChunk, (long) threads * LEAVES_PER_THREAD);
        if (leaves <= 1 || threads == 1) {
            task.run(from, to);
            return;
        }
        Node root = new Node(new Loop(from, length, (int) leaves, task), 0, (int) leaves);
        if (ForkJoinTask.inForkJoinPool()) {
            root.invoke();
        } else {
            Shared.POOL.invoke(root);
        }
        root.loop.rethrow();
    }

    /** Made at first use; its threads are daemons. */
    private static final class Shared {
        static final ForkJoinPool POOL = new ForkJoinPool(Runtime.getRuntime().availableProcessors());
    }

    /** One call of {@link #forRange}: leaf {@code i} is {@code [bound(i), bound(i + 1))}. */
    private record Loop(int from, long length, int leaves, RangeTask task, Throwable[] failures) {
        Loop(int from, long length, int leaves, RangeTask task) {
            this(from, length, leaves, task, new Throwable[leaves]);
        }

        int bound(int leaf) {
            return (int) (from + length * leaf / leaves);
        }

        void runLeaf(int leaf) {
            try {
                task.run(bound(leaf), bound(leaf + 1));
            } catch (RuntimeException | Error e) {
                failures[leaf] = e;
            }
        }

        void rethrow() {
            Throwable first = null;
            for (Throwable failure : failures) {
                if (first == null) {
                    first = failure;
                } else if (failure != null && failure != first) {
                    first.addSuppressed(failure);
                }
            }
            switch (first) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new AssertionError(first);
            }
        }
    }

    private static final class Node extends RecursiveAction {
        private static final long serialVersionUID = 1L;

        private final transient Loop loop;
        private final int firstLeaf;
        private final int endLeaf;

        Node(Loop loop, int firstLeaf, int endLeaf) {
            this.loop = loop;
            this.firstLeaf = firstLeaf;
            this.endLeaf = endLeaf;
        }

        @Override
        protected void compute() {
            if (endLeaf - firstLeaf == 1) {
                loop.runLeaf(firstLeaf);
                return;
            }
            int middle = (firstLeaf + endLeaf) >>> 1;
            invokeAll(new Node(loop, firstLeaf, middle), new Node(loop, middle, endLeaf));
        }
    }
}
