package org.zkml.prover.msm;

/**
 * Adds many pairs of affine points with one shared inversion (Montgomery's trick), and keeps the sums in numbered places.
 * Additions are queued and carried out when the queue is full or at {@link #flush}; their operands are read when they are
 * queued, so a sum may be written over a place that a queued addition has read. A base is named by {@code 2 i} for point
 * {@code i} and {@code 2 i + 1} for its negative. Equal and opposite points and infinity are handled.
 */
interface BatchAdder {

    /** Queues {@code sum[to] = base a + base b}. */
    void addBases(int a, int b, int to);

    /** Queues {@code sum[to] = sum[a] + sum[b]}. */
    void addSums(int a, int b, int to);

    /** {@code sum[to] = base a}, at once. */
    void copyBase(int a, int to);

    /** {@code sum[to] = sum[a]}, at once. */
    void copySum(int a, int to);

    /** Carries out what is queued. */
    void flush();

    /** Writes {@code sum[a]} as an affine point of eight limbs. */
    void get(int a, long[] out);
}
