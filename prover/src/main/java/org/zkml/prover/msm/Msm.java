package org.zkml.prover.msm;

import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Selection;
import org.zkml.prover.parallel.Parallel;

/**
 * Multi-scalar multiplication: {@code sum scalar[i] * point[i]} by Pippenger's bucket method with signed windows and batched affine
 * additions (ePrint 2012/549, section 4; ePrint 2022/1400). About {@code W (n + 2^(w-1))} additions for {@code W} windows of {@code w} bits.
 */
public final class Msm {

    private static final int SCALAR_BITS = 254;

    /** A bucket costs two batched additions, a row or column of buckets two Jacobian ones, which are about this many batched ones. */
    private static final double BUCKET_COST = 2;

    private static final double ROW_COST = 12;
    private static final int MIN_POINTS_A_TASK = 4096;
    private static final int MOST_WINDOW_BITS = 16;

    /** So that scalars of 16 bits and a sign have one window where there are many. */
    private static final int MOST_SMALL_WINDOW_BITS = 17;

    /** From this width on the only window's buckets are shared out among the tasks, below it the points. */
    private static final int LEAST_SHARED_WINDOW_BITS = 12;

    private Msm() {}

    /**
     * Full-size scalars.
     *
     * @param scalars flat elements of {@link Fr}, Montgomery form; the first {@code count} from {@code offset} (in elements) are used
     *     with the first {@code count} points
     * @throws IllegalArgumentException if there are fewer points or scalars than {@code count}
     */
    public static G1Jacobian sum(Bases bases, long[] scalars, int offset, int count) {
        if (count < 0 || count > bases.count() || offset < 0 || ((long) offset + count) * Fr.LIMBS > scalars.length) {
            throw new IllegalArgumentException(count + " scalars from " + offset + " of " + scalars.length / Fr.LIMBS
                    + ", and " + bases.count() + " points");
        }
        final long[] canonical = new long[Fr.LIMBS * count];
        for (int i = 0; i < count; i++) {
            Fr.toCanonical(canonical, Fr.LIMBS * i, scalars, Fr.LIMBS * (offset + i));
        }
        return sumCanonical(bases, canonical, count);
    }

    /**
     * Full-size scalars as limbs of integers below r.
     *
     * @param scalars {@link Fr#LIMBS} limbs each, the first {@code count} are used with the first {@code count} points; destroyed
     * @throws IllegalArgumentException if there are fewer points or scalars than {@code count}
     */
    public static G1Jacobian sumCanonical(Bases bases, long[] scalars, int count) {
        if (count < 0 || count > bases.count() || (long) count * Fr.LIMBS > scalars.length) {
            throw new IllegalArgumentException(
                    count + " scalars of " + scalars.length / Fr.LIMBS + ", and " + bases.count() + " points");
        }
        return sum(bases, SignedDigits.ofCanonical(scalars, count, windowBits(SCALAR_BITS, count, MOST_WINDOW_BITS)));
    }

    /**
     * Small signed scalars: the cost grows with the bits of the largest; zeros cost nothing.
     *
     * @throws IllegalArgumentException if there are fewer points than values
     */
    public static G1Jacobian sum(Bases bases, int[] scalars) {
        if (scalars.length > bases.count()) {
            throw new IllegalArgumentException(scalars.length + " scalars and " + bases.count() + " points");
        }
        long largest = 0;
        int nonZero = 0;
        for (int value : scalars) {
            largest = Math.max(largest, Math.abs((long) value));
            nonZero += value == 0 ? 0 : 1;
        }
        final int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, largest - 1));
        final int window = windowBits(bits, nonZero, MOST_SMALL_WINDOW_BITS);
        return window >= LEAST_SHARED_WINDOW_BITS && SignedDigits.windows(bits, window) == 1
                ? ValueSums.of(bases, scalars, 1 << bits)
                : sum(bases, SignedDigits.ofSmall(scalars, bits, window));
    }

    /**
     * A selection as scalars.
     *
     * @throws IllegalArgumentException if there are fewer points than values
     */
    public static G1Jacobian sum(Bases bases, Selection selection) {
        if (selection.size() > bases.count()) {
            throw new IllegalArgumentException(selection.size() + " values and " + bases.count() + " points");
        }
        return SelectionSums.of(bases, selection);
    }

    /** Whether a selection's sum takes fewer additions than that of its values: one a part and point, and the table's sum beside. */
    public static boolean isShorter(Selection selection) {
        final long size = selection.size();
        return selection.parts().size() * size + cost(selection.table().size()) < cost(size);
    }

    /** Additions for that many full scalars, about. */
    private static long cost(long count) {
        final int bits = windowBits(SCALAR_BITS, (int) count, MOST_WINDOW_BITS);
        return SignedDigits.windows(SCALAR_BITS, bits) * (count + ((long) BUCKET_COST << bits - 1));
    }

    private static G1Jacobian sum(Bases bases, SignedDigits digits) {
        bases.prepare();
        final int count = digits.count();
        final int windows = digits.windows();
        final int wanted = windows >= 2 * Parallel.threads() ? 1 : 2 * Parallel.threads();
        final int parts = Math.max(1, Math.min(wanted, count / MIN_POINTS_A_TASK));
        // windows of few points go together, but every thread gets some
        final int together = Math.max(
                1,
                Math.min(
                        MIN_POINTS_A_TASK / Math.max(1, count),
                        (windows + Parallel.threads() - 1) / Parallel.threads()));
        final int bundles = (windows + together - 1) / together;
        final G1Jacobian[][] partial = new G1Jacobian[bundles * parts][];
        Parallel.forRange(0, partial.length, 1, (from, to) -> {
            for (int task = from; task < to; task++) {
                final int first = (int) ((long) count * (task % parts) / parts);
                final int end = (int) ((long) count * (task % parts + 1) / parts);
                final int window = task / parts * together;
                partial[task] = WindowSums.of(bases, digits, window, Math.min(windows, window + together), first, end);
            }
        });
        final G1Jacobian result = new G1Jacobian();
        for (int w = windows - 1; w >= 0; w--) {
            for (int i = 0; i < digits.bits() && w < windows - 1; i++) {
                result.twice();
            }
            for (int part = 0; part < parts; part++) {
                result.add(partial[w / together * parts + part][w % together]);
            }
        }
        return result;
    }

    /** The window width of least cost for that many scalars of that many bits. */
    private static int windowBits(int scalarBits, int count, int most) {
        int best = 1;
        double bestCost = Double.MAX_VALUE;
        for (int bits = 1; bits <= most; bits++) {
            final int windows = SignedDigits.windows(scalarBits, bits);
            final double buckets = 1 << (bits - 1);
            final double cost = windows * (count + BUCKET_COST * buckets + 2 * ROW_COST * Math.sqrt(buckets));
            if (cost < bestCost) {
                bestCost = cost;
                best = bits;
            }
        }
        return best;
    }
}
