package org.zkml.prover.msm;

import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.LaneField;
import org.zkml.prover.parallel.Parallel;

/**
 * {@link PointRows} on {@link LaneField}: about six products an addition. Places lie in blocks of lanes, so that what follows the first
 * additions reads and writes whole vectors. Pairs that the chord rule cannot add make the batch's product zero; such a batch, and every one after a sum
 * was infinity, is added one by one.
 */
final class LaneRows implements PointRows {

    /** Doubles of a base: five limbs of x, five of y. */
    private static final int BASE = 2 * LaneField.LIMBS;

    private static final LaneField FIELD = LaneField.FQ;
    private static final int L = LaneField.LIMBS;
    private static final int LANES = LaneField.LANES;
    private static final int BLOCK = LaneField.BLOCK;

    /** Doubles of a block of points: a block of x, then one of y. */
    private static final int POINTS = 2 * BLOCK;

    private static final double[] ONE = FIELD.filled(LaneField.RADIX);

    private final double[] bases; // or null:
    private final double[] source; // blocks of points
    private final double[] sums;
    private final Batch batch;

    /**
     * @param bases as {@link #convert} writes them
     * @param infinity whether infinity is among them
     */
    LaneRows(double[] bases, boolean infinity, int places) {
        this(bases, null, places, new Batch(infinity));
    }

    private LaneRows(double[] bases, double[] source, int places, Batch batch) {
        this.bases = bases;
        this.source = source;
        this.sums = new double[POINTS * LaneField.blocks(places)];
        this.batch = batch;
    }

    /** Writes the points of a flat table as doubles, each element's limbs together. */
    static double[] convert(long[] points) {
        final int elements = 2 * (points.length / G1Affine.LIMBS);
        final double[] out = new double[L * elements];
        Parallel.forRange(0, LaneField.blocks(elements), 256, (from, to) -> {
            final double[] block = new double[BLOCK];
            for (int b = from; b < to; b++) {
                final int first = b * LANES;
                final int count = Math.min(LANES, elements - first);
                FIELD.fromMontgomery(block, 0, points, Fq.LIMBS * first, count);
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < L; j++) {
                        out[L * (first + i) + j] = block[i + LANES * j];
                    }
                }
            }
        });
        return out;
    }

    @Override
    public PointRows next(int places) {
        return new LaneRows(null, sums, places, batch);
    }

    private static int offset(int place) {
        return place / LANES * POINTS + place % LANES;
    }

    private void load(int number, double[] to, int o) {
        if (bases != null) {
            loadBase(bases, BASE * (number >>> 1), 1 - 2 * (number & 1), to, o);
        } else {
            copyPoint(source, offset(number), to, o);
        }
    }

    /** Reads a number of each base, so that what is not in the cache is waited for once and not one by one. */
    private double touch(int[] order, int at, int count) {
        double sum = 0;
        for (int i = at; i < at + count; i++) {
            final int base = BASE * (order[i] >>> 1);
            sum += bases[base] + bases[base + BASE - 1];
        }
        return sum;
    }

    private static void loadBase(double[] from, int s, double sign, double[] to, int o) {
        to[o] = from[s];
        to[o + LANES] = from[s + 1];
        to[o + 2 * LANES] = from[s + 2];
        to[o + 3 * LANES] = from[s + 3];
        to[o + 4 * LANES] = from[s + 4];
        to[o + BLOCK] = sign * from[s + 5];
        to[o + BLOCK + LANES] = sign * from[s + 6];
        to[o + BLOCK + 2 * LANES] = sign * from[s + 7];
        to[o + BLOCK + 3 * LANES] = sign * from[s + 8];
        to[o + BLOCK + 4 * LANES] = sign * from[s + 9];
    }

    private static void copyPoint(double[] from, int s, double[] to, int o) {
        for (int j = 0; j < POINTS; j += LANES) {
            to[o + j] = from[s + j];
        }
    }

    @Override
    public void addFromSource(int[] order, int a, int b, int to, int count) {
        for (int i = 0; i < count; i += LANES) {
            final int live = Math.min(LANES, count - i);
            final int o = batch.stage(sums);
            if (bases != null) {
                batch.touched += touch(order, a + i, live) + touch(order, b + i, live);
            }
            for (int lane = 0; lane < live; lane++) {
                load(order[a + i + lane], batch.firsts, o + lane);
                load(order[b + i + lane], batch.seconds, o + lane);
            }
            batch.queue(o, o, offset(to + i), live);
        }
    }

    @Override
    public void copyFromSource(int[] order, int from, int to, int count) {
        for (int i = 0; i < count; i++) {
            load(order[from + i], sums, offset(to + i));
        }
    }

    @Override
    public void add(int to, int from, int count) {
        batch.addInPlace(sums);
        for (int i = 0; i < count; i += LANES) {
            batch.queue(offset(to + i), offset(from + i), offset(to + i), Math.min(LANES, count - i));
        }
    }

    @Override
    public void finish() {
        batch.flush();
    }

    @Override
    public void get(int place, long[] out) {
        read(sums, offset(place), out);
    }

    private static void read(double[] points, int o, long[] out) {
        final double[] block = new double[BLOCK];
        for (int coordinate = 0; coordinate < 2; coordinate++) {
            for (int j = 0; j < BLOCK; j += LANES) {
                block[j] = points[o + coordinate * BLOCK + j];
            }
            FIELD.toMontgomery(out, Fq.LIMBS * coordinate, block, 0, 1);
        }
    }

    private static void write(long[] point, double[] points, int o) {
        final double[] block = new double[BLOCK];
        for (int coordinate = 0; coordinate < 2; coordinate++) {
            FIELD.fromMontgomery(block, 0, point, Fq.LIMBS * coordinate, 1);
            for (int j = 0; j < BLOCK; j += LANES) {
                points[o + coordinate * BLOCK + j] = block[j];
            }
        }
    }

    /** Blocks of additions that are put off, all from the same arrays. */
    private static final class Batch {

        private static final int CAPACITY = 128;

        private final double[] stagedFirsts = new double[POINTS * CAPACITY];
        private final double[] stagedSeconds = new double[POINTS * CAPACITY];
        private final int[] firstAt = new int[CAPACITY];
        private final int[] secondAt = new int[CAPACITY];
        private final int[] to = new int[CAPACITY];
        private final int[] live = new int[CAPACITY];
        private final double[] differences = new double[BLOCK * CAPACITY];
        private final double[] prefix =
                new double[BLOCK * (CAPACITY + 2)]; // two chains: blocks of even and of odd number
        private final double[] suffix = new double[BLOCK * (CAPACITY + 2)];
        private final double[] slopes = new double[BLOCK * CAPACITY];
        private final double[] x = new double[BLOCK * CAPACITY];
        private final double[] product = new double[BLOCK];
        private final double[] kept = new double[POINTS];
        private double[] firsts;
        private double[] seconds;
        private double[] sums;
        private int queued;
        private boolean sawInfinity;
        private double touched; // nobody reads it: the reading before is what counts

        Batch(boolean infinity) {
            sawInfinity = infinity;
        }

        /** Where the next block of operands goes, whose sum goes to {@code target}. */
        int stage(double[] target) {
            use(stagedFirsts, stagedSeconds, target);
            return POINTS * queued;
        }

        void addInPlace(double[] target) {
            use(target, target, target);
        }

        private void use(double[] first, double[] second, double[] target) {
            if (sums != target || firsts != first) {
                flush();
                firsts = first;
                seconds = second;
                sums = target;
            }
        }

        /** Queues a block of additions by the places of its operands and of its sums; the first {@code lanes} count. */
        void queue(int first, int second, int target, int lanes) {
            firstAt[queued] = first;
            secondAt[queued] = second;
            to[queued] = target;
            live[queued] = lanes;
            queued++;
            if (queued == CAPACITY) {
                flush();
            }
        }

        void flush() {
            if (queued > 0 && (sawInfinity || !addTogether())) {
                addOneByOne();
            }
            queued = 0;
        }

        /** Adds by the chord rule with one inversion, or does nothing and returns false if a pair has equal abscissas. */
        private boolean addTogether() {
            subtractAbscissas();
            System.arraycopy(ONE, 0, prefix, 0, BLOCK);
            System.arraycopy(ONE, 0, prefix, BLOCK, BLOCK);
            FIELD.mul(prefix, 2 * BLOCK, BLOCK, prefix, 0, BLOCK, differences, 0, BLOCK, queued);
            final int end = BLOCK * queued;
            FIELD.mul(product, 0, 0, prefix, end, 0, prefix, end + BLOCK, 0, 1);
            if (!invert(product)) {
                return false;
            }
            // suffix[i + 2] = 1 / (all differences of the chain up to i)
            FIELD.mul(suffix, end, 0, product, 0, 0, prefix, end + BLOCK, 0, 1);
            FIELD.mul(suffix, end + BLOCK, 0, product, 0, 0, prefix, end, 0, 1);
            FIELD.mul(
                    suffix, end - BLOCK, -BLOCK, suffix, end + BLOCK, -BLOCK, differences, end - BLOCK, -BLOCK, queued);
            FIELD.mul(prefix, 0, BLOCK, prefix, 0, BLOCK, suffix, 2 * BLOCK, BLOCK, queued);
            subtractOrdinates();
            FIELD.mul(slopes, 0, BLOCK, differences, 0, BLOCK, prefix, 0, BLOCK, queued);
            FIELD.mul(x, 0, BLOCK, slopes, 0, BLOCK, slopes, 0, BLOCK, queued);
            finishAbscissas();
            FIELD.mul(slopes, 0, BLOCK, slopes, 0, BLOCK, differences, 0, BLOCK, queued);
            finishOrdinates();
            return true;
        }

        // Loops in methods of their own: C2 compiles a small method once, but one with many loops again and again.

        private void subtractAbscissas() {
            for (int i = 0; i < queued; i++) {
                FIELD.subtract(differences, BLOCK * i, seconds, secondAt[i], firsts, firstAt[i], 1);
                for (int lane = live[i]; lane < LANES; lane++) {
                    setOne(differences, BLOCK * i + lane);
                }
            }
        }

        private void subtractOrdinates() {
            for (int i = 0; i < queued; i++) {
                FIELD.subtract(differences, BLOCK * i, seconds, secondAt[i] + BLOCK, firsts, firstAt[i] + BLOCK, 1);
            }
        }

        /** x becomes the sums' abscissas, of the squares of the slopes. */
        private void finishAbscissas() {
            for (int i = 0; i < queued; i++) {
                final int o = BLOCK * i;
                FIELD.combine(x, o, 0, x, o, 0, -1, firsts, firstAt[i], 0, -1, seconds, secondAt[i], 0, 1);
                FIELD.subtract(differences, o, firsts, firstAt[i], x, o, 1);
            }
        }

        /** Writes the sums; lanes that do not count stay what they are. */
        private void finishOrdinates() {
            for (int i = 0; i < queued; i++) {
                final boolean whole = live[i] == LANES;
                if (!whole) {
                    System.arraycopy(sums, to[i], kept, 0, POINTS);
                }
                FIELD.combine(sums, to[i] + BLOCK, 0, slopes, BLOCK * i, 0, -1, firsts, firstAt[i] + BLOCK, 0, 1);
                System.arraycopy(x, BLOCK * i, sums, to[i], BLOCK);
                for (int lane = live[i]; lane < LANES; lane++) {
                    copyPoint(kept, lane, sums, to[i] + lane);
                }
            }
        }

        private static void setOne(double[] block, int o) {
            for (int j = 0; j < BLOCK; j += LANES) {
                block[o + j] = j == 0 ? 1 : 0;
            }
        }

        /** Replaces the lanes of a block by their inverses, or does nothing and returns false if one is 0. */
        private static boolean invert(double[] block) {
            final long[] elements = new long[Fq.LIMBS * LANES];
            FIELD.toMontgomery(elements, 0, block, 0, LANES);
            for (int lane = 0; lane < LANES; lane++) {
                if (Fq.isZero(elements, Fq.LIMBS * lane)) {
                    return false;
                }
            }
            Fq.invertAll(elements, 0, LANES);
            FIELD.fromMontgomery(block, 0, elements, 0, LANES);
            return true;
        }

        private void addOneByOne() {
            final long[] point = new long[G1Affine.LIMBS];
            for (int i = 0; i < queued; i++) {
                for (int lane = 0; lane < live[i]; lane++) {
                    final G1Jacobian sum = new G1Jacobian();
                    read(firsts, firstAt[i] + lane, point);
                    sum.addAffine(point, 0);
                    read(seconds, secondAt[i] + lane, point);
                    sum.addAffine(point, 0);
                    sawInfinity |= sum.isInfinity();
                    write(sum.toAffine().limbs(), sums, to[i] + lane);
                }
            }
        }
    }
}
