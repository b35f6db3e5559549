package org.zkml.prover.msm;

import java.util.Arrays;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Selection;
import org.zkml.prover.parallel.Parallel;

/**
 * Multi-scalar multiplication by a {@link Selection}: the points of each element of the table are added up, an addition a point and part, and the sums are
 * multiplied by the table.
 */
final class SelectionSums {

    private SelectionSums() {}

    static G1Jacobian of(Bases bases, Selection selection) {
        bases.prepare();
        final int entries = selection.table().size();
        final long[] sums = new long[G1Affine.LIMBS * entries]; // infinity where there are no points
        final int tasks = Math.min(entries, 2 * Parallel.threads());
        Parallel.forRange(0, tasks, 1, (from, to) -> {
            for (int task = from; task < to; task++) {
                final int first = (int) ((long) entries * task / tasks);
                final int end = (int) ((long) entries * (task + 1) / tasks);
                addUp(bases, selection, first, end, sums);
            }
        });
        final long[] scalars = selection.table().toCanonical();
        final int count = compact(sums, scalars);
        return Msm.sumCanonical(Bases.of(Arrays.copyOf(sums, G1Affine.LIMBS * count)), scalars, count);
    }

    /** Adds up the points of entries {@code first} to {@code end - 1}. */
    private static void addUp(Bases bases, Selection selection, int first, int end, long[] sums) {
        int count = 0;
        for (Selection.Part part : selection.parts()) {
            count += count(part, first, end);
        }
        final int[] group = new int[count];
        final int[] number = new int[count];
        int at = 0;
        for (Selection.Part part : selection.parts()) {
            at = collect(part, first, end, group, number, at);
        }
        final GroupSums groups = GroupSums.of(bases::rows, group, number, end - first);
        final long[] point = new long[G1Affine.LIMBS];
        for (int g = 0; g < end - first; g++) {
            if (groups.place()[g] >= 0) {
                groups.sums().get(groups.place()[g], point);
                System.arraycopy(point, 0, sums, G1Affine.LIMBS * (first + g), G1Affine.LIMBS);
            }
        }
    }

    private static int count(Selection.Part part, int first, int end) {
        int count = 0;
        for (int index : part.index()) {
            count += isIn(index, part.shift(), first, end) ? 1 : 0;
        }
        return count;
    }

    private static boolean isIn(int index, int shift, int first, int end) {
        return index != Selection.NOTHING && index + shift >= first && index + shift < end;
    }

    private static int collect(Selection.Part part, int first, int end, int[] group, int[] number, int start) {
        final int sign = part.negative() ? 1 : 0;
        final int[] index = part.index();
        int at = start;
        for (int i = 0; i < index.length; i++) {
            if (isIn(index[i], part.shift(), first, end)) {
                group[at] = index[i] + part.shift() - first;
                number[at++] = i << 1 | sign;
            }
        }
        return at;
    }

    /** Moves the points that are not infinity, and their scalars, to the front; returns how many they are. */
    private static int compact(long[] points, long[] scalars) {
        int count = 0;
        for (int i = 0; i < scalars.length / Fr.LIMBS; i++) {
            final int o = G1Affine.LIMBS * i;
            if (!Fq.isZero(points, o) || !Fq.isZero(points, o + Fq.LIMBS)) {
                System.arraycopy(points, o, points, G1Affine.LIMBS * count, G1Affine.LIMBS);
                System.arraycopy(scalars, Fr.LIMBS * i, scalars, Fr.LIMBS * count++, Fr.LIMBS);
            }
        }
        return count;
    }
}
