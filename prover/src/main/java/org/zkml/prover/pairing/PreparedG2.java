package org.zkml.prover.pairing;

import java.math.BigInteger;
import java.util.Arrays;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.curve.Twist;
import org.zkml.prover.field.Fq2;

/**
 * A point Q of G2 with the lines that the Miller loop multiplies by, in their order: they depend on Q alone, so a point that is paired more than once, like those of a verifying key,
 * is prepared once. A line is {@code y_P + l1 x_P w + l2 w^3}, kept as l1, l2 of Fq2; immutable.
 *
 * <p>T is in homogeneous coordinates (X/Z, Y/Z). Formulas: Costello, Lange, Naehrig, ePrint 2009/615, section 5, as in Aranha et al., ePrint 2010/526, section 4.
 */
public final class PreparedG2 {

    /** The loop's length 6x + 2, in signed digits. */
    static final byte[] LENGTH =
            Naf.of(FinalExponentiation.X.multiply(BigInteger.valueOf(6)).add(BigInteger.TWO));

    private static final int L = Fq2.LIMBS;

    /** Limbs of a line. */
    static final int LINE = 2 * L;

    private static final int Y = L;
    private static final int Z = 2 * L;
    private static final int S = 6 * L; // the field kernels' scratch, inside u
    private static final int RAW = 3 * L; // limbs of a line with its factor of y_P

    private static final long[] TRIPLE_B = tripleB();

    /** The generator of G2. */
    public static final PreparedG2 GENERATOR = of(G2Affine.GENERATOR);

    private final G2Affine point;
    private final long[] lines;

    private PreparedG2(G2Affine point, long[] lines) {
        this.point = point;
        this.lines = lines;
    }

    /** About 90 steps of 2 microseconds, and one inversion. */
    public static PreparedG2 of(G2Affine point) {
        return new PreparedG2(point, point.isInfinity() ? new long[0] : new Tracer(point).lines());
    }

    public G2Affine point() {
        return point;
    }

    /** Line i at limbs {@link #LINE} i and following; none for infinity. To be read only. */
    long[] lines() {
        return lines;
    }

    private static long[] tripleB() {
        final long[] b = new long[L];
        Fq2.add(b, 0, Twist.constant(), 0, Twist.constant(), 0);
        Fq2.add(b, 0, b, 0, Twist.constant(), 0);
        return b;
    }

    /** Runs T through the loop and writes down the lines, each first with a factor of y_P, which is never 0: T is neither of order 2 nor plus or minus what is added. */
    private static final class Tracer {

        private final long[] q;
        private final long[] p;
        private final long[] u = new long[S + Fq2.SCRATCH];
        private long[] raw = new long[RAW * 2 * LENGTH.length];
        private int at; // of the next line in raw

        Tracer(G2Affine point) {
            q = point.limbs();
            p = Arrays.copyOf(q, 3 * L);
            Fq2.setOne(p, Z);
        }

        long[] lines() {
            final long[] minus = negated(q);
            for (int i = LENGTH.length - 2; i >= 0; i--) {
                twice();
                if (LENGTH[i] != 0) {
                    add(LENGTH[i] > 0 ? q : minus);
                }
            }
            final long[] image = new long[G2Affine.LIMBS];
            Twist.frobenius(image, 0, q, 0);
            add(image);
            Twist.frobenius(image, 0, image, 0);
            add(negated(image));
            return scaled();
        }

        private static long[] negated(long[] q) {
            final long[] out = q.clone();
            Fq2.neg(out, Y, out, Y);
            return out;
        }

        /** Divides the lines by their factors of y_P. */
        private long[] scaled() {
            final int count = at / RAW;
            final long[] inverses = new long[L * count];
            for (int i = 0; i < count; i++) {
                Fq2.copy(inverses, L * i, raw, RAW * i);
            }
            Fq2.invertAll(inverses, 0, count);
            final long[] lines = new long[LINE * count];
            for (int i = 0; i < count; i++) {
                Fq2.mul(lines, LINE * i, raw, RAW * i + L, inverses, L * i, u, S);
                Fq2.mul(lines, LINE * i + L, raw, RAW * i + 2 * L, inverses, L * i, u, S);
            }
            return lines;
        }

        /** T = 2T, and the tangent's factors -2YZ, 3X^2, 3bZ^2 - Y^2. The published point times 4, to save its halvings. */
        private void twice() {
            final int a = 0, b = L, c = 2 * L, e = 3 * L, g = 4 * L, h = 5 * L;
            final int l0 = at, l1 = at + L, l2 = at + 2 * L;
            at += RAW;
            Fq2.square(u, a, p, 0, u, S);
            Fq2.add(raw, l1, u, a, u, a);
            Fq2.add(raw, l1, raw, l1, u, a); // 3X^2
            Fq2.mul(u, a, p, 0, p, Y, u, S);
            Fq2.add(u, a, u, a, u, a); // A = 2XY
            Fq2.square(u, b, p, Y, u, S); // B = Y^2
            Fq2.square(u, c, p, Z, u, S); // C = Z^2
            Fq2.mul(u, e, u, c, TRIPLE_B, 0, u, S); // E = 3bC
            Fq2.add(u, h, p, Y, p, Z);
            Fq2.square(u, h, u, h, u, S);
            Fq2.sub(u, h, u, h, u, b);
            Fq2.sub(u, h, u, h, u, c); // H = 2YZ
            Fq2.neg(raw, l0, u, h);
            Fq2.sub(raw, l2, u, e, u, b);
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

        /** T = T + Q for affine Q, and the chord's factors lambda, -theta, theta x_Q - lambda y_Q. */
        private void add(long[] q) {
            final int theta = 0, lambda = L, c = 2 * L, d = 3 * L, e = 4 * L, h = 5 * L;
            Fq2.mul(u, theta, q, Y, p, Z, u, S);
            Fq2.sub(u, theta, p, Y, u, theta); // theta = Y - y_Q Z
            Fq2.mul(u, lambda, q, 0, p, Z, u, S);
            Fq2.sub(u, lambda, p, 0, u, lambda); // lambda = X - x_Q Z
            Fq2.copy(raw, at, u, lambda);
            Fq2.neg(raw, at + L, u, theta);
            Fq2.mul(u, c, u, theta, q, 0, u, S);
            Fq2.mul(u, d, u, lambda, q, Y, u, S);
            Fq2.sub(raw, at + 2 * L, u, c, u, d);
            at += RAW;
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
}
