package org.zkml.prover.msm;

import java.util.Arrays;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.LaneField;
import org.zkml.prover.parallel.Parallel;

/**
 * {@link BatchAdder} on {@link LaneField}: about six products an addition, a vector of additions at a time. Pairs that the chord rule cannot
 * add make the batch's product zero; such a batch, and every one after a sum was infinity, is added one by one.
 */
final class VectorBatchAdder implements BatchAdder {

    /** Doubles of a point: five limbs of x, five of y. */
    static final int POINT = 2 * LaneField.LIMBS;

    private static final LaneField FIELD = LaneField.FQ;
    private static final int CAPACITY = 1024;
    private static final int LANES = LaneField.LANES;
    private static final int L = LaneField.LIMBS;

    /** Doubles of a vector of elements. */
    private static final int VECTOR = L * LANES;

    private static final double[] ONE = FIELD.filled(LaneField.RADIX);

    /** Two points of different abscissas, 0 and 1. */
    private static final double[] HARMLESS = new double[2 * POINT];

    static {
        HARMLESS[POINT] = 1;
    }

    private final double[] bases;
    private final double[] sums;
    private final int capacity;
    private final double[] x1;
    private final double[] y1;
    private final double[] x2;
    private final double[] y2;
    private final double[] differences;
    private final double[] prefix; // two chains, of the even and of the odd vectors
    private final double[] even = new double[VECTOR];
    private final double[] odd = new double[VECTOR];
    private final double[] t = new double[2 * VECTOR];
    private final double[] x3 = new double[2 * VECTOR];
    private final double[] y3 = new double[2 * VECTOR];
    private final int[] to;
    private int queued;
    private boolean sawInfinity;

    /** @param places the number of sums; at least one more than the largest place */
    VectorBatchAdder(double[] bases, int places) {
        this.bases = bases;
        this.sums = new double[POINT * places];
        this.capacity = Math.min(CAPACITY, (places + 2 * LANES - 1) / (2 * LANES) * (2 * LANES));
        this.x1 = new double[L * capacity];
        this.y1 = new double[L * capacity];
        this.x2 = new double[L * capacity];
        this.y2 = new double[L * capacity];
        this.differences = new double[L * capacity];
        this.prefix = new double[L * capacity + 2 * VECTOR];
        this.to = new int[capacity];
    }

    /** Writes the points of a flat table as doubles, each element's limbs together; infinity as zeros. */
    static double[] convert(long[] points) {
        final int count = points.length / G1Affine.LIMBS;
        final double[] out = new double[POINT * count];
        Parallel.forRange(0, LaneField.blocks(2 * count), 256, (from, to) -> {
            final double[] block = new double[VECTOR];
            for (int b = from; b < to; b++) {
                final int first = b * LANES;
                final int elements = Math.min(LANES, 2 * count - first);
                FIELD.fromMontgomery(block, 0, points, Fq.LIMBS * first, elements);
                for (int i = 0; i < elements; i++) {
                    for (int j = 0; j < L; j++) {
                        out[L * (first + i) + j] = block[i + LANES * j];
                    }
                }
            }
        });
        return out;
    }

    /** Where the element at place i of the queue starts; its limbs are LANES apart. */
    private static int offset(int i) {
        return (i / LANES) * VECTOR + i % LANES;
    }

    private static void load(double[] from, int s, double sign, double[] x, double[] y, int o) {
        x[o] = from[s];
        x[o + LANES] = from[s + 1];
        x[o + 2 * LANES] = from[s + 2];
        x[o + 3 * LANES] = from[s + 3];
        x[o + 4 * LANES] = from[s + 4];
        y[o] = sign * from[s + 5];
        y[o + LANES] = sign * from[s + 6];
        y[o + 2 * LANES] = sign * from[s + 7];
        y[o + 3 * LANES] = sign * from[s + 8];
        y[o + 4 * LANES] = sign * from[s + 9];
    }

    private static double sign(int base) {
        return (base & 1) == 0 ? 1 : -1;
    }

    @Override
    public void addBases(int a, int b, int place) {
        final int o = offset(queued);
        load(bases, (a >>> 1) * POINT, sign(a), x1, y1, o);
        load(bases, (b >>> 1) * POINT, sign(b), x2, y2, o);
        queue(place);
    }

    @Override
    public void addSums(int a, int b, int place) {
        final int o = offset(queued);
        load(sums, a * POINT, 1, x1, y1, o);
        load(sums, b * POINT, 1, x2, y2, o);
        queue(place);
    }

    private void queue(int place) {
        to[queued++] = place;
        if (queued == capacity) {
            flush();
        }
    }

    @Override
    public void copyBase(int a, int place) {
        final int s = (a >>> 1) * POINT;
        final double sign = sign(a);
        for (int j = 0; j < L; j++) {
            sums[place * POINT + j] = bases[s + j];
            sums[place * POINT + L + j] = sign * bases[s + L + j];
        }
    }

    @Override
    public void copySum(int a, int place) {
        if (a != place) {
            System.arraycopy(sums, a * POINT, sums, place * POINT, POINT);
        }
    }

    @Override
    public void flush() {
        if (queued == 0) {
            return;
        }
        if (sawInfinity || !addTogether()) {
            addOneByOne();
        }
        queued = 0;
    }

    /** Adds the queue by the chord rule with one inversion, or does nothing and returns false if a pair has equal abscissas. */
    private boolean addTogether() {
        int count = queued;
        for (; count % (2 * LANES) != 0; count++) { // fill the last two vectors with a harmless pair
            load(HARMLESS, 0, 1, x1, y1, offset(count));
            load(HARMLESS, POINT, 1, x2, y2, offset(count));
        }
        final int end = L * count;
        System.arraycopy(ONE, 0, prefix, 0, VECTOR);
        System.arraycopy(ONE, 0, prefix, VECTOR, VECTOR);
        for (int v = 0; v < end; v += VECTOR) {
            FIELD.subtract(differences, v, x2, v, x1, v, 1);
            FIELD.mul(prefix, v + 2 * VECTOR, 0, prefix, v, 0, differences, v, 0, 1);
        }
        FIELD.mul(t, 0, 0, prefix, end, 0, prefix, end + VECTOR, 0, 1);
        if (!invertLanes(t)) {
            return false;
        }
        FIELD.mul(even, 0, 0, t, 0, 0, prefix, end + VECTOR, 0, 1);
        FIELD.mul(odd, 0, 0, t, 0, 0, prefix, end, 0, 1);
        for (int v = end - 2 * VECTOR; v >= 0; v -= 2 * VECTOR) {
            FIELD.mul(prefix, v, 0, even, 0, 0, prefix, v, 0, 1); // 1 / differences
            FIELD.mul(prefix, v + VECTOR, 0, odd, 0, 0, prefix, v + VECTOR, 0, 1);
            FIELD.mul(even, 0, 0, even, 0, 0, differences, v, 0, 1);
            FIELD.mul(odd, 0, 0, odd, 0, 0, differences, v + VECTOR, 0, 1);
        }
        for (int i = 0; i < queued; i += 2 * LANES) {
            finish(i);
        }
        return true;
    }

    /** Replaces a vector of products by their inverses, or does nothing and returns false if one is 0. */
    private static boolean invertLanes(double[] x) {
        final long[] products = new long[Fq.LIMBS * LANES];
        FIELD.toMontgomery(products, 0, x, 0, LANES);
        for (int lane = 0; lane < LANES; lane++) {
            if (Fq.isZero(products, Fq.LIMBS * lane)) {
                return false;
            }
        }
        Fq.invertAll(products, 0, LANES);
        FIELD.fromMontgomery(x, 0, products, 0, LANES);
        return true;
    }

    /** Adds the pairs i to i + 2 LANES - 1, whose inverses are known: two vectors at a time, so that one does not wait for the other. */
    private void finish(int i) {
        final int v = L * i;
        final int w = v + VECTOR;
        FIELD.subtract(differences, v, y2, v, y1, v, 1);
        FIELD.subtract(differences, w, y2, w, y1, w, 1);
        FIELD.mul(prefix, v, 0, differences, v, 0, prefix, v, 0, 1); // slope
        FIELD.mul(prefix, w, 0, differences, w, 0, prefix, w, 0, 1);
        FIELD.mul(t, 0, 0, prefix, v, 0, prefix, v, 0, 1);
        FIELD.mul(t, VECTOR, 0, prefix, w, 0, prefix, w, 0, 1);
        FIELD.combine(x3, 0, 0, t, 0, 0, -1, x1, v, 0, -1, x2, v, 0, 1);
        FIELD.combine(x3, VECTOR, 0, t, VECTOR, 0, -1, x1, w, 0, -1, x2, w, 0, 1);
        FIELD.subtract(t, 0, x1, v, x3, 0, 1);
        FIELD.subtract(t, VECTOR, x1, w, x3, VECTOR, 1);
        FIELD.mul(t, 0, 0, t, 0, 0, prefix, v, 0, 1);
        FIELD.mul(t, VECTOR, 0, t, VECTOR, 0, prefix, w, 0, 1);
        FIELD.combine(y3, 0, 0, t, 0, 0, -1, y1, v, 0, 1);
        FIELD.combine(y3, VECTOR, 0, t, VECTOR, 0, -1, y1, w, 0, 1);
        final int last = Math.min(2 * LANES, queued - i);
        for (int k = 0; k < last; k++) {
            final int s = POINT * to[i + k];
            final int o = offset(k);
            for (int j = 0; j < L; j++) {
                sums[s + j] = x3[o + j * LANES];
                sums[s + L + j] = y3[o + j * LANES];
            }
        }
    }

    private void addOneByOne() {
        final long[] point = new long[G1Affine.LIMBS];
        for (int i = 0; i < queued; i++) {
            final G1Jacobian sum = new G1Jacobian();
            read(x1, y1, offset(i), point);
            sum.addAffine(point, 0);
            read(x2, y2, offset(i), point);
            sum.addAffine(point, 0);
            if (sum.isInfinity()) {
                sawInfinity = true;
                Arrays.fill(sums, POINT * to[i], POINT * (to[i] + 1), 0);
            } else {
                System.arraycopy(convert(sum.toAffine().limbs()), 0, sums, POINT * to[i], POINT);
            }
        }
    }

    private static void read(double[] x, double[] y, int o, long[] point) {
        read(x, o, LANES, point, 0);
        read(y, o, LANES, point, Fq.LIMBS);
    }

    private static void read(double[] x, int o, int step, long[] point, int po) {
        final double[] block = new double[VECTOR];
        for (int j = 0; j < L; j++) {
            block[j * LANES] = x[o + j * step];
        }
        FIELD.toMontgomery(point, po, block, 0, 1);
    }

    @Override
    public void get(int a, long[] out) {
        read(sums, POINT * a, 1, out, 0);
        read(sums, POINT * a + L, 1, out, Fq.LIMBS);
    }
}
