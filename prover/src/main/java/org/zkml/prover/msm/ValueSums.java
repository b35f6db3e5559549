package org.zkml.prover.msm;

import java.util.Arrays;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.parallel.Parallel;

/**
 * Sums of small multiples of points by one window: a bucket for every absolute value, so that each point is added once. Tasks share out the rows of the
 * window's buckets ({@link WindowSums}) and not the points, since every task pays for the buckets it has.
 */
final class ValueSums {

    private final Bases bases;
    private final int[] scalars;
    private final int columns;
    private final int[] rowSize; // scalars in the buckets of each row

    private ValueSums(Bases bases, int[] scalars, int buckets) {
        this.bases = bases;
        this.scalars = scalars;
        this.columns = WindowSums.columns(buckets);
        this.rowSize = new int[buckets / columns];
    }

    /** @param buckets a power of two, at least the largest absolute value */
    static G1Jacobian of(Bases bases, int[] scalars, int buckets) {
        bases.prepare();
        final ValueSums sums = new ValueSums(bases, scalars, buckets);
        sums.countRows();
        final int[] bound = sums.shares(2 * Parallel.threads());
        final G1Jacobian[] partial = new G1Jacobian[bound.length - 1];
        Parallel.forRange(0, partial.length, 1, (from, to) -> {
            for (int task = from; task < to; task++) {
                partial[task] = sums.ofRows(bound[task], bound[task + 1]);
            }
        });
        final G1Jacobian result = new G1Jacobian();
        for (G1Jacobian part : partial) {
            result.add(part);
        }
        return result;
    }

    /** The bucket of a scalar, -1 for 0. */
    private static int bucket(int scalar) {
        return Math.abs(scalar) - 1;
    }

    private void countRows() {
        final int shift = Integer.numberOfTrailingZeros(columns);
        for (int scalar : scalars) {
            if (scalar != 0) {
                rowSize[bucket(scalar) >> shift]++;
            }
        }
    }

    /** Bounds of so many runs of rows that take about the same time: an addition a point, two a bucket. */
    private int[] shares(int count) {
        final int[] bound = new int[count + 1];
        Arrays.fill(bound, 1, count + 1, rowSize.length);
        final long all = Arrays.stream(rowSize).asLongStream().sum() + 2L * columns * rowSize.length;
        long done = 0;
        for (int row = 0, share = 1; row < rowSize.length; row++) {
            done += rowSize[row] + 2L * columns;
            while (share < count && done * count >= all * share) {
                bound[share++] = row + 1;
            }
        }
        return bound;
    }

    private G1Jacobian ofRows(int firstRow, int endRow) {
        int count = 0;
        for (int row = firstRow; row < endRow; row++) {
            count += rowSize[row];
        }
        final int[] group = new int[count];
        final int[] number = new int[count];
        collect(firstRow * columns, endRow * columns, group, number);
        final int rows = endRow - firstRow;
        return WindowSums.ofRows(GroupSums.of(bases::rows, group, number, rows * columns), firstRow, rows, columns);
    }

    private void collect(int firstBucket, int endBucket, int[] group, int[] number) {
        int at = 0;
        for (int i = 0; i < scalars.length; i++) {
            final int bucket = bucket(scalars[i]);
            if (bucket >= firstBucket && bucket < endBucket) {
                group[at] = bucket - firstBucket;
                number[at++] = i << 1 | scalars[i] >>> 31;
            }
        }
    }
}
