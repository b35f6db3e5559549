package org.zkml.prover.pairing;

import java.math.BigInteger;
import java.util.Arrays;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fr;

/**
 * The pairing in BigIntegers, from the definitions: elements of Fq12 = Fq[w]/(w^12 - 18 w^6 + 82) by their twelve coefficients, affine points of
 * the curve over Fq12, binary Miller loop, one exponentiation by (q^12 - 1)/r. The oracle of {@link PairingTest}.
 */
final class SlowPairing {

    private static final BigInteger Q = Fq.MODULUS;
    private static final BigInteger EXPONENT =
            Q.pow(12).subtract(BigInteger.ONE).divide(Fr.MODULUS);

    private record Point(BigInteger[] x, BigInteger[] y) {}

    private SlowPairing() {}

    static BigInteger[] pair(G1Affine p, G2Affine q) {
        if (p.isInfinity() || q.isInfinity()) {
            return constant(BigInteger.ONE);
        }
        final Point base = new Point(constant(p.x()), constant(p.y()));
        final Point untwisted =
                new Point(mul(fromFq2(q.xRe(), q.xIm()), power(2)), mul(fromFq2(q.yRe(), q.yIm()), power(3)));
        return pow(miller(base, untwisted), EXPONENT);
    }

    private static BigInteger[] miller(Point p, Point q) {
        final BigInteger length =
                FinalExponentiation.X.multiply(BigInteger.valueOf(6)).add(BigInteger.TWO);
        BigInteger[] f = constant(BigInteger.ONE);
        Point t = q;
        for (int i = length.bitLength() - 2; i >= 0; i--) {
            BigInteger[] slope = tangent(t);
            f = mul(mul(f, f), line(slope, t, p));
            t = chord(slope, t, t);
            if (length.testBit(i)) {
                slope = slope(t, q);
                f = mul(f, line(slope, t, p));
                t = chord(slope, t, q);
            }
        }
        final Point q1 = new Point(pow(q.x, Q), pow(q.y, Q));
        final Point q2 = new Point(pow(q1.x, Q), negate(pow(q1.y, Q)));
        final BigInteger[] slope1 = slope(t, q1);
        f = mul(f, line(slope1, t, p));
        t = chord(slope1, t, q1);
        return mul(f, line(slope(t, q2), t, p));
    }

    private static BigInteger[] tangent(Point t) {
        final BigInteger[] three = constant(BigInteger.valueOf(3));
        return mul(mul(three, mul(t.x, t.x)), inverse(add(t.y, t.y)));
    }

    private static BigInteger[] slope(Point t, Point q) {
        return mul(add(q.y, negate(t.y)), inverse(add(q.x, negate(t.x))));
    }

    private static BigInteger[] line(BigInteger[] slope, Point t, Point p) {
        final BigInteger[] rise = add(p.y, negate(t.y));
        return add(rise, negate(mul(slope, add(p.x, negate(t.x)))));
    }

    private static Point chord(BigInteger[] slope, Point t, Point q) {
        final BigInteger[] x = add(mul(slope, slope), negate(add(t.x, q.x)));
        return new Point(x, add(mul(slope, add(t.x, negate(x))), negate(t.y)));
    }

    static BigInteger[] constant(BigInteger value) {
        final BigInteger[] z = new BigInteger[12];
        Arrays.fill(z, BigInteger.ZERO);
        z[0] = value;
        return z;
    }

    private static BigInteger[] power(int k) {
        final BigInteger[] z = constant(BigInteger.ZERO);
        z[k] = BigInteger.ONE;
        return z;
    }

    /** re + im u, where u = w^6 - 9. */
    private static BigInteger[] fromFq2(BigInteger re, BigInteger im) {
        final BigInteger[] z =
                constant(re.subtract(im.multiply(BigInteger.valueOf(9))).mod(Q));
        z[6] = im;
        return z;
    }

    /** An element of {@link Fq12} in this representation. */
    static BigInteger[] fromLimbs(long[] x) {
        BigInteger[] z = constant(BigInteger.ZERO);
        for (int i = 0; i < 6; i++) {
            final BigInteger[] c = fromFq2(Fq.toBigInteger(x, 8 * i), Fq.toBigInteger(x, 8 * i + 4));
            z = add(z, mul(c, power(i < 3 ? 2 * i : 2 * i - 5)));
        }
        return z;
    }

    private static BigInteger[] add(BigInteger[] x, BigInteger[] y) {
        final BigInteger[] z = new BigInteger[12];
        for (int i = 0; i < 12; i++) {
            z[i] = x[i].add(y[i]).mod(Q);
        }
        return z;
    }

    private static BigInteger[] negate(BigInteger[] x) {
        final BigInteger[] z = new BigInteger[12];
        for (int i = 0; i < 12; i++) {
            z[i] = x[i].negate().mod(Q);
        }
        return z;
    }

    static BigInteger[] mul(BigInteger[] x, BigInteger[] y) {
        final BigInteger[] wide = new BigInteger[23];
        Arrays.fill(wide, BigInteger.ZERO);
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 12; j++) {
                wide[i + j] = wide[i + j].add(x[i].multiply(y[j]));
            }
        }
        for (int i = 22; i >= 12; i--) { // w^12 = 18 w^6 - 82
            wide[i - 6] = wide[i - 6].add(wide[i].multiply(BigInteger.valueOf(18)));
            wide[i - 12] = wide[i - 12].subtract(wide[i].multiply(BigInteger.valueOf(82)));
        }
        final BigInteger[] z = new BigInteger[12];
        for (int i = 0; i < 12; i++) {
            z[i] = wide[i].mod(Q);
        }
        return z;
    }

    static BigInteger[] pow(BigInteger[] x, BigInteger exponent) {
        BigInteger[] z = constant(BigInteger.ONE);
        for (int i = exponent.bitLength() - 1; i >= 0; i--) {
            z = mul(z, z);
            if (exponent.testBit(i)) {
                z = mul(z, x);
            }
        }
        return z;
    }

    /** By Gauss-Jordan elimination on the matrix of multiplication by x. */
    private static BigInteger[] inverse(BigInteger[] x) {
        final BigInteger[][] rows = new BigInteger[12][13];
        for (int j = 0; j < 12; j++) {
            final BigInteger[] column = mul(x, power(j));
            for (int i = 0; i < 12; i++) {
                rows[i][j] = column[i];
            }
        }
        for (int i = 0; i < 12; i++) {
            rows[i][12] = i == 0 ? BigInteger.ONE : BigInteger.ZERO;
        }
        for (int k = 0; k < 12; k++) {
            int pivot = k;
            while (rows[pivot][k].signum() == 0) {
                pivot++;
            }
            final BigInteger[] swapped = rows[pivot];
            rows[pivot] = rows[k];
            rows[k] = swapped;
            final BigInteger scale = rows[k][k].modInverse(Q);
            for (int j = k; j <= 12; j++) {
                rows[k][j] = rows[k][j].multiply(scale).mod(Q);
            }
            for (int i = 0; i < 12; i++) {
                final BigInteger factor = rows[i][k];
                if (i != k && factor.signum() != 0) {
                    for (int j = k; j <= 12; j++) {
                        rows[i][j] =
                                rows[i][j].subtract(factor.multiply(rows[k][j])).mod(Q);
                    }
                }
            }
        }
        final BigInteger[] z = new BigInteger[12];
        for (int i = 0; i < 12; i++) {
            z[i] = rows[i][12];
        }
        return z;
    }
}
