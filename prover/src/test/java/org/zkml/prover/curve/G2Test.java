package org.zkml.prover.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fq2;
import org.zkml.prover.field.Fr;

class G2Test {

    private static final G2Affine G = G2Affine.GENERATOR;
    private static final BigInteger Q = Fq.MODULUS;

    /** A complex number modulo q in BigIntegers: the oracle's Fq2. */
    private record C(BigInteger re, BigInteger im) {
        C plus(C o) {
            return new C(re.add(o.re).mod(Q), im.add(o.im).mod(Q));
        }

        C minus(C o) {
            return new C(re.subtract(o.re).mod(Q), im.subtract(o.im).mod(Q));
        }

        C times(C o) {
            return new C(
                    re.multiply(o.re).subtract(im.multiply(o.im)).mod(Q),
                    re.multiply(o.im).add(im.multiply(o.re)).mod(Q));
        }

        C inverse() {
            final BigInteger norm = re.multiply(re).add(im.multiply(im)).modInverse(Q);
            return new C(re.multiply(norm).mod(Q), im.negate().multiply(norm).mod(Q));
        }
    }

    private static C x(G2Affine p) {
        return new C(p.xRe(), p.xIm());
    }

    private static C y(G2Affine p) {
        return new C(p.yRe(), p.yIm());
    }

    /** Addition by the chord and tangent rule in BigIntegers. */
    private static G2Affine slowAdd(G2Affine p, G2Affine q) {
        if (p.isInfinity()) {
            return q;
        }
        if (q.isInfinity()) {
            return p;
        }
        final C slope;
        if (x(p).equals(x(q))) {
            if (y(p).plus(y(q)).equals(new C(BigInteger.ZERO, BigInteger.ZERO))) {
                return G2Affine.INFINITY;
            }
            final C three = new C(BigInteger.valueOf(3), BigInteger.ZERO);
            slope = x(p).times(x(p)).times(three).times(y(p).plus(y(p)).inverse());
        } else {
            slope = y(q).minus(y(p)).times(x(q).minus(x(p)).inverse());
        }
        final C x = slope.times(slope).minus(x(p)).minus(x(q));
        final C y = slope.times(x(p).minus(x)).minus(y(p));
        return G2Affine.of(x.re, x.im, y.re, y.im);
    }

    @Test
    void addsAllPairsOfASmallSet() {
        final G2Affine[] points = new G2Affine[9];
        points[0] = G2Affine.INFINITY;
        for (int i = 1; i < 5; i++) {
            points[i] = slowAdd(points[i - 1], G);
            points[i + 4] = points[i].negate();
        }
        for (G2Affine p : points) {
            for (G2Affine q : points) {
                assertEquals(slowAdd(p, q), p.add(q));
            }
        }
    }

    @Test
    void multipliesLikeRepeatedAddition() {
        G2Affine sum = G2Affine.INFINITY;
        for (int i = 0; i < 40; i++) {
            assertEquals(sum, G.mul(BigInteger.valueOf(i)));
            sum = slowAdd(sum, G);
        }
        assertEquals(G.negate(), G.mul(Fr.MODULUS.subtract(BigInteger.ONE)));
        assertTrue(G.mul(Fr.MODULUS).isInfinity());
        assertTrue(G2Affine.INFINITY.mul(BigInteger.TEN).isInfinity());
    }

    @Test
    void keepsThePublishedOrderOfBytes() {
        final byte[] bytes = G.toBytes();
        assertEquals(G.xIm(), new BigInteger(1, bytes, 0, 32));
        assertEquals(G.xRe(), new BigInteger(1, bytes, 32, 32));
        assertEquals(G.yIm(), new BigInteger(1, bytes, 64, 32));
        assertEquals(G.yRe(), new BigInteger(1, bytes, 96, 32));
        assertEquals(G, G2Affine.fromBytes(bytes, 0));
        assertTrue(G2Affine.fromBytes(new byte[128], 0).isInfinity());
    }

    @Test
    void rejectsWhatIsNoPointOfTheTwist() {
        final BigInteger one = BigInteger.ONE;
        assertThrows(IllegalArgumentException.class, () -> G2Affine.of(one, one, one, one));
        assertThrows(IllegalArgumentException.class, () -> G2Affine.of(G.xRe().add(Q), G.xIm(), G.yRe(), G.yIm()));
        assertThrows(IllegalArgumentException.class, () -> G2Affine.of(one.negate(), G.xIm(), G.yRe(), G.yIm()));
        for (int i = 0; i < G2Affine.BYTES; i += 9) {
            final byte[] bytes = G.toBytes();
            bytes[i] ^= 1;
            assertThrows(IllegalArgumentException.class, () -> G2Affine.fromBytes(bytes, 0));
        }
    }

    /** Finds points of the twist by square roots: almost none of them has order r. */
    @Test
    void rejectsPointsOutsideTheGroup() {
        int tried = 0;
        for (int i = 1; tried < 8; i++) {
            final long[] point = new long[G2Affine.LIMBS];
            Fq.fromLong(point, 0, i);
            Fq.fromLong(point, 4, 3L * i + 1);
            if (!solveForY(point)) {
                continue;
            }
            tried++;
            assertTrue(Twist.contains(point));
            final G2Jacobian multiple = new G2Jacobian();
            multiple.setProduct(Fr.MODULUS, point, 0);
            assertFalse(multiple.isInfinity(), "the slow check");
            assertFalse(Twist.hasOrderR(point), "the fast check");
            assertThrows(IllegalArgumentException.class, () -> G2Affine.checkedOfLimbs(point, 0));
            // cleared of the cofactor 2q - r it is in the group
            final long[] cleared = new long[G2Affine.LIMBS];
            multiple.setProduct(Q.shiftLeft(1).subtract(Fr.MODULUS), point, 0);
            multiple.toAffine(cleared, 0);
            assertTrue(Twist.hasOrderR(cleared));
            G2Affine.checkedOfLimbs(cleared, 0);
        }
        final Random random = new Random(11);
        for (int i = 0; i < 4; i++) {
            assertTrue(Twist.hasOrderR(G.mul(new BigInteger(254, random)).limbs()));
        }
        assertTrue(Twist.hasOrderR(G2Affine.INFINITY.limbs()));
    }

    /** y = sqrt(x^3 + b) by the method of Adj and Rodriguez-Henriquez for q = 3 mod 4; false if it has none. */
    private static boolean solveForY(long[] point) {
        final long[] s = new long[Fq2.SCRATCH];
        final long[] rhs = new long[8];
        final long[] b = new long[8];
        Fq.fromLong(b, 0, 9);
        Fq.fromLong(b, 4, 1);
        Fq2.inverse(b, 0, b, 0, s, 0);
        final long[] three = new long[8];
        Fq.fromLong(three, 0, 3);
        Fq2.mul(b, 0, b, 0, three, 0, s, 0);
        Fq2.square(rhs, 0, point, 0, s, 0);
        Fq2.mul(rhs, 0, rhs, 0, point, 0, s, 0);
        Fq2.add(rhs, 0, rhs, 0, b, 0);
        final long[] a1 = new long[8];
        Fq2.pow(a1, 0, rhs, 0, Q.subtract(BigInteger.valueOf(3)).shiftRight(2));
        final long[] x0 = new long[8];
        Fq2.mul(x0, 0, a1, 0, rhs, 0, s, 0);
        final long[] alpha = new long[8];
        Fq2.mul(alpha, 0, a1, 0, x0, 0, s, 0);
        final long[] one = new long[8];
        Fq2.setOne(one, 0);
        final long[] root = new long[8];
        Fq2.add(root, 0, alpha, 0, one, 0);
        Fq2.pow(root, 0, root, 0, Q.subtract(BigInteger.ONE).shiftRight(1));
        Fq2.mul(root, 0, root, 0, x0, 0, s, 0);
        Fq2.copy(point, 8, root, 0);
        Fq2.square(root, 0, root, 0, s, 0);
        return Fq2.equal(root, 0, rhs, 0);
    }
}
