package org.zkml.prover.curve;

import java.math.BigInteger;
import java.util.Arrays;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Scalar;

/**
 * An immutable point of G1 in affine coordinates: eight limbs, x then y, Montgomery form; infinity is (0, 0). G1 of BN254 has
 * cofactor 1, so every point on the curve is in the group.
 */
public final class G1Affine {

    /** Limbs of a point in a flat table. */
    public static final int LIMBS = 2 * Fq.LIMBS;

    /** Bytes of an encoded point. */
    public static final int BYTES = 2 * Fq.BYTES;

    public static final G1Affine INFINITY = new G1Affine(new long[LIMBS]);
    public static final G1Affine GENERATOR = of(BigInteger.ONE, BigInteger.TWO);

    private final long[] limbs;

    private G1Affine(long[] limbs) {
        this.limbs = limbs;
    }

    /** The point at table[offset..offset+8), copied and not checked: for results of our own arithmetic. */
    public static G1Affine ofLimbs(long[] table, int offset) {
        return new G1Affine(Arrays.copyOfRange(table, offset, offset + LIMBS));
    }

    /**
     * The point (x, y), or infinity for (0, 0).
     *
     * @throws IllegalArgumentException if a coordinate is not in [0, q) or the point is not on the curve
     */
    public static G1Affine of(BigInteger x, BigInteger y) {
        requireCanonical(x);
        requireCanonical(y);
        final long[] limbs = new long[LIMBS];
        Fq.fromBigInteger(limbs, 0, x);
        Fq.fromBigInteger(limbs, Fq.LIMBS, y);
        if (!isOnCurve(limbs, 0)) {
            throw new IllegalArgumentException("point (" + x + ", " + y + ") is not on the curve");
        }
        return new G1Affine(limbs);
    }

    private static void requireCanonical(BigInteger coordinate) {
        if (coordinate.signum() < 0 || coordinate.compareTo(Fq.MODULUS) >= 0) {
            throw new IllegalArgumentException("coordinate " + coordinate + " is not in [0, q)");
        }
    }

    /**
     * Reads 64 bytes, x then y, big-endian.
     *
     * @throws IllegalArgumentException if a coordinate is not below q or the point is not on the curve
     */
    public static G1Affine fromBytes(byte[] in, int offset) {
        final long[] limbs = new long[LIMBS];
        if (!Fq.fromBytes(limbs, 0, in, offset) || !Fq.fromBytes(limbs, Fq.LIMBS, in, offset + Fq.BYTES)) {
            throw new IllegalArgumentException("a coordinate is not below q");
        }
        if (!isOnCurve(limbs, 0)) {
            throw new IllegalArgumentException("the point is not on the curve");
        }
        return new G1Affine(limbs);
    }

    /** Whether the point at table[offset..offset+8) satisfies y^2 = x^3 + 3 or is (0, 0). */
    public static boolean isOnCurve(long[] table, int offset) {
        if (Fq.isZero(table, offset) && Fq.isZero(table, offset + Fq.LIMBS)) {
            return true;
        }
        final long[] t = new long[3 * Fq.LIMBS];
        Fq.square(t, 0, table, offset);
        Fq.mul(t, 0, t, 0, table, offset);
        Fq.fromLong(t, 4, 3);
        Fq.add(t, 0, t, 0, t, 4);
        Fq.square(t, 8, table, offset + Fq.LIMBS);
        return Fq.equal(t, 0, t, 8);
    }

    public byte[] toBytes() {
        final byte[] out = new byte[BYTES];
        Fq.toBytes(out, 0, limbs, 0);
        Fq.toBytes(out, Fq.BYTES, limbs, Fq.LIMBS);
        return out;
    }

    /** The limbs; to be read only. */
    public long[] limbs() {
        return limbs;
    }

    public BigInteger x() {
        return Fq.toBigInteger(limbs, 0);
    }

    public BigInteger y() {
        return Fq.toBigInteger(limbs, Fq.LIMBS);
    }

    public boolean isInfinity() {
        return Fq.isZero(limbs, 0) && Fq.isZero(limbs, Fq.LIMBS);
    }

    public G1Affine negate() {
        final long[] out = limbs.clone();
        Fq.neg(out, Fq.LIMBS, out, Fq.LIMBS);
        return new G1Affine(out);
    }

    public G1Affine add(G1Affine other) {
        final G1Jacobian sum = G1Jacobian.of(this);
        sum.add(other);
        return sum.toAffine();
    }

    /** scalar times this point, by double and add. */
    public G1Affine mul(Scalar scalar) {
        return mul(scalar.toBigInteger());
    }

    /** scalar times this point, by double and add, for any integer that is not negative. */
    public G1Affine mul(BigInteger scalar) {
        final G1Jacobian sum = new G1Jacobian();
        for (int i = scalar.bitLength() - 1; i >= 0; i--) {
            sum.twice();
            if (scalar.testBit(i)) {
                sum.add(this);
            }
        }
        return sum.toAffine();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof G1Affine p && Arrays.equals(limbs, p.limbs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(limbs);
    }

    @Override
    public String toString() {
        return isInfinity() ? "infinity" : "(" + x() + ", " + y() + ")";
    }
}
