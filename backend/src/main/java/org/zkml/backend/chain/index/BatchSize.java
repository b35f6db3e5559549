package org.zkml.backend.chain.index;

/** How many blocks are asked for at once: half as many after a failure, an eighth more after eight successes, never more than configured. */
final class BatchSize {

    private static final int GROWTH = 8;

    private final int most;
    private int blocks;
    private int successes;

    /** @param most blocks, at least 1 */
    BatchSize(int most) {
        this.most = most;
        this.blocks = most;
    }

    synchronized int blocks() {
        return blocks;
    }

    /** What was read was not too much. */
    synchronized void succeeded() {
        successes++;
        if (successes >= GROWTH) {
            successes = 0;
            blocks = (int) Math.min(most, (long) blocks + Math.max(1, blocks / GROWTH));
        }
    }

    /** @param failed blocks that were too many */
    synchronized void shrinkBelow(long failed) {
        successes = 0;
        blocks = (int) Math.max(1, Math.min(blocks, failed / 2));
    }
}
