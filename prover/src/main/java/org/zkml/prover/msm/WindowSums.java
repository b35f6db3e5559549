package org.zkml.prover.msm;

import org.zkml.prover.curve.G1Jacobian;

/**
 * Windows of Pippenger's algorithm: {@code sum digit[i] * point[i]} for each of several neighbouring windows. Points are sorted by window and
 * bucket, and the points of a bucket added up in a binary tree of batched affine additions. With the buckets of a window laid out as a
 * rectangle, bucket {@code S h + l + 1} in row h and column l, its sum is {@code S sum_h h row_h + sum_l (l + 1) column_l}: two
 * batched additions a bucket, and running sums of the few rows and columns only.
 */
final class WindowSums {

    private final int windows;
    private final int buckets;
    private final int columns;
    private final BatchAdder adder;
    private int[] length; // of each group of sums that are still to be added

    private WindowSums(int windows, int buckets, BatchAdder adder) {
        this.windows = windows;
        this.buckets = buckets;
        final int log = Integer.numberOfTrailingZeros(buckets);
        this.columns = log < 3 ? buckets : 1 << (log + 1) / 2;
        this.adder = adder;
    }

    /** The sums of windows {@code firstWindow} to {@code endWindow - 1} over points {@code first} to {@code end - 1}. */
    static G1Jacobian[] of(Bases bases, SignedDigits digits, int firstWindow, int endWindow, int first, int end) {
        final int windows = endWindow - firstWindow;
        final int buckets = digits.buckets();
        final int count = end - first;
        final int[][] window = new int[windows][count];
        final int[] length = new int[windows * buckets];
        for (int w = 0; w < windows; w++) {
            digits.extract(firstWindow + w, first, window[w]);
            countDigits(window[w], length, w * buckets - 1);
        }
        final int[] next = new int[length.length];
        final int total = starts(length, next);
        final int[] order = new int[total];
        for (int w = 0; w < windows; w++) {
            sort(window[w], first, next, w * buckets - 1, order);
        }
        // the first sums, then what is left of them, their rows and their columns
        final int places = Math.max((total + length.length) / 2, 3 * Math.min(total, length.length)) + 1;
        final WindowSums sums = new WindowSums(windows, buckets, bases.adder(places));
        sums.length = length;
        return sums.run(order);
    }

    // Short loops in methods of their own: C2 takes seconds for one method that holds them all.

    private static void countDigits(int[] digits, int[] length, int origin) {
        for (int d : digits) {
            if (d != 0) {
                length[origin + Math.abs(d)]++;
            }
        }
    }

    /** Where each group starts; returns the number of all. */
    private static int starts(int[] length, int[] start) {
        int total = 0;
        for (int g = 0; g < length.length; g++) {
            start[g] = total;
            total += length[g];
        }
        return total;
    }

    private static void sort(int[] digits, int first, int[] next, int origin, int[] order) {
        for (int i = 0; i < digits.length; i++) {
            final int d = digits[i];
            if (d != 0) {
                order[next[origin + Math.abs(d)]++] = (first + i) << 1 | d >>> 31;
            }
        }
    }

    private G1Jacobian[] run(int[] order) {
        addUp(addBases(order), 0);
        final int[] bucketPlace = new int[length.length];
        final int filled = place(0, bucketPlace);
        final int rows = buckets / columns;
        final int[] rowPlace = sumUp(bucketPlace, columns, 1, columns, rows, filled);
        final int[] columnPlace = sumUp(bucketPlace, 1, columns, rows, columns, 2 * filled);
        final G1Jacobian[] results = new G1Jacobian[windows];
        for (int w = 0; w < windows; w++) {
            final G1Jacobian result = new G1Jacobian();
            addRunning(result, rowPlace, w * rows + 1, (w + 1) * rows);
            for (int s = columns; s > 1; s >>= 1) {
                result.twice();
            }
            final G1Jacobian low = new G1Jacobian();
            addRunning(low, columnPlace, w * columns, (w + 1) * columns);
            result.add(low);
            results[w] = result;
        }
        return results;
    }

    /**
     * Adds up the buckets of every row or column.
     *
     * @param groupStep from the first bucket of a row or column to that of the next
     * @param step from a bucket to the next of its row or column
     * @param size buckets of a row or column
     * @param count rows or columns of a window
     * @param target where the sums are put together
     * @return the place of each sum, -1 for none; window by window
     */
    private int[] sumUp(int[] bucketPlace, int groupStep, int step, int size, int count, int target) {
        length = new int[windows * count];
        final int[] pending = new int[size];
        int write = target;
        boolean more = false;
        for (int g = 0; g < length.length; g++) {
            final int filled = gather(bucketPlace, (g / count) * buckets + (g % count) * groupStep, step, pending);
            write = addPairs(pending, filled, write);
            length[g] = (filled + 1) >> 1;
            more |= length[g] > 1;
        }
        adder.flush();
        addUp(more, target);
        final int[] place = new int[length.length];
        place(target, place);
        return place;
    }

    private static int gather(int[] bucketPlace, int first, int step, int[] pending) {
        int filled = 0;
        for (int i = 0, bucket = first; i < pending.length; i++, bucket += step) {
            if (bucketPlace[bucket] >= 0) {
                pending[filled++] = bucketPlace[bucket];
            }
        }
        return filled;
    }

    private int addPairs(int[] pending, int filled, int target) {
        int write = target;
        int read = 0;
        for (; read + 1 < filled; read += 2) {
            adder.addSums(pending[read], pending[read + 1], write++);
        }
        if (read < filled) {
            adder.copySum(pending[read], write++);
        }
        return write;
    }

    /** The places of the groups' single sums, which stand together from {@code origin} on, -1 for none; returns the first free place. */
    private int place(int origin, int[] place) {
        int next = origin;
        for (int g = 0; g < place.length; g++) {
            place[g] = length[g] == 0 ? -1 : next++;
        }
        return next;
    }

    /** Adds the bases of every group in pairs; true if a group has more than one sum left. */
    private boolean addBases(int[] order) {
        boolean more = false;
        int read = 0;
        int write = 0;
        for (int g = 0; g < length.length; g++) {
            final int end = read + length[g];
            for (; read + 1 < end; read += 2) {
                adder.addBases(order[read], order[read + 1], write++);
            }
            if (read < end) {
                adder.copyBase(order[read++], write++);
            }
            length[g] = (length[g] + 1) >> 1;
            more |= length[g] > 1;
        }
        adder.flush();
        return more;
    }

    /** Adds the sums of every group, which stand one after the other from {@code origin} on, in pairs until one is left. */
    private void addUp(boolean goOn, int origin) {
        for (boolean more = goOn; more; ) {
            more = false;
            int read = origin;
            int write = origin;
            for (int g = 0; g < length.length; g++) {
                final int end = read + length[g];
                for (; read + 1 < end; read += 2) {
                    adder.addSums(read, read + 1, write++);
                }
                if (read < end) {
                    adder.copySum(read++, write++);
                }
                length[g] = (length[g] + 1) >> 1;
                more |= length[g] > 1;
            }
            adder.flush();
        }
    }

    /** {@code result += sum (i - from + 1) point[i]} over i from {@code from} to {@code to - 1}, by running sums. */
    private void addRunning(G1Jacobian result, int[] place, int from, int to) {
        final G1Jacobian running = new G1Jacobian();
        final long[] point = new long[8];
        for (int i = to - 1; i >= from; i--) {
            if (place[i] >= 0) {
                adder.get(place[i], point);
                running.addAffine(point, 0);
            }
            result.add(running);
        }
    }
}
