package org.zkml.prover.msm;

import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;

/**
 * Windows of Pippenger's algorithm: {@code sum digit[i] * point[i]} for each of several neighbouring windows. With the buckets of a window laid
 * out as a rectangle, bucket {@code S h + l + 1} in row h and column l, its sum is {@code S sum_h h row_h + sum_l (l + 1) column_l}: two
 * batched additions a bucket, and running sums of the few rows and columns only.
 */
final class WindowSums {

    private final int windows;
    private final int rows;
    private final int columns;

    private WindowSums(int windows, int rows, int columns) {
        this.windows = windows;
        this.rows = rows;
        this.columns = columns;
    }

    /** Buckets of a row, a power of two as the number of all. */
    static int columns(int buckets) {
        final int log = Integer.numberOfTrailingZeros(buckets);
        return log < 3 ? buckets : 1 << (log + 1) / 2;
    }

    /** The sums of windows {@code firstWindow} to {@code endWindow - 1} over points {@code first} to {@code end - 1}. */
    static G1Jacobian[] of(Bases bases, SignedDigits digits, int firstWindow, int endWindow, int first, int end) {
        final int windows = endWindow - firstWindow;
        final int count = end - first;
        final int[] group = new int[windows * count];
        final int[] number = new int[windows * count];
        for (int w = 0; w < windows; w++) {
            digits.extract(firstWindow + w, first, group, w * count, count);
            toGroups(group, number, w * count, count, first, w * digits.buckets());
        }
        final int columns = columns(digits.buckets());
        return new WindowSums(windows, digits.buckets() / columns, columns)
                .sum(GroupSums.of(bases::rows, group, number, windows * digits.buckets()), 0);
    }

    /** The part of a window's sum that is in whole rows of its buckets, {@code firstRow} and those after it. */
    static G1Jacobian ofRows(GroupSums buckets, int firstRow, int rows, int columns) {
        return new WindowSums(1, rows, columns).sum(buckets, firstRow)[0];
    }

    /** Digits become groups and numbers of bases. */
    private static void toGroups(int[] group, int[] number, int at, int count, int first, int origin) {
        for (int i = 0; i < count; i++) {
            final int d = group[at + i];
            number[at + i] = (first + i) << 1 | d >>> 31;
            group[at + i] = d == 0 ? -1 : origin + Math.abs(d) - 1;
        }
    }

    private G1Jacobian[] sum(GroupSums bucket, int firstRow) {
        final G1Jacobian[] results = new G1Jacobian[windows];
        for (int w = 0; w < windows; w++) {
            results[w] = new G1Jacobian();
        }
        if (bucket.sums() == null) {
            return results;
        }
        final int[] place = bucket.place();
        final GroupSums rowSums = GroupSums.of(bucket.sums()::next, rowOfEach(place), place, windows * rows);
        final GroupSums columnSums = GroupSums.of(bucket.sums()::next, columnOfEach(place), place, windows * columns);
        for (int w = 0; w < windows; w++) {
            addRectangle(results[w], rowSums, columnSums, w, firstRow);
        }
        return results;
    }

    private int[] rowOfEach(int[] place) {
        final int[] row = new int[place.length];
        for (int bucket = 0; bucket < row.length; bucket++) {
            row[bucket] = place[bucket] < 0 ? -1 : bucket / columns;
        }
        return row;
    }

    private int[] columnOfEach(int[] place) {
        final int[] column = new int[place.length];
        for (int bucket = 0; bucket < column.length; bucket++) {
            column[bucket] = place[bucket] < 0 ? -1 : bucket / (rows * columns) * columns + bucket % columns;
        }
        return column;
    }

    private void addRectangle(G1Jacobian result, GroupSums rowSums, GroupSums columnSums, int window, int firstRow) {
        addRunning(result, rowSums, window * rows, (window + 1) * rows, firstRow);
        for (int s = columns; s > 1; s >>= 1) {
            result.twice();
        }
        final G1Jacobian low = new G1Jacobian();
        addRunning(low, columnSums, window * columns, (window + 1) * columns, 1);
        result.add(low);
    }

    /** {@code result += sum (i - from + first) point[i]} over i from {@code from} to {@code to - 1}, by running sums. */
    private static void addRunning(G1Jacobian result, GroupSums points, int from, int to, int first) {
        final G1Jacobian running = new G1Jacobian();
        final long[] point = new long[G1Affine.LIMBS];
        for (int i = to - 1; i >= from; i--) {
            if (points.place()[i] >= 0) {
                points.sums().get(points.place()[i], point);
                running.addAffine(point, 0);
            }
            if (i > from) {
                result.add(running);
            }
        }
        for (int rest = first; rest > 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                result.add(running);
            }
            running.twice();
        }
    }
}
