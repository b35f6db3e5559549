package org.zkml.prover.msm;

import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fq;

/** {@link PointRows} on the 64-bit kernels: about six products an addition, and one inversion a thousand additions. */
final class ScalarRows implements PointRows {

    private static final int CAPACITY = 1024;
    private static final int L = Fq.LIMBS;
    private static final int POINT = G1Affine.LIMBS;
    private static final byte REGULAR = 0;
    private static final byte FIRST = 1;
    private static final byte SECOND = 2;
    private static final byte INFINITY = 3;
    private static final byte DOUBLING = 4;

    private final long[] source;
    private final boolean signed; // numbers of the source are those of bases
    private final long[] sums;
    private final Scratch scratch;
    private int queued;

    /** What additions need while they are put off. */
    private static final class Scratch {
        private final long[] first = new long[POINT * CAPACITY];
        private final long[] second = new long[POINT * CAPACITY];
        private final long[] denominator = new long[L * CAPACITY];
        private final long[] prefix = new long[L * (CAPACITY + 1)];
        private final byte[] kind = new byte[CAPACITY];
        private final int[] to = new int[CAPACITY];
        private final long[] t = new long[6 * L];
    }

    ScalarRows(long[] bases, int places) {
        this(bases, true, places, new Scratch());
    }

    private ScalarRows(long[] source, boolean signed, int places, Scratch scratch) {
        this.source = source;
        this.signed = signed;
        this.sums = new long[POINT * places];
        this.scratch = scratch;
    }

    @Override
    public PointRows next(int places) {
        return new ScalarRows(sums, false, places, scratch);
    }

    private void load(int number, long[] to, int o) {
        System.arraycopy(source, POINT * (signed ? number >>> 1 : number), to, o, POINT);
        if (signed && (number & 1) != 0) {
            Fq.neg(to, o + L, to, o + L);
        }
    }

    @Override
    public void addFromSource(int[] order, int a, int b, int to, int count) {
        for (int i = 0; i < count; i++) {
            load(order[a + i], scratch.first, POINT * queued);
            load(order[b + i], scratch.second, POINT * queued);
            queue(to + i);
        }
    }

    @Override
    public void copyFromSource(int[] order, int from, int to, int count) {
        for (int i = 0; i < count; i++) {
            load(order[from + i], sums, POINT * (to + i));
        }
    }

    @Override
    public void add(int to, int from, int count) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(sums, POINT * (to + i), scratch.first, POINT * queued, POINT);
            System.arraycopy(sums, POINT * (from + i), scratch.second, POINT * queued, POINT);
            queue(to + i);
        }
    }

    private void queue(int place) {
        scratch.to[queued++] = place;
        if (queued == CAPACITY) {
            finish();
        }
    }

    @Override
    public void finish() {
        if (queued == 0) {
            return;
        }
        final long[] first = scratch.first;
        final long[] second = scratch.second;
        final long[] denominator = scratch.denominator;
        final long[] prefix = scratch.prefix;
        final long[] t = scratch.t;
        Fq.setOne(prefix, 0);
        for (int i = 0; i < queued; i++) {
            final int o = L * i;
            Fq.sub(denominator, o, second, POINT * i, first, POINT * i);
            scratch.kind[i] = REGULAR;
            if (Fq.isZero(denominator, o) || isInfinity(first, i) || isInfinity(second, i)) {
                classify(i);
            }
            Fq.mul(prefix, o + L, prefix, o, denominator, o);
        }
        Fq.inverse(t, 0, prefix, L * queued);
        for (int i = queued - 1; i >= 0; i--) {
            final int o = L * i;
            Fq.mul(t, L, t, 0, prefix, o); // 1 / denominator
            Fq.mul(t, 0, t, 0, denominator, o);
            add(i, POINT * scratch.to[i]);
        }
        queued = 0;
    }

    /** Adds pair i by the slope whose inverted denominator is in t[4..8), into the place at s. */
    private void add(int i, int s) {
        final long[] t = scratch.t;
        final int o = POINT * i;
        switch (scratch.kind[i]) {
            case REGULAR -> {
                Fq.sub(t, 2 * L, scratch.second, o + L, scratch.first, o + L);
                addWithSlope(o, s);
            }
            case FIRST -> System.arraycopy(scratch.first, o, sums, s, POINT);
            case SECOND -> System.arraycopy(scratch.second, o, sums, s, POINT);
            case INFINITY -> {
                Fq.setZero(sums, s);
                Fq.setZero(sums, s + L);
            }
            default -> { // DOUBLING, slope 3 x^2 / 2 y
                Fq.square(t, 2 * L, scratch.first, o);
                Fq.add(t, 3 * L, t, 2 * L, t, 2 * L);
                Fq.add(t, 2 * L, t, 3 * L, t, 2 * L);
                addWithSlope(o, s);
            }
        }
    }

    private void addWithSlope(int o, int s) {
        final long[] t = scratch.t;
        Fq.mul(t, 2 * L, t, 2 * L, t, L); // slope
        Fq.square(t, 3 * L, t, 2 * L);
        Fq.sub(t, 3 * L, t, 3 * L, scratch.first, o);
        Fq.sub(t, 3 * L, t, 3 * L, scratch.second, o); // x3
        Fq.sub(t, 4 * L, scratch.first, o, t, 3 * L);
        Fq.mul(t, 4 * L, t, 4 * L, t, 2 * L);
        Fq.sub(sums, s + L, t, 4 * L, scratch.first, o + L);
        Fq.copy(sums, s, t, 3 * L);
    }

    /** Pairs that the chord rule cannot add; gives them a denominator that has an inverse. */
    private void classify(int i) {
        final int y = POINT * i + L;
        if (isInfinity(scratch.first, i)) {
            scratch.kind[i] = SECOND;
        } else if (isInfinity(scratch.second, i)) {
            scratch.kind[i] = FIRST;
        } else if (Fq.equal(scratch.first, y, scratch.second, y)) {
            scratch.kind[i] = DOUBLING;
            // not 0: G1 has no point of order two
            Fq.add(scratch.denominator, L * i, scratch.first, y, scratch.first, y);
            return;
        } else {
            scratch.kind[i] = INFINITY;
        }
        Fq.setOne(scratch.denominator, L * i);
    }

    private static boolean isInfinity(long[] points, int i) {
        return Fq.isZero(points, POINT * i) && Fq.isZero(points, POINT * i + L);
    }

    @Override
    public void get(int place, long[] out) {
        System.arraycopy(sums, POINT * place, out, 0, POINT);
    }
}
