package org.zkml.prover.pairing;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.curve.Twist;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fq2;

/**
 * The Miller loop of the optimal ate pairing, of length 6x + 2 (Vercauteren, ePrint 2008/096), for a product of pairings: one
 * squaring a step for all pairs. Points of the twist are in homogeneous coordinates (X/Z, Y/Z); lines have the three coefficients that {@link
 * Fq12#mulByLine} takes. Formulas: Costello, Lange, Naehrig, ePrint 2009/615, section 5, as in Aranha et al., ePrint 2010/526, section 4.
 */
final class MillerLoop {

    private static final byte[] LENGTH =
            Naf.of(FinalExponentiation.X.multiply(BigInteger.valueOf(6)).add(BigInteger.TWO));

    private static final int L = Fq2.LIMBS;
    private static final int Y = L;
    private static final int Z = 2 * L;
    private static final int S = 6 * L; // the field kernels' scratch, inside u

    private static final long[] TRIPLE_B = tripleB();

    private final List<G1Affine> ps;
    private final List<G2Affine> qs;
    private final long[][] points;
    private final long[] f = Fq12.one();
    private final long[] line = new long[3 * L];
    private final long[] u = new long[S + Fq2.SCRATCH];
    private final long[] t = new long[Fq12.SCRATCH];

    private MillerLoop(List<G1Affine> ps, List<G2Affine> qs) {
        this.ps = ps;
        this.qs = qs;
        this.points = new long[qs.size()][];
        for (int i = 0; i < points.length; i++) {
            points[i] = Arrays.copyOf(qs.get(i).limbs(), 3 * L);
            Fq2.setOne(points[i], Z);
        }
    }

    private static long[] tripleB() {
        final long[] b = new long[L];
        Fq2.add(b, 0, Twist.constant(), 0, Twist.constant(), 0);
        Fq2.add(b, 0, b, 0, Twist.constant(), 0);
        return b;
    }

    /** The product of the Miller functions of the pairs, none of which may contain infinity. */
    static long[] product(List<G1Affine> ps, List<G2Affine> qs) {
        final MillerLoop loop = new MillerLoop(ps, qs);
        loop.run();
        return loop.f;
    }

    private void run() {
        for (int i = LENGTH.length - 2; i >= 0; i--) {
            Fq12.square(f, f, t);
            for (int k = 0; k < points.length; k++) {
                twice(points[k]);
                apply(ps.get(k).limbs());
                if (LENGTH[i] != 0) {
                    add(
                            points[k],
                            LENGTH[i] > 0
                                    ? qs.get(k).limbs()
                                    : negated(qs.get(k).limbs()));
                    apply(ps.get(k).limbs());
                }
            }
        }
        for (int k = 0; k < points.length; k++) {
            final long[] image = new long[G2Affine.LIMBS];
            Twist.frobenius(image, 0, qs.get(k).limbs(), 0);
            add(points[k], image);
            apply(ps.get(k).limbs());
            Twist.frobenius(image, 0, image, 0);
            add(points[k], negated(image));
            apply(ps.get(k).limbs());
        }
    }

    private static long[] negated(long[] q) {
        final long[] out = q.clone();
        Fq2.neg(out, Y, out, Y);
        return out;
    }

    /** f = f * the line's value at the point P of G1. */
    private void apply(long[] p) {
        Fq2.mulByFq(line, 0, line, 0, p, Fq.LIMBS);
        Fq2.mulByFq(line, L, line, L, p, 0);
        Fq12.mulByLine(f, line, t);
    }

    /**
     * T = 2T, and the tangent's coefficients -2YZ (for y_P), 3X^2 (for x_P), 3bZ^2 - Y^2. The published point times 4, to save its
     * halvings.
     */
    private void twice(long[] p) {
        final int a = 0, b = L, c = 2 * L, e = 3 * L, g = 4 * L, h = 5 * L;
        Fq2.square(u, a, p, 0, u, S);
        Fq2.add(line, L, u, a, u, a);
        Fq2.add(line, L, line, L, u, a); // 3X^2
        Fq2.mul(u, a, p, 0, p, Y, u, S);
        Fq2.add(u, a, u, a, u, a); // A = 2XY
        Fq2.square(u, b, p, Y, u, S); // B = Y^2
        Fq2.square(u, c, p, Z, u, S); // C = Z^2
        Fq2.mul(u, e, u, c, TRIPLE_B, 0, u, S); // E = 3bC
        Fq2.add(u, h, p, Y, p, Z);
        Fq2.square(u, h, u, h, u, S);
        Fq2.sub(u, h, u, h, u, b);
        Fq2.sub(u, h, u, h, u, c); // H = 2YZ
        Fq2.neg(line, 0, u, h);
        Fq2.sub(line, 2 * L, u, e, u, b);
        Fq2.add(u, c, u, e, u, e);
        Fq2.add(u, c, u, c, u, e); // F = 3E
        Fq2.add(u, g, u, b, u, c); // G = B + F
        Fq2.sub(u, c, u, b, u, c);
        Fq2.mul(p, 0, u, a, u, c, u, S); // A (B - F)
        Fq2.mul(p, Z, u, b, u, h, u, S);
        Fq2.add(p, Z, p, Z, p, Z);
        Fq2.add(p, Z, p, Z, p, Z); // 4BH
        Fq2.square(u, g, u, g, u, S);
        Fq2.square(u, e, u, e, u, S);
        Fq2.add(u, e, u, e, u, e);
        Fq2.add(u, e, u, e, u, e);
        Fq2.sub(u, g, u, g, u, e);
        Fq2.sub(u, g, u, g, u, e);
        Fq2.sub(p, Y, u, g, u, e); // G^2 - 12E^2
    }

    /** T = T + Q for affine Q, and the chord's coefficients: lambda (for y_P), -theta (for x_P), theta x_Q - lambda y_Q. */
    private void add(long[] p, long[] q) {
        final int theta = 0, lambda = L, c = 2 * L, d = 3 * L, e = 4 * L, h = 5 * L;
        Fq2.mul(u, theta, q, Y, p, Z, u, S);
        Fq2.sub(u, theta, p, Y, u, theta); // theta = Y - y_Q Z
        Fq2.mul(u, lambda, q, 0, p, Z, u, S);
        Fq2.sub(u, lambda, p, 0, u, lambda); // lambda = X - x_Q Z
        Fq2.copy(line, 0, u, lambda);
        Fq2.neg(line, L, u, theta);
        Fq2.mul(u, c, u, theta, q, 0, u, S);
        Fq2.mul(u, d, u, lambda, q, Y, u, S);
        Fq2.sub(line, 2 * L, u, c, u, d);
        Fq2.square(u, c, u, theta, u, S);
        Fq2.mul(u, c, u, c, p, Z, u, S); // F = Z theta^2
        Fq2.square(u, d, u, lambda, u, S);
        Fq2.mul(u, e, u, d, u, lambda, u, S); // E = lambda^3
        Fq2.mul(u, d, u, d, p, 0, u, S); // G = X lambda^2
        Fq2.add(u, h, u, e, u, c);
        Fq2.sub(u, h, u, h, u, d);
        Fq2.sub(u, h, u, h, u, d); // H = E + F - 2G
        Fq2.mul(p, 0, u, lambda, u, h, u, S);
        Fq2.sub(u, d, u, d, u, h);
        Fq2.mul(u, d, u, d, u, theta, u, S);
        Fq2.mul(u, c, u, e, p, Y, u, S);
        Fq2.sub(p, Y, u, d, u, c);
        Fq2.mul(p, Z, p, Z, u, e, u, S);
    }
}
