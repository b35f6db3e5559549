package org.zkml.prover.curve;

import java.math.BigInteger;
import org.zkml.prover.field.Fq2;

/**
 * A point of the twist of BN254 in Jacobian coordinates (X/Z^2, Y/Z^3) over Fq2, Z = 0 for infinity; mutable. Formulas: Explicit-Formulas
 * Database, short Weierstrass curves with a = 0. They hold for every point of the twist, also outside the group of order r. Not
 * constant time.
 */
final class G2Jacobian {

    private static final int L = Fq2.LIMBS;
    private static final int Y = L;
    private static final int Z = 2 * L;
    private static final int T = 7 * L; // scratch of the field kernels, inside t

    private final long[] p = new long[3 * L];
    private final long[] t = new long[T + Fq2.SCRATCH];

    /** this = 2 this (dbl-2009-l). */
    void twice() {
        if (isInfinity()) {
            return;
        }
        final int a = 0, b = L, c = 2 * L, d = 3 * L, e = 4 * L, f = 5 * L;
        Fq2.square(t, a, p, 0, t, T);
        Fq2.square(t, b, p, Y, t, T);
        Fq2.square(t, c, t, b, t, T);
        Fq2.add(t, d, p, 0, t, b);
        Fq2.square(t, d, t, d, t, T);
        Fq2.sub(t, d, t, d, t, a);
        Fq2.sub(t, d, t, d, t, c);
        Fq2.add(t, d, t, d, t, d); // D = 2((X + B)^2 - A - C)
        Fq2.add(t, e, t, a, t, a);
        Fq2.add(t, e, t, e, t, a); // E = 3A
        Fq2.square(t, f, t, e, t, T);
        Fq2.mul(p, Z, p, Y, p, Z, t, T);
        Fq2.add(p, Z, p, Z, p, Z);
        Fq2.sub(p, 0, t, f, t, d);
        Fq2.sub(p, 0, p, 0, t, d);
        Fq2.sub(t, f, t, d, p, 0);
        Fq2.mul(t, f, t, f, t, e, t, T);
        Fq2.add(t, c, t, c, t, c);
        Fq2.add(t, c, t, c, t, c);
        Fq2.add(t, c, t, c, t, c);
        Fq2.sub(p, Y, t, f, t, c);
    }

    /** this += the affine point at q[o..o+16), all zeros being infinity. */
    void addAffine(long[] q, int o) {
        if (Fq2.isZero(q, o) && Fq2.isZero(q, o + Y)) {
            return;
        }
        if (isInfinity()) {
            System.arraycopy(q, o, p, 0, 2 * L);
            Fq2.setOne(p, Z);
            return;
        }
        final int u = 0, h = L, r = 2 * L, hh = 3 * L, hhh = 4 * L, v = 5 * L, w = 6 * L;
        Fq2.square(t, u, p, Z, t, T);
        Fq2.mul(t, h, q, o, t, u, t, T);
        Fq2.mul(t, r, p, Z, t, u, t, T);
        Fq2.mul(t, r, t, r, q, o + Y, t, T);
        Fq2.sub(t, h, t, h, p, 0); // H = x2 Z^2 - X
        Fq2.sub(t, r, t, r, p, Y); // r = y2 Z^3 - Y
        if (Fq2.isZero(t, h)) {
            if (Fq2.isZero(t, r)) {
                twice();
            } else {
                Fq2.setZero(p, Z);
            }
            return;
        }
        Fq2.square(t, hh, t, h, t, T);
        Fq2.mul(t, hhh, t, hh, t, h, t, T);
        Fq2.mul(t, v, p, 0, t, hh, t, T);
        Fq2.mul(p, Z, p, Z, t, h, t, T);
        Fq2.square(t, w, t, r, t, T);
        Fq2.sub(t, w, t, w, t, hhh);
        Fq2.sub(t, w, t, w, t, v);
        Fq2.sub(p, 0, t, w, t, v);
        Fq2.sub(t, v, t, v, p, 0);
        Fq2.mul(t, v, t, v, t, r, t, T);
        Fq2.mul(t, hhh, t, hhh, p, Y, t, T);
        Fq2.sub(p, Y, t, v, t, hhh);
    }

    /** this = scalar times the affine point at q[o..o+16), by double and add; the scalar must not be negative. */
    void setProduct(BigInteger scalar, long[] q, int o) {
        final long[] limbs = new long[scalar.bitLength() / 64 + 1];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = scalar.shiftRight(64 * i).longValue();
        }
        setProduct(limbs, q, o);
    }

    /** The same for a scalar of any number of limbs, least significant first. */
    void setProduct(long[] scalar, long[] q, int o) {
        Fq2.setZero(p, Z);
        for (int i = 64 * scalar.length - 1; i >= 0; i--) {
            twice();
            if ((scalar[i >> 6] >>> (i & 63) & 1) != 0) {
                addAffine(q, o);
            }
        }
    }

    boolean isInfinity() {
        return Fq2.isZero(p, Z);
    }

    /** Writes the affine point to out[o..o+16), zeros for infinity; one inversion. */
    void toAffine(long[] out, int o) {
        if (isInfinity()) {
            Fq2.setZero(out, o);
            Fq2.setZero(out, o + Y);
            return;
        }
        Fq2.inverse(t, 0, p, Z, t, T);
        Fq2.square(t, L, t, 0, t, T);
        Fq2.mul(out, o, p, 0, t, L, t, T);
        Fq2.mul(t, L, t, L, t, 0, t, T);
        Fq2.mul(out, o + Y, p, Y, t, L, t, T);
    }
}
