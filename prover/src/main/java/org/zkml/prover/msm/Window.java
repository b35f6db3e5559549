package org.zkml.prover.msm;

import org.zkml.prover.curve.G1Jacobian;

/**
 * One window of Pippenger's algorithm: {@code sum digit[i] * point[i]} for digits of at most {@code buckets} in absolute value. Points
 * are sorted by bucket, the points of a bucket are added up in a binary tree of batched affine additions, and the buckets by
 * running sums.
 */
final class Window {

    private final int buckets;
    private final int[] order;
    private final int[] length;
    private final BatchAdder adder;

    private Window(int buckets, int[] order, int[] length, BatchAdder adder) {
        this.buckets = buckets;
        this.order = order;
        this.length = length;
        this.adder = adder;
    }

    /** @param digits one for each point {@code first + i} */
    static G1Jacobian sum(Bases bases, int first, int[] digits, int count, int buckets) {
        final int[] start = new int[buckets + 2];
        for (int i = 0; i < count; i++) {
            if (digits[i] != 0) {
                start[Math.abs(digits[i]) + 1]++;
            }
        }
        for (int b = 1; b <= buckets + 1; b++) {
            start[b] += start[b - 1];
        }
        final int total = start[buckets + 1];
        final int[] length = new int[buckets + 1];
        for (int b = 1; b <= buckets; b++) {
            length[b] = start[b + 1] - start[b];
        }
        final int[] order = new int[total];
        for (int i = 0; i < count; i++) {
            final int d = digits[i];
            if (d != 0) {
                order[start[Math.abs(d)]++] = ((first + i) << 1) | (d < 0 ? 1 : 0);
            }
        }
        final int places = (total + buckets) / 2 + 1;
        return new Window(buckets, order, length, bases.adder(places)).run();
    }

    private G1Jacobian run() {
        boolean more = firstLevel();
        while (more) {
            more = nextLevel();
        }
        return addBuckets();
    }

    private boolean firstLevel() {
        boolean more = false;
        int read = 0;
        int write = 0;
        for (int b = 1; b <= buckets; b++) {
            final int end = read + length[b];
            for (; read + 1 < end; read += 2) {
                adder.addBases(order[read], order[read + 1], write++);
            }
            if (read < end) {
                adder.copyBase(order[read++], write++);
            }
            length[b] = (length[b] + 1) >> 1;
            more |= length[b] > 1;
        }
        adder.flush();
        return more;
    }

    private boolean nextLevel() {
        boolean more = false;
        int read = 0;
        int write = 0;
        for (int b = 1; b <= buckets; b++) {
            final int end = read + length[b];
            for (; read + 1 < end; read += 2) {
                adder.addSums(read, read + 1, write++);
            }
            if (read < end) {
                adder.copySum(read++, write++);
            }
            length[b] = (length[b] + 1) >> 1;
            more |= length[b] > 1;
        }
        adder.flush();
        return more;
    }

    /** sum b * bucket[b], by running sums from the highest bucket. */
    private G1Jacobian addBuckets() {
        final G1Jacobian running = new G1Jacobian();
        final G1Jacobian result = new G1Jacobian();
        final long[] point = new long[8];
        int place = 0;
        for (int b = 1; b <= buckets; b++) {
            place += length[b];
        }
        for (int b = buckets; b >= 1; b--) {
            if (length[b] == 1) {
                adder.get(--place, point);
                running.addAffine(point, 0);
            }
            result.add(running);
        }
        return result;
    }
}
