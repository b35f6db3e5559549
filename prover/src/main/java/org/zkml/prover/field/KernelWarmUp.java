package org.zkml.prover.field;

import java.util.Arrays;

/**
 * Has the vector kernels compiled before a process that lives for a few seconds needs them. Until they are, every vector operation is a method call on
 * objects, hundreds of times slower than the scalar kernels, and running them makes Java compile those methods too, which nobody needs. So each
 * kernel is called just often enough, and then let alone until it is compiled; in the meantime vectors are limbs.
 */
public final class KernelWarmUp {

    private static final int BLOCKS = 2;

    /** Enough for the launcher's thresholds. */
    private static final int CALLS_AT_ONCE = 160;

    private static final long FAST_NANOS = 10_000;
    private static final long PAUSE_MILLIS = 5;
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private KernelWarmUp() {}

    /** Starts it in the background, if there are vector kernels and a core for it. */
    public static void start() {
        if (!Lanes.available() || Runtime.getRuntime().availableProcessors() == 1) {
            return;
        }
        Lanes.hold(true);
        final Thread thread = new Thread(KernelWarmUp::run, "zkml-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run() {
        try {
            final int block = LaneField.BLOCK;
            final double[] x = new double[block * BLOCKS];
            final double[] z = new double[block * BLOCKS];
            Arrays.fill(x, 1);
            final LaneField field = LaneField.FR;
            untilFast(() -> field.mul(z, 0, block, x, 0, block, x, 0, block, BLOCKS));
            untilFast(() -> field.combine(z, 0, block, x, 0, block, 1, x, 0, block, BLOCKS));
            untilFast(() -> field.subtract(z, 0, x, 0, x, 0, BLOCKS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Lanes.hold(false);
        }
    }

    private static void untilFast(Runnable kernel) throws InterruptedException {
        final long start = System.nanoTime();
        for (int calls = 1; System.nanoTime() - start < PATIENCE_NANOS; calls++) {
            final long before = System.nanoTime();
            kernel.run();
            if (System.nanoTime() - before < FAST_NANOS) {
                return;
            }
            if (calls >= CALLS_AT_ONCE) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
