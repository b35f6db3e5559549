package org.zkml.prover.msm;

import java.util.Arrays;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.field.Fq;

/**
 * {@link BatchAdder} on {@link FqLanes}: about six products an addition, a vector of additions at a time. Pairs that the chord rule cannot
 * add make the batch's product zero; such a batch, and every one after a sum was infinity, is added one by one.
 */
final class VectorBatchAdder implements BatchAdder {

    /** Doubles of a point: five limbs of x, five of y. */
    static final int POINT = 2 * FqLanes.LIMBS;

    private static final int CAPACITY = 1024;
    private static final int LANES = FqLanes.LANES;
    private static final int L = FqLanes.LIMBS;

    /** Doubles of a vector of elements. */
    private static final int VECTOR = L * LANES;

    private static final double[] ONE = one();

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

    private static double[] one() {
        final long[] one = new long[Fq.LIMBS];
        Fq.setOne(one, 0);
        final double[] lanes = new double[VECTOR];
        for (int lane = 0; lane < LANES; lane++) {
            FqLanes.fromFq(lanes, lane, LANES, one, 0, new long[Fq.LIMBS]);
        }
        return lanes;
    }

    /** Writes points {@code from} to {@code to - 1} of a flat table as doubles; infinity as zeros. */
    static void convert(long[] points, int from, int to, double[] out) {
        final long[] scratch = new long[Fq.LIMBS];
        for (int i = from; i < to; i++) {
            FqLanes.fromFq(out, POINT * i, 1, points, G1Affine.LIMBS * i, scratch);
            FqLanes.fromFq(out, POINT * i + L, 1, points, G1Affine.LIMBS * i + Fq.LIMBS, scratch);
        }
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
            FqLanes.subtract(differences, v, x2, v, x1, v);
            FqLanes.mul(prefix, v + 2 * VECTOR, prefix, v, differences, v);
        }
        FqLanes.mul(t, 0, prefix, end, prefix, end + VECTOR);
        if (!invertLanes(t)) {
            return false;
        }
        FqLanes.mul(even, 0, t, 0, prefix, end + VECTOR);
        FqLanes.mul(odd, 0, t, 0, prefix, end);
        for (int v = end - 2 * VECTOR; v >= 0; v -= 2 * VECTOR) {
            FqLanes.mul(prefix, v, even, 0, prefix, v); // 1 / differences
            FqLanes.mul(prefix, v + VECTOR, odd, 0, prefix, v + VECTOR);
            FqLanes.mul(even, 0, even, 0, differences, v);
            FqLanes.mul(odd, 0, odd, 0, differences, v + VECTOR);
        }
        for (int i = 0; i < queued; i += 2 * LANES) {
            finish(i);
        }
        return true;
    }

    /** Replaces a vector of products by their inverses, or does nothing and returns false if one is 0. */
    private static boolean invertLanes(double[] x) {
        final long[] products = new long[Fq.LIMBS * LANES];
        FqLanes.reduce(x, 0);
        for (int lane = 0; lane < LANES; lane++) {
            FqLanes.toFq(products, Fq.LIMBS * lane, x, lane, LANES);
            if (Fq.isZero(products, Fq.LIMBS * lane)) {
                return false;
            }
        }
        Fq.invertAll(products, 0, LANES);
        final long[] scratch = new long[Fq.LIMBS];
        for (int lane = 0; lane < LANES; lane++) {
            FqLanes.fromFq(x, lane, LANES, products, Fq.LIMBS * lane, scratch);
        }
        return true;
    }

    /** Adds the pairs i to i + 2 LANES - 1, whose inverses are known: two vectors at a time, so that one does not wait for the other. */
    private void finish(int i) {
        final int v = L * i;
        final int w = v + VECTOR;
        FqLanes.subtract(differences, v, y2, v, y1, v);
        FqLanes.subtract(differences, w, y2, w, y1, w);
        FqLanes.mul(prefix, v, differences, v, prefix, v); // slope
        FqLanes.mul(prefix, w, differences, w, prefix, w);
        FqLanes.mul(t, 0, prefix, v, prefix, v);
        FqLanes.mul(t, VECTOR, prefix, w, prefix, w);
        FqLanes.subtractAndReduce(x3, 0, t, 0, x1, v, x2, v);
        FqLanes.subtractAndReduce(x3, VECTOR, t, VECTOR, x1, w, x2, w);
        FqLanes.subtract(t, 0, x1, v, x3, 0);
        FqLanes.subtract(t, VECTOR, x1, w, x3, VECTOR);
        FqLanes.mul(t, 0, t, 0, prefix, v);
        FqLanes.mul(t, VECTOR, t, VECTOR, prefix, w);
        FqLanes.subtractAndReduce(y3, 0, t, 0, y1, v);
        FqLanes.subtractAndReduce(y3, VECTOR, t, VECTOR, y1, w);
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
        final double[] converted = new double[POINT];
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
                convert(sum.toAffine().limbs(), 0, 1, converted);
                System.arraycopy(converted, 0, sums, POINT * to[i], POINT);
            }
        }
    }

    private static void read(double[] x, double[] y, int o, long[] point) {
        FqLanes.toFq(point, 0, x, o, LANES);
        FqLanes.toFq(point, Fq.LIMBS, y, o, LANES);
    }

    @Override
    public void get(int a, long[] out) {
        FqLanes.toFq(out, 0, sums, POINT * a, 1);
        FqLanes.toFq(out, Fq.LIMBS, sums, POINT * a + L, 1);
    }
}
