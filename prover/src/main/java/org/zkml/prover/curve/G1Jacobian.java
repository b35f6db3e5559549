package org.zkml.prover.curve;

import org.zkml.prover.field.Fq;

/**
 * A point of G1 (y^2 = x^3 + 3 over Fq) in Jacobian coordinates (X/Z^2, Y/Z^3), Z = 0 for infinity; mutable, an accumulator
 * for sums. Formulas: Explicit-Formulas Database, short Weierstrass curves with a = 0. Not constant time.
 */
public final class G1Jacobian {

    private static final int Y = 4;
    private static final int Z = 8;

    private final long[] p = new long[12];
    private final long[] t = new long[40];

    /** Infinity. */
    public G1Jacobian() {}

    /** A copy of an affine point. */
    public static G1Jacobian of(G1Affine point) {
        final G1Jacobian sum = new G1Jacobian();
        sum.add(point);
        return sum;
    }

    public void setInfinity() {
        Fq.setZero(p, Z);
    }

    public boolean isInfinity() {
        return Fq.isZero(p, Z);
    }

    public void set(G1Jacobian other) {
        System.arraycopy(other.p, 0, p, 0, p.length);
    }

    /** this = -this. */
    public void negate() {
        Fq.neg(p, Y, p, Y);
    }

    /** this = 2 this (dbl-2009-l: 2 products, 5 squarings). */
    public void twice() {
        if (isInfinity()) {
            return;
        }
        Fq.square(t, 0, p, 0); // A = X^2
        Fq.square(t, 4, p, Y); // B = Y^2
        Fq.square(t, 8, t, 4); // C = B^2
        Fq.add(t, 12, p, 0, t, 4);
        Fq.square(t, 12, t, 12);
        Fq.sub(t, 12, t, 12, t, 0);
        Fq.sub(t, 12, t, 12, t, 8);
        Fq.add(t, 12, t, 12, t, 12); // D = 2((X + B)^2 - A - C)
        Fq.add(t, 16, t, 0, t, 0);
        Fq.add(t, 16, t, 16, t, 0); // E = 3A
        Fq.square(t, 20, t, 16); // F = E^2
        Fq.mul(p, Z, p, Y, p, Z);
        Fq.add(p, Z, p, Z, p, Z);
        Fq.sub(p, 0, t, 20, t, 12);
        Fq.sub(p, 0, p, 0, t, 12);
        Fq.sub(t, 24, t, 12, p, 0);
        Fq.mul(t, 24, t, 24, t, 16);
        Fq.add(t, 8, t, 8, t, 8);
        Fq.add(t, 8, t, 8, t, 8);
        Fq.add(t, 8, t, 8, t, 8);
        Fq.sub(p, Y, t, 24, t, 8);
    }

    /** this += point. */
    public void add(G1Affine point) {
        addAffine(point.limbs(), 0);
    }

    /** this += the affine point at q[o..o+8), (0, 0) being infinity (madd: 8 products, 3 squarings). */
    public void addAffine(long[] q, int o) {
        if (Fq.isZero(q, o) && Fq.isZero(q, o + Y)) {
            return;
        }
        if (isInfinity()) {
            System.arraycopy(q, o, p, 0, 8);
            Fq.setOne(p, Z);
            return;
        }
        Fq.square(t, 0, p, Z); // Z^2
        Fq.mul(t, 4, q, o, t, 0); // U2
        Fq.mul(t, 8, p, Z, t, 0);
        Fq.mul(t, 8, t, 8, q, o + Y); // S2
        addDifference(0, Y);
    }

    /** Finishes an addition: U2, S2 in t[4..12), the other point's U1, S1 are p's own X and Y. */
    private void addDifference(int x, int y) {
        Fq.sub(t, 4, t, 4, p, x); // H
        Fq.sub(t, 8, t, 8, p, y); // r
        if (Fq.isZero(t, 4)) {
            if (Fq.isZero(t, 8)) {
                twice();
            } else {
                setInfinity();
            }
            return;
        }
        Fq.square(t, 12, t, 4); // H^2
        Fq.mul(t, 16, t, 12, t, 4); // H^3
        Fq.mul(t, 20, p, x, t, 12); // V = U1 H^2
        Fq.mul(p, Z, p, Z, t, 4);
        Fq.square(t, 24, t, 8);
        Fq.sub(t, 24, t, 24, t, 16);
        Fq.sub(t, 24, t, 24, t, 20);
        Fq.sub(p, 0, t, 24, t, 20);
        Fq.sub(t, 20, t, 20, p, 0);
        Fq.mul(t, 20, t, 20, t, 8);
        Fq.mul(t, 16, t, 16, p, y);
        Fq.sub(p, Y, t, 20, t, 16);
    }

    /** this += other (12 products, 4 squarings). */
    public void add(G1Jacobian other) {
        if (other.isInfinity()) {
            return;
        }
        if (isInfinity()) {
            set(other);
            return;
        }
        final long[] q = other.p;
        Fq.square(t, 0, p, Z); // Z1^2
        Fq.square(t, 28, q, Z); // Z2^2
        Fq.mul(t, 4, q, 0, t, 0); // U2
        Fq.mul(t, 8, q, Y, t, 0);
        Fq.mul(t, 8, t, 8, p, Z); // S2
        Fq.mul(t, 32, p, 0, t, 28); // U1
        Fq.mul(t, 36, p, Y, t, 28);
        Fq.mul(t, 36, t, 36, q, Z); // S1
        if (Fq.equal(t, 32, t, 4) && Fq.equal(t, 36, t, 8)) {
            twice();
            return;
        }
        Fq.copy(p, 0, t, 32);
        Fq.copy(p, Y, t, 36);
        Fq.mul(p, Z, p, Z, q, Z);
        addDifference(0, Y);
    }

    /** The affine point; one inversion. */
    public G1Affine toAffine() {
        final long[] out = new long[8];
        if (!isInfinity()) {
            Fq.inverse(t, 0, p, Z);
            Fq.square(t, 4, t, 0);
            Fq.mul(out, 0, p, 0, t, 4);
            Fq.mul(t, 4, t, 4, t, 0);
            Fq.mul(out, Y, p, Y, t, 4);
        }
        return G1Affine.ofLimbs(out, 0);
    }
}
