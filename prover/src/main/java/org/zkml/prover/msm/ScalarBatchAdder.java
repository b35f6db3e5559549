package org.zkml.prover.msm;

import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fq;

/** {@link BatchAdder} on the 64-bit kernels: about six products an addition, and one inversion a thousand additions. */
final class ScalarBatchAdder implements BatchAdder {

    private static final int CAPACITY = 1024;
    private static final int L = Fq.LIMBS;
    private static final byte REGULAR = 0;
    private static final byte FIRST = 1;
    private static final byte SECOND = 2;
    private static final byte INFINITY = 3;
    private static final byte DOUBLING = 4;

    private final long[] bases;
    private final long[] sums;
    private final long[] x1 = new long[L * CAPACITY];
    private final long[] y1 = new long[L * CAPACITY];
    private final long[] x2 = new long[L * CAPACITY];
    private final long[] y2 = new long[L * CAPACITY];
    private final long[] denominator = new long[L * CAPACITY];
    private final long[] prefix = new long[L * (CAPACITY + 1)];
    private final byte[] kind = new byte[CAPACITY];
    private final int[] to = new int[CAPACITY];
    private final long[] t = new long[6 * L];
    private int queued;

    ScalarBatchAdder(long[] bases, int places) {
        this.bases = bases;
        this.sums = new long[G1Affine.LIMBS * places];
    }

    private void loadBase(int a, long[] x, long[] y, int xo, int yo) {
        final int s = (a >>> 1) * G1Affine.LIMBS;
        Fq.copy(x, xo, bases, s);
        if ((a & 1) == 0) {
            Fq.copy(y, yo, bases, s + L);
        } else {
            Fq.neg(y, yo, bases, s + L);
        }
    }

    @Override
    public void addBases(int a, int b, int place) {
        final int o = L * queued;
        loadBase(a, x1, y1, o, o);
        loadBase(b, x2, y2, o, o);
        queue(place);
    }

    @Override
    public void addSums(int a, int b, int place) {
        final int o = L * queued;
        Fq.copy(x1, o, sums, G1Affine.LIMBS * a);
        Fq.copy(y1, o, sums, G1Affine.LIMBS * a + L);
        Fq.copy(x2, o, sums, G1Affine.LIMBS * b);
        Fq.copy(y2, o, sums, G1Affine.LIMBS * b + L);
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
        loadBase(a, sums, sums, G1Affine.LIMBS * place, G1Affine.LIMBS * place + L);
    }

    @Override
    public void copySum(int a, int place) {
        if (a != place) {
            System.arraycopy(sums, G1Affine.LIMBS * a, sums, G1Affine.LIMBS * place, G1Affine.LIMBS);
        }
    }

    @Override
    public void flush() {
        if (queued == 0) {
            return;
        }
        Fq.setOne(prefix, 0);
        for (int i = 0; i < queued; i++) {
            final int o = L * i;
            Fq.sub(denominator, o, x2, o, x1, o);
            kind[i] = REGULAR;
            if (Fq.isZero(denominator, o) || isInfinity(x1, y1, o) || isInfinity(x2, y2, o)) {
                classify(i);
            }
            Fq.mul(prefix, o + L, prefix, o, denominator, o);
        }
        Fq.inverse(t, 0, prefix, L * queued);
        for (int i = queued - 1; i >= 0; i--) {
            final int o = L * i;
            Fq.mul(t, L, t, 0, prefix, o); // 1 / denominator
            Fq.mul(t, 0, t, 0, denominator, o);
            finish(i, G1Affine.LIMBS * to[i]);
        }
        queued = 0;
    }

    /** Adds pair i by the slope whose inverted denominator is in t[4..8), into the place at s. */
    private void finish(int i, int s) {
        final int o = L * i;
        switch (kind[i]) {
            case REGULAR -> {
                Fq.sub(t, 2 * L, y2, o, y1, o);
                addWithSlope(o, s);
            }
            case FIRST -> {
                Fq.copy(sums, s, x1, o);
                Fq.copy(sums, s + L, y1, o);
            }
            case SECOND -> {
                Fq.copy(sums, s, x2, o);
                Fq.copy(sums, s + L, y2, o);
            }
            case INFINITY -> {
                Fq.setZero(sums, s);
                Fq.setZero(sums, s + L);
            }
            default -> { // DOUBLING, slope 3 x^2 / 2 y
                Fq.square(t, 2 * L, x1, o);
                Fq.add(t, 3 * L, t, 2 * L, t, 2 * L);
                Fq.add(t, 2 * L, t, 3 * L, t, 2 * L);
                addWithSlope(o, s);
            }
        }
    }

    private void addWithSlope(int o, int s) {
        Fq.mul(t, 2 * L, t, 2 * L, t, L); // slope
        Fq.square(t, 3 * L, t, 2 * L);
        Fq.sub(t, 3 * L, t, 3 * L, x1, o);
        Fq.sub(t, 3 * L, t, 3 * L, x2, o); // x3
        Fq.sub(t, 4 * L, x1, o, t, 3 * L);
        Fq.mul(t, 4 * L, t, 4 * L, t, 2 * L);
        Fq.sub(sums, s + L, t, 4 * L, y1, o);
        Fq.copy(sums, s, t, 3 * L);
    }

    /** Pairs that the chord rule cannot add; gives them a denominator that has an inverse. */
    private void classify(int i) {
        final int o = L * i;
        if (isInfinity(x1, y1, o)) {
            kind[i] = SECOND;
        } else if (isInfinity(x2, y2, o)) {
            kind[i] = FIRST;
        } else if (Fq.equal(y1, o, y2, o)) {
            kind[i] = DOUBLING;
            Fq.add(denominator, o, y1, o, y1, o); // not 0: G1 has no point of order two
            return;
        } else {
            kind[i] = INFINITY;
        }
        Fq.setOne(denominator, o);
    }

    private static boolean isInfinity(long[] x, long[] y, int o) {
        return Fq.isZero(x, o) && Fq.isZero(y, o);
    }

    @Override
    public void get(int a, long[] out) {
        System.arraycopy(sums, G1Affine.LIMBS * a, out, 0, G1Affine.LIMBS);
    }
}
