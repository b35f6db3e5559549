package org.zkml.prover.msm;

/**
 * Sums of groups of points, by batched additions. A group's points stand in a column: row j holds the points of number j of all groups that have so
 * many, the largest groups first ({@link PointColumns}).
 *
 * <p>Groups of more than {@link #MAX_ROWS} points are cut; their pieces' sums are added up in another run.
 */
final class GroupSums {

    private static final int LOG_MAX_ROWS = 7;
    private static final int MAX_ROWS = 1 << LOG_MAX_ROWS;

    private final PointRows sums;
    private final int[] place; // of each group, or -1 for an empty one

    private GroupSums(PointRows sums, int[] place) {
        this.sums = sums;
        this.place = place;
    }

    /** Where the sums are; null if all groups are empty. */
    PointRows sums() {
        return sums;
    }

    /** The place of each group's sum, -1 for an empty group. */
    int[] place() {
        return place;
    }

    /** Makes rows of so many places. */
    interface Rows {
        PointRows of(int places);
    }

    /**
     * Adds up the points of each group.
     *
     * @param group of each point, below {@code groups}; -1 to leave it out
     * @param number of each point in the source of the rows
     */
    static GroupSums of(Rows rows, int[] group, int[] number, int groups) {
        final int[] size = new int[groups];
        count(group, size);
        final int[] piece = new int[groups]; // the first of each group
        final int pieces = pieces(size, piece);
        final int[] pieceSize = pieces == groups ? size : pieceSizes(size, pieces);
        final int[] rowSize = new int[MAX_ROWS + 1];
        final int[] rank = ranks(pieceSize, rowSize);
        final PointColumns columns = new PointColumns(rowSize, rows);
        if (columns.isEmpty()) {
            return new GroupSums(null, rank);
        }
        sort(group, number, piece, rank, columns);
        final PointRows sums = columns.addUp();
        return pieces == groups ? new GroupSums(sums, rank) : ofPieces(sums, rank, size, piece);
    }

    /** The second run: groups of one piece are in it too, so that all sums end in one place. */
    private static GroupSums ofPieces(PointRows sums, int[] rank, int[] size, int[] piece) {
        final int[] group = new int[rank.length];
        for (int g = 0; g < size.length; g++) {
            final int end = g + 1 < size.length ? piece[g + 1] : rank.length;
            for (int i = piece[g]; i < end; i++) {
                group[i] = rank[i] < 0 ? -1 : g;
            }
        }
        return of(sums::next, group, rank, size.length);
    }

    // Short loops in methods of their own: C2 takes seconds for one method that holds them all.

    private static void count(int[] group, int[] size) {
        for (int g : group) {
            if (g >= 0) {
                size[g]++;
            }
        }
    }

    private static int pieces(int[] size, int[] piece) {
        int next = 0;
        for (int g = 0; g < size.length; g++) {
            piece[g] = next;
            next += Math.max(1, (size[g] + MAX_ROWS - 1) >> LOG_MAX_ROWS);
        }
        return next;
    }

    private static int[] pieceSizes(int[] size, int pieces) {
        final int[] pieceSize = new int[pieces];
        int next = 0;
        for (int rest : size) {
            do {
                pieceSize[next++] = Math.min(rest, MAX_ROWS);
                rest -= MAX_ROWS;
            } while (rest > 0);
        }
        return pieceSize;
    }

    /** Ranks by falling size, -1 for size 0; {@code rowSize[j]} becomes the number of pieces of more than j points. */
    private static int[] ranks(int[] pieceSize, int[] rowSize) {
        for (int s : pieceSize) {
            if (s > 0) {
                rowSize[s - 1]++;
            }
        }
        for (int j = MAX_ROWS - 2; j >= 0; j--) {
            rowSize[j] += rowSize[j + 1];
        }
        final int[] next = new int[MAX_ROWS + 1]; // pieces of more than s points come before those of s
        System.arraycopy(rowSize, 0, next, 0, next.length);
        final int[] rank = new int[pieceSize.length];
        for (int i = 0; i < rank.length; i++) {
            rank[i] = pieceSize[i] == 0 ? -1 : next[pieceSize[i]]++;
        }
        return rank;
    }

    private static void sort(int[] group, int[] number, int[] piece, int[] rank, PointColumns columns) {
        final long[] next =
                new long[piece.length]; // of each group: its points so far, and above them the rank of the piece
        final int[] start = columns.start();
        final int[] order = columns.order();
        for (int i = 0; i < group.length; i++) {
            final int g = group[i];
            if (g >= 0) {
                long at = next[g];
                final int k = (int) at;
                final int row = k & (MAX_ROWS - 1);
                if (row == 0) {
                    at = (long) rank[piece[g] + (k >> LOG_MAX_ROWS)] << Integer.SIZE | k;
                }
                order[start[row] + (int) (at >>> Integer.SIZE)] = number[i];
                next[g] = at + 1;
            }
        }
    }
}
