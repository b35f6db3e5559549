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
    private static final int PREFIX_STRIDE = CAPACITY + LANES;

    private final double[] bases;
    private final double[] sums;
    private final double[] x1 = new double[L * CAPACITY];
    private final double[] y1 = new double[L * CAPACITY];
    private final double[] x2 = new double[L * CAPACITY];
    private final double[] y2 = new double[L * CAPACITY];
    private final double[] prefix = new double[L * PREFIX_STRIDE];
    private final double[] running = new double[L * LANES];
    private final double[] inverse = new double[L * LANES];
    private final double[] slope = new double[L * LANES];
    private final double[] x3 = new double[L * LANES];
    private final double[] t = new double[L * LANES];
    private final double[] y3 = new double[L * LANES];
    private final long[] products = new long[Fq.LIMBS * LANES];
    private final long[] scratch = new long[Fq.LIMBS];
    private final int[] to = new int[CAPACITY];
    private int queued;
    private boolean sawInfinity;

    VectorBatchAdder(double[] bases, int places) {
        this.bases = bases;
        this.sums = new double[POINT * places];
    }

    /** Writes points {@code from} to {@code to - 1} of a flat table as doubles; infinity as zeros. */
    static void convert(long[] points, int from, int to, double[] out) {
        final long[] scratch = new long[Fq.LIMBS];
        for (int i = from; i < to; i++) {
            FqLanes.fromFq(out, POINT * i, 1, points, G1Affine.LIMBS * i, scratch);
            FqLanes.fromFq(out, POINT * i + L, 1, points, G1Affine.LIMBS * i + Fq.LIMBS, scratch);
        }
    }

    private static void load(double[] from, int s, double sign, double[] x, double[] y, int o) {
        x[o] = from[s];
        x[o + CAPACITY] = from[s + 1];
        x[o + 2 * CAPACITY] = from[s + 2];
        x[o + 3 * CAPACITY] = from[s + 3];
        x[o + 4 * CAPACITY] = from[s + 4];
        y[o] = sign * from[s + 5];
        y[o + CAPACITY] = sign * from[s + 6];
        y[o + 2 * CAPACITY] = sign * from[s + 7];
        y[o + 3 * CAPACITY] = sign * from[s + 8];
        y[o + 4 * CAPACITY] = sign * from[s + 9];
    }

    private static double sign(int base) {
        return (base & 1) == 0 ? 1 : -1;
    }

    @Override
    public void addBases(int a, int b, int place) {
        load(bases, (a >>> 1) * POINT, sign(a), x1, y1, queued);
        load(bases, (b >>> 1) * POINT, sign(b), x2, y2, queued);
        queue(place);
    }

    @Override
    public void addSums(int a, int b, int place) {
        load(sums, a * POINT, 1, x1, y1, queued);
        load(sums, b * POINT, 1, x2, y2, queued);
        queue(place);
    }

    private void queue(int place) {
        to[queued++] = place;
        if (queued == CAPACITY) {
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
        int end = queued;
        for (; end % LANES != 0; end++) { // fill the last vector with a harmless pair
            for (int j = 0; j < L; j++) {
                x1[end + j * CAPACITY] = 0;
                y1[end + j * CAPACITY] = 0;
                x2[end + j * CAPACITY] = j == 0 ? 1 : 0;
                y2[end + j * CAPACITY] = 0;
            }
        }
        Fq.setOne(products, 0);
        for (int lane = 0; lane < LANES; lane++) {
            FqLanes.fromFq(prefix, lane, PREFIX_STRIDE, products, 0, scratch);
        }
        for (int i = 0; i < end; i += LANES) {
            FqLanes.subtract(t, 0, LANES, x2, i, CAPACITY, x1, i, CAPACITY);
            FqLanes.mul(prefix, i + LANES, PREFIX_STRIDE, prefix, i, PREFIX_STRIDE, t, 0, LANES);
        }
        for (int lane = 0; lane < LANES; lane++) {
            FqLanes.toFq(products, Fq.LIMBS * lane, prefix, end + lane, PREFIX_STRIDE);
            if (Fq.isZero(products, Fq.LIMBS * lane)) {
                return false;
            }
        }
        Fq.invertAll(products, 0, LANES);
        for (int lane = 0; lane < LANES; lane++) {
            FqLanes.fromFq(running, lane, LANES, products, Fq.LIMBS * lane, scratch);
        }
        for (int i = end - LANES; i >= 0; i -= LANES) {
            finish(i);
        }
        return true;
    }

    /** Adds the pairs i to i + LANES - 1, whose running inverse is known, and goes on to the one before. */
    private void finish(int i) {
        FqLanes.mul(inverse, 0, LANES, running, 0, LANES, prefix, i, PREFIX_STRIDE);
        FqLanes.subtract(t, 0, LANES, x2, i, CAPACITY, x1, i, CAPACITY);
        FqLanes.mul(running, 0, LANES, running, 0, LANES, t, 0, LANES);
        FqLanes.subtract(t, 0, LANES, y2, i, CAPACITY, y1, i, CAPACITY);
        FqLanes.mul(slope, 0, LANES, t, 0, LANES, inverse, 0, LANES);
        FqLanes.mul(t, 0, LANES, slope, 0, LANES, slope, 0, LANES);
        FqLanes.subtractAndReduce(x3, 0, LANES, t, 0, LANES, x1, i, CAPACITY);
        FqLanes.subtractAndReduce(x3, 0, LANES, x3, 0, LANES, x2, i, CAPACITY);
        FqLanes.subtract(t, 0, LANES, x1, i, CAPACITY, x3, 0, LANES);
        FqLanes.mul(t, 0, LANES, t, 0, LANES, slope, 0, LANES);
        FqLanes.subtractAndReduce(y3, 0, LANES, t, 0, LANES, y1, i, CAPACITY);
        final int end = Math.min(LANES, queued - i);
        for (int lane = 0; lane < end; lane++) {
            final int s = POINT * to[i + lane];
            for (int j = 0; j < L; j++) {
                sums[s + j] = x3[lane + j * LANES];
                sums[s + L + j] = y3[lane + j * LANES];
            }
        }
    }

    private void addOneByOne() {
        final long[] point = new long[G1Affine.LIMBS];
        final double[] converted = new double[POINT];
        for (int i = 0; i < queued; i++) {
            final G1Jacobian sum = new G1Jacobian();
            read(x1, y1, i, CAPACITY, point);
            sum.addAffine(point, 0);
            read(x2, y2, i, CAPACITY, point);
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

    private static void read(double[] x, double[] y, int o, int stride, long[] point) {
        FqLanes.toFq(point, 0, x, o, stride);
        FqLanes.toFq(point, Fq.LIMBS, y, o, stride);
    }

    @Override
    public void get(int a, long[] out) {
        FqLanes.toFq(out, 0, sums, POINT * a, 1);
        FqLanes.toFq(out, Fq.LIMBS, sums, POINT * a + L, 1);
    }
}
