package org.zkml.prover.msm;

import org.zkml.prover.curve.G1Affine;

/** Points that are multiplied by many vectors of scalars, such as the powers of a setup. Safe for use by several threads. */
public final class Bases {

    private final long[] points;

    private Bases(long[] points) {
        this.points = points;
    }

    /**
     * @param points flat affine points on the curve, {@link G1Affine#LIMBS} limbs each; kept, not copied
     * @throws IllegalArgumentException if the length is not a multiple of a point's
     */
    public static Bases of(long[] points) {
        if (points.length % G1Affine.LIMBS != 0) {
            throw new IllegalArgumentException(points.length + " limbs are no whole number of points");
        }
        return new Bases(points);
    }

    /** Number of points. */
    public int count() {
        return points.length / G1Affine.LIMBS;
    }

    /** Point {@code i}. */
    public G1Affine get(int i) {
        return G1Affine.ofLimbs(points, G1Affine.LIMBS * i);
    }

    BatchAdder adder(int places) {
        return new ScalarBatchAdder(points, places);
    }
}
