package org.zkml.prover.msm;

/**
 * Columns of points that are added up, the highest first, so that row j is those columns of more than j points and can be added to another place by place.
 * Neighbouring rows are added up until one is left, which takes the fewest additions: a column's points come from the source by twos, and are neighbours in
 * memory from then on. This is done for some columns at a time, as many as the cache has place for; their lowest row is where the sums shall be.
 */
final class PointColumns {
    /** Of points at a time: half of them are there, since most columns are lower than the highest. */
    private static final int PLACES = 1 << 14;

    private final int[] rowSize;
    private final int[] start;
    private final int[] order;
    private final int height;
    private final int half; // rows that are stored
    private final int width; // columns at a time
    private final int scratch; // the place of the second stored row
    private final PointRows rows;

    /** @param rowSize falling; 0 at the end, after an even number of rows */
    PointColumns(int[] rowSize, GroupSums.Rows maker) {
        this.rowSize = rowSize;
        this.start = new int[rowSize.length];
        int next = 0;
        int tall = 0;
        for (int j = 0; j < rowSize.length && rowSize[j] > 0; j++) {
            start[j] = next;
            next += aligned(rowSize[j]);
            tall++;
        }
        this.height = tall;
        this.half = (height + 1) / 2;
        this.order = new int[next];
        this.scratch = aligned(rowSize[0]);
        this.width = height == 0 ? 0 : Math.min(scratch, aligned(PLACES / half));
        this.rows = height == 0 ? null : maker.of(scratch + (half - 1) * width);
    }

    boolean isEmpty() {
        return height == 0;
    }

    /** Where each row begins in {@link #order}. */
    int[] start() {
        return start;
    }

    /** The number of each point in the source, to be filled in: that of row j and column c at {@code start[j] + c}. */
    int[] order() {
        return order;
    }

    private static int aligned(int places) {
        return (places + PointRows.ALIGNMENT - 1) / PointRows.ALIGNMENT * PointRows.ALIGNMENT;
    }

    PointRows addUp() {
        for (int first = 0; first < rowSize[0]; first += width) {
            addPoints(first);
            for (int step = 1; step < half; step *= 2) {
                for (int j = 0; j + step < half; j += 2 * step) {
                    rows.add(place(j, first), place(j + step, first), count(2 * (j + step), first));
                }
                rows.finish();
            }
        }
        return rows;
    }

    /** Makes the stored rows of columns from {@code first} on; a column of odd height has its last point in one. */
    private void addPoints(int first) {
        for (int j = 0; j < half; j++) {
            final int a = start[2 * j] + first;
            final int b = start[2 * j + 1] + first;
            rows.addFromSource(order, a, b, place(j, first), count(2 * j + 1, first));
        }
        rows.finish();
        for (int j = 0; j < half; j++) {
            final int pairs = count(2 * j + 1, first);
            final int single = start[2 * j] + first + pairs;
            rows.copyFromSource(order, single, place(j, first) + pairs, count(2 * j, first) - pairs);
        }
    }

    private int place(int stored, int first) {
        return stored == 0 ? first : scratch + (stored - 1) * width;
    }

    /** How many of the columns from {@code first} on reach a row. */
    private int count(int row, int first) {
        return Math.clamp(rowSize[row] - first, 0, width);
    }
}
