package org.zkml.prover.msm;

import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Lanes;

/** Points that are multiplied by many vectors of scalars, such as the powers of a setup. Safe for use by several threads. */
public final class Bases {

    /** Below this many points the conversion for the vector kernels does not pay. */
    private static final int MIN_VECTOR_POINTS = 256;

    private final long[] points;
    private final boolean infinity; // is among them
    private final boolean suitsVectors;
    private volatile double[] lanes; // for the vector kernels, once they have been used

    private Bases(long[] points, boolean infinity, boolean suitsVectors) {
        this.points = points;
        this.infinity = infinity;
        this.suitsVectors = suitsVectors;
    }

    /**
     * @param points flat affine points on the curve, {@link G1Affine#LIMBS} limbs each; kept, not copied
     * @throws IllegalArgumentException if the length is not a multiple of a point's
     */
    public static Bases of(long[] points) {
        if (points.length % G1Affine.LIMBS != 0) {
            throw new IllegalArgumentException(points.length + " limbs are no whole number of points");
        }
        final boolean infinity = hasInfinity(points);
        return new Bases(points, infinity, !infinity && points.length >= MIN_VECTOR_POINTS * G1Affine.LIMBS);
    }

    /** The same points for the scalar or for the vector kernels: tests compare the two. */
    static Bases of(long[] points, boolean usesVectors) {
        final Bases bases = new Bases(points, hasInfinity(points), false);
        if (usesVectors) {
            bases.lanes = LaneRows.convert(points);
        }
        return bases;
    }

    private static boolean hasInfinity(long[] points) {
        for (int i = 0; i < points.length; i += G1Affine.LIMBS) {
            if (Fq.isZero(points, i) && Fq.isZero(points, i + Fq.LIMBS)) {
                return true;
            }
        }
        return false;
    }

    /** Number of points. */
    public int count() {
        return points.length / G1Affine.LIMBS;
    }

    /** Point {@code i}. */
    public G1Affine get(int i) {
        return G1Affine.ofLimbs(points, G1Affine.LIMBS * i);
    }

    /** Rows whose source are these points, which are prepared. */
    PointRows rows(int places) {
        return lanes != null ? new LaneRows(lanes, infinity, places) : new ScalarRows(points, places);
    }

    /**
     * Brings the points to the form of the vector kernels, on all cores, if they are to be used. Before tasks that use them are started: two threads may do it at the same time, but
     * none may wait for another with a lock while that one waits for tasks.
     */
    void prepare() {
        if (suitsVectors && lanes == null && Lanes.available()) {
            lanes = LaneRows.convert(points);
        }
    }
}
