package org.zkml.prover.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fr;

class G1Test {

    private static final G1Affine G = G1Affine.GENERATOR;

    /** Addition by the chord and tangent rule in BigIntegers: the oracle. */
    private static G1Affine slowAdd(G1Affine p, G1Affine q) {
        final BigInteger m = Fq.MODULUS;
        if (p.isInfinity()) {
            return q;
        }
        if (q.isInfinity()) {
            return p;
        }
        final BigInteger slope;
        if (p.x().equals(q.x())) {
            if (p.y().add(q.y()).mod(m).signum() == 0) {
                return G1Affine.INFINITY;
            }
            slope = p.x().pow(2)
                    .multiply(BigInteger.valueOf(3))
                    .multiply(p.y().shiftLeft(1).modInverse(m));
        } else {
            slope = q.y().subtract(p.y()).multiply(q.x().subtract(p.x()).modInverse(m));
        }
        final BigInteger x =
                slope.multiply(slope).subtract(p.x()).subtract(q.x()).mod(m);
        return G1Affine.of(x, slope.multiply(p.x().subtract(x)).subtract(p.y()).mod(m));
    }

    @Test
    void addsAllPairsOfASmallSet() {
        final G1Affine[] points = new G1Affine[12];
        points[0] = G1Affine.INFINITY;
        for (int i = 1; i < 6; i++) {
            points[i] = slowAdd(points[i - 1], G);
            points[i + 5] = points[i].negate();
        }
        points[11] = G.mul(new BigInteger(250, new Random(7)));
        for (G1Affine p : points) {
            for (G1Affine q : points) {
                final G1Affine expected = slowAdd(p, q);
                assertEquals(expected, p.add(q));
                // the same with both operands in true Jacobian coordinates (Z not 1)
                final G1Jacobian a = G1Jacobian.of(p);
                a.add(G1Jacobian.of(G));
                a.add(G.negate());
                final G1Jacobian b = G1Jacobian.of(q);
                b.add(G1Jacobian.of(G));
                b.add(G.negate());
                a.add(b);
                assertEquals(expected, a.toAffine());
            }
        }
    }

    @Test
    void multipliesLikeRepeatedAddition() {
        G1Affine sum = G1Affine.INFINITY;
        for (int i = 0; i < 40; i++) {
            assertEquals(sum, G.mul(BigInteger.valueOf(i)));
            sum = slowAdd(sum, G);
        }
        assertEquals(G.negate(), G.mul(Fr.MODULUS.subtract(BigInteger.ONE)));
        assertTrue(G.mul(Fr.MODULUS).isInfinity());
    }

    @Test
    void rejectsWhatIsNoPoint() {
        assertThrows(IllegalArgumentException.class, () -> G1Affine.of(BigInteger.ONE, BigInteger.ONE));
        assertThrows(IllegalArgumentException.class, () -> G1Affine.of(Fq.MODULUS.add(BigInteger.ONE), BigInteger.TWO));
        assertThrows(IllegalArgumentException.class, () -> G1Affine.of(BigInteger.ONE.negate(), BigInteger.TWO));
        final byte[] bytes = G.toBytes();
        assertEquals(G, G1Affine.fromBytes(bytes, 0));
        bytes[40] ^= 1;
        assertThrows(IllegalArgumentException.class, () -> G1Affine.fromBytes(bytes, 0));
        assertTrue(G1Affine.fromBytes(new byte[64], 0).isInfinity());
    }
}
