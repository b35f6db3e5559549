package org.zkml.prover.field;

import java.math.BigInteger;
import java.util.Arrays;

/** One immutable element of Fr, for challenges, verifier equations and messages; tables use the kernels of {@link Fr}. */
public final class Scalar {

    public static final Scalar ZERO = of(0);
    public static final Scalar ONE = of(1);

    private final long[] limbs;

    private Scalar(long[] limbs) {
        this.limbs = limbs;
    }

    /** Any signed 64-bit integer. */
    public static Scalar of(long value) {
        final long[] limbs = new long[Fr.LIMBS];
        Fr.fromLong(limbs, 0, value);
        return new Scalar(limbs);
    }

    /** value mod r, for any integer. */
    public static Scalar of(BigInteger value) {
        final long[] limbs = new long[Fr.LIMBS];
        Fr.fromBigInteger(limbs, 0, value);
        return new Scalar(limbs);
    }

    /** The element with these canonical limbs, below r. */
    public static Scalar ofCanonical(long[] canonical) {
        final long[] limbs = canonical.clone();
        Fr.fromCanonical(limbs, 0);
        return new Scalar(limbs);
    }

    /** 2^exponent, for an exponent that is not negative. */
    public static Scalar powerOfTwo(int exponent) {
        return of(BigInteger.ONE.shiftLeft(exponent));
    }

    /** A copy of element {@code index} of a flat table. */
    public static Scalar get(long[] table, int index) {
        return new Scalar(Arrays.copyOfRange(table, Fr.LIMBS * index, Fr.LIMBS * (index + 1)));
    }

    /** Writes this element to place {@code index} of a flat table. */
    public void put(long[] table, int index) {
        Fr.copy(table, Fr.LIMBS * index, limbs, 0);
    }

    /** The limbs, Montgomery form; to be read only. */
    public long[] limbs() {
        return limbs;
    }

    public Scalar add(Scalar other) {
        final long[] z = new long[Fr.LIMBS];
        Fr.add(z, 0, limbs, 0, other.limbs, 0);
        return new Scalar(z);
    }

    public Scalar sub(Scalar other) {
        final long[] z = new long[Fr.LIMBS];
        Fr.sub(z, 0, limbs, 0, other.limbs, 0);
        return new Scalar(z);
    }

    public Scalar mul(Scalar other) {
        final long[] z = new long[Fr.LIMBS];
        Fr.mul(z, 0, limbs, 0, other.limbs, 0);
        return new Scalar(z);
    }

    public Scalar square() {
        return mul(this);
    }

    public Scalar negate() {
        return ZERO.sub(this);
    }

    /** this^exponent, for an exponent that is not negative. */
    public Scalar pow(long exponent) {
        return pow(BigInteger.valueOf(exponent));
    }

    /** this^exponent, for an exponent that is not negative. */
    public Scalar pow(BigInteger exponent) {
        final long[] z = new long[Fr.LIMBS];
        Fr.pow(z, 0, limbs, 0, exponent);
        return new Scalar(z);
    }

    /** @throws ArithmeticException for zero */
    public Scalar inverse() {
        if (isZero()) {
            throw new ArithmeticException("zero has no inverse");
        }
        final long[] z = new long[Fr.LIMBS];
        Fr.inverse(z, 0, limbs, 0);
        return new Scalar(z);
    }

    public boolean isZero() {
        return Fr.isZero(limbs, 0);
    }

    /** The canonical integer in [0, r). */
    public BigInteger toBigInteger() {
        return Fr.toBigInteger(limbs, 0);
    }

    /** 32 bytes, big-endian. */
    public byte[] toBytes() {
        final byte[] out = new byte[Fr.BYTES];
        Fr.toBytes(out, 0, limbs, 0);
        return out;
    }

    /** 32 bytes, big-endian, read modulo r: for hash values only, never for a decoder. */
    public static Scalar reduce(byte[] bytes) {
        return of(new BigInteger(1, bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scalar s && Fr.equal(limbs, 0, s.limbs, 0);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(limbs);
    }

    @Override
    public String toString() {
        return toBigInteger().toString();
    }
}
