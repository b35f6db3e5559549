package org.zkml.prover.curve;

import java.math.BigInteger;
import java.util.Arrays;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fq2;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;

/**
 * An immutable point of G2, the group of order r on the twist y^2 = x^3 + 3/(9 + u) over Fq2: sixteen limbs, x then y, each first the
 * coefficient of 1, then that of u, Montgomery form; infinity is all zeros. The encoding is EIP-197's, where the coefficient of u comes first.
 */
public final class G2Affine {

    /** Limbs of a point in a flat table. */
    public static final int LIMBS = 2 * Fq2.LIMBS;

    /** Bytes of an encoded point. */
    public static final int BYTES = 4 * Fq.BYTES;

    private static final int Y = Fq2.LIMBS;

    /** Limb offsets of the coordinates in the order of the encoding: x_im, x_re, y_im, y_re. */
    private static final int[] ENCODING = {Fq.LIMBS, 0, 3 * Fq.LIMBS, 2 * Fq.LIMBS};

    public static final G2Affine INFINITY = new G2Affine(new long[LIMBS]);

    /** The generator of EIP-197. */
    public static final G2Affine GENERATOR = of(
            new BigInteger("10857046999023057135944570762232829481370756359578518086990519993285655852781"),
            new BigInteger("11559732032986387107991004021392285783925812861821192530917403151452391805634"),
            new BigInteger("8495653923123431417604973247489272438418190587263600148770280649306958101930"),
            new BigInteger("4082367875863433681332203403145435568316851327593401208105741076214120093531"));

    private final long[] limbs;

    private G2Affine(long[] limbs) {
        this.limbs = limbs;
    }

    /** The point at table[offset..offset+16), copied and not checked: for results of our own arithmetic. */
    public static G2Affine ofLimbs(long[] table, int offset) {
        return new G2Affine(Arrays.copyOfRange(table, offset, offset + LIMBS));
    }

    /**
     * The point (xRe + xIm u, yRe + yIm u), or infinity for zeros.
     *
     * @throws IllegalArgumentException if a coordinate is not in [0, q), or the point is not on the twist, or not of order r
     */
    public static G2Affine of(BigInteger xRe, BigInteger xIm, BigInteger yRe, BigInteger yIm) {
        final BigInteger[] coordinates = {xRe, xIm, yRe, yIm};
        final long[] limbs = new long[LIMBS];
        for (int i = 0; i < coordinates.length; i++) {
            if (coordinates[i].signum() < 0 || coordinates[i].compareTo(Fq.MODULUS) >= 0) {
                throw new IllegalArgumentException("coordinate " + coordinates[i] + " is not in [0, q)");
            }
            Fq.fromBigInteger(limbs, Fq.LIMBS * i, coordinates[i]);
        }
        return checked(limbs);
    }

    /**
     * The point at table[offset..offset+16), copied and checked like that of {@link #of}; the coordinates must be below q.
     *
     * @throws IllegalArgumentException if the point is not on the twist, or not of order r
     */
    public static G2Affine checkedOfLimbs(long[] table, int offset) {
        return checked(Arrays.copyOfRange(table, offset, offset + LIMBS));
    }

    /**
     * Reads 128 bytes: x_im, x_re, y_im, y_re, big-endian.
     *
     * @throws IllegalArgumentException if a coordinate is not below q, or the point is not on the twist, or not of order r
     */
    public static G2Affine fromBytes(byte[] in, int offset) {
        final long[] limbs = new long[LIMBS];
        for (int i = 0; i < ENCODING.length; i++) {
            if (!Fq.fromBytes(limbs, ENCODING[i], in, offset + Fq.BYTES * i)) {
                throw new IllegalArgumentException("a coordinate is not below q");
            }
        }
        return checked(limbs);
    }

    private static G2Affine checked(long[] limbs) {
        final G2Affine point = new G2Affine(limbs);
        if (!Twist.contains(limbs)) {
            throw new IllegalArgumentException("point " + point + " is not on the twist");
        }
        if (!Twist.hasOrderR(limbs)) {
            throw new IllegalArgumentException("point " + point + " is on the twist but not of order r");
        }
        return point;
    }

    /** 128 bytes: x_im, x_re, y_im, y_re, big-endian. */
    public byte[] toBytes() {
        final byte[] out = new byte[BYTES];
        for (int i = 0; i < ENCODING.length; i++) {
            Fq.toBytes(out, Fq.BYTES * i, limbs, ENCODING[i]);
        }
        return out;
    }

    /** The limbs; to be read only. */
    public long[] limbs() {
        return limbs;
    }

    public BigInteger xRe() {
        return Fq.toBigInteger(limbs, 0);
    }

    public BigInteger xIm() {
        return Fq.toBigInteger(limbs, Fq.LIMBS);
    }

    public BigInteger yRe() {
        return Fq.toBigInteger(limbs, 2 * Fq.LIMBS);
    }

    public BigInteger yIm() {
        return Fq.toBigInteger(limbs, 3 * Fq.LIMBS);
    }

    public boolean isInfinity() {
        return Fq2.isZero(limbs, 0) && Fq2.isZero(limbs, Y);
    }

    public G2Affine negate() {
        final long[] out = limbs.clone();
        Fq2.neg(out, Y, out, Y);
        return new G2Affine(out);
    }

    public G2Affine add(G2Affine other) {
        final G2Jacobian sum = new G2Jacobian();
        sum.addAffine(limbs, 0);
        sum.addAffine(other.limbs, 0);
        return of(sum);
    }

    /** scalar times this point, by double and add. */
    public G2Affine mul(Scalar scalar) {
        return mul(scalar.toBigInteger());
    }

    /** scalar times this point, by double and add, for any integer. */
    public G2Affine mul(BigInteger scalar) {
        final G2Jacobian product = new G2Jacobian();
        product.setProduct(scalar.mod(Fr.MODULUS), limbs, 0);
        return of(product);
    }

    /**
     * The product with an integer of four limbs, least significant first: for secrets, which the caller can then overwrite. Not constant
     * time.
     */
    public G2Affine mulLimbs(long[] scalar) {
        final G2Jacobian product = new G2Jacobian();
        product.setProduct(scalar, limbs, 0);
        return of(product);
    }

    private static G2Affine of(G2Jacobian point) {
        final long[] out = new long[LIMBS];
        point.toAffine(out, 0);
        return new G2Affine(out);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof G2Affine p && Arrays.equals(limbs, p.limbs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(limbs);
    }

    @Override
    public String toString() {
        return isInfinity() ? "infinity" : "(" + xRe() + " + " + xIm() + " u, " + yRe() + " + " + yIm() + " u)";
    }
}
