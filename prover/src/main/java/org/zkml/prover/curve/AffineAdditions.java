package org.zkml.prover.curve;

import org.zkml.prover.field.Fq;

/**
 * Additions of affine points of G1 that share one inversion: six products each (Montgomery's trick). Every case is covered: doublings, opposite points, infinity. First all pairs are
 * announced, then their sums taken in the same order.
 */
final class AffineAdditions {

    private static final int Y = Fq.LIMBS;

    private final long[] inverses;
    private final long[] t = new long[3 * Fq.LIMBS];
    private int announced;
    private int taken;

    AffineAdditions(int capacity) {
        inverses = new long[Fq.LIMBS * capacity];
    }

    /** Announces the sum of the points at p[po..po+8) and q[qo..qo+8), (0, 0) being infinity: notes the slope's denominator, or 1 if there is no slope. */
    void announce(long[] p, int po, long[] q, int qo) {
        final int d = Fq.LIMBS * announced++;
        if (isInfinity(p, po) || isInfinity(q, qo)) {
            Fq.setOne(inverses, d);
        } else if (!Fq.equal(p, po, q, qo)) {
            Fq.sub(inverses, d, q, qo, p, po);
        } else if (Fq.equal(p, po + Y, q, qo + Y)) {
            Fq.add(inverses, d, p, po + Y, p, po + Y); // never 0: no point has order 2
        } else {
            Fq.setOne(inverses, d);
        }
    }

    void invert() {
        Fq.invertAll(inverses, 0, announced);
        announced = 0;
        taken = 0;
    }

    /** z = p + q for the next announced pair; z may be one of them. */
    void take(long[] z, int zo, long[] p, int po, long[] q, int qo) {
        final int d = Fq.LIMBS * taken++;
        if (isInfinity(p, po)) {
            System.arraycopy(q, qo, z, zo, G1Affine.LIMBS);
            return;
        }
        if (isInfinity(q, qo)) {
            System.arraycopy(p, po, z, zo, G1Affine.LIMBS);
            return;
        }
        if (!Fq.equal(p, po, q, qo)) {
            Fq.sub(t, 0, q, qo + Y, p, po + Y);
        } else if (Fq.equal(p, po + Y, q, qo + Y)) {
            Fq.square(t, 4, p, po);
            Fq.add(t, 0, t, 4, t, 4);
            Fq.add(t, 0, t, 0, t, 4); // 3x^2
        } else {
            Fq.setZero(z, zo);
            Fq.setZero(z, zo + Y);
            return;
        }
        Fq.mul(t, 0, t, 0, inverses, d);
        Fq.square(t, 4, t, 0);
        Fq.sub(t, 4, t, 4, p, po);
        Fq.sub(t, 4, t, 4, q, qo);
        Fq.sub(t, 8, p, po, t, 4);
        Fq.mul(t, 8, t, 8, t, 0);
        Fq.sub(z, zo + Y, t, 8, p, po + Y);
        Fq.copy(z, zo, t, 4);
    }

    private static boolean isInfinity(long[] p, int o) {
        return Fq.isZero(p, o) && Fq.isZero(p, o + Y);
    }
}
