package org.zkml.prover.averaging;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.SecretScalars;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.poly.MultilinearPolynomial;

/**
 * What opens the commitment of a model: its master weights and the blinder. Secret.
 *
 * @param weights {@code 2^lk} of them, with {@code 2b - 4} fractional bits
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of an array, never compared
public record ModelOpening(long[] weights, Scalar blinder) {

    private static final BigInteger HALF = Fr.MODULUS.shiftRight(1);

    /** Zero weights with blinder zero, whose commitment is the point at infinity: where a campaign may begin. */
    public static ModelOpening zero(int lk) {
        return new ModelOpening(new long[1 << lk], Scalar.ZERO);
    }

    /** Weights with a fresh blinder. */
    public static ModelOpening of(long[] weights) {
        return new ModelOpening(weights, SecretScalars.draw());
    }

    /**
     * The model that a vector stands for, negative weights being r less their amount.
     *
     * @throws IllegalArgumentException if a weight is out of the range of {@code b}
     */
    public static ModelOpening of(VectorOpening vector, FixedPoint format) {
        final long[] weights = new long[vector.values().size()];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = weight(k, centred(vector.values().get(k)), format);
        }
        return new ModelOpening(weights, vector.blinder());
    }

    /** The integer of least amount that the scalar stands for, in {@code (-r/2, r/2)}. */
    static BigInteger centred(Scalar scalar) {
        final BigInteger value = scalar.toBigInteger();
        return value.compareTo(HALF) > 0 ? value.subtract(Fr.MODULUS) : value;
    }

    /** @throws IllegalArgumentException if the value is out of the range of a weight */
    static long weight(int k, BigInteger value, FixedPoint format) {
        if (value.compareTo(BigInteger.valueOf(format.weightMin())) < 0
                || value.compareTo(BigInteger.valueOf(format.weightEnd())) >= 0) {
            throw new IllegalArgumentException("weight " + k + " is not from " + format.weightMin() + " to "
                    + (format.weightEnd() - 1) + " (b = " + format.b() + "): this is no model");
        }
        return value.longValueExact();
    }

    /** As field elements: what is shared among aggregators and handed over to seats. */
    public VectorOpening vector() {
        final List<Scalar> values = new ArrayList<>();
        Arrays.stream(weights).forEach(weight -> values.add(Scalar.of(weight)));
        return new VectorOpening(values, blinder);
    }

    public Blinded blinded() {
        return new Blinded(MultilinearPolynomial.ofLongs(weights), blinder);
    }

    public G1Affine commit(Committer committer) {
        return committer.commit(blinded().polynomial(), blinder);
    }

    /** Bytes for the vault: blinder, then weights. */
    public byte[] encode() {
        final ByteBuffer out = ByteBuffer.allocate(Fr.BYTES + Long.BYTES * weights.length);
        out.put(blinder.toBytes());
        out.asLongBuffer().put(weights);
        return out.array();
    }

    /** @throws IllegalArgumentException if {@link #encode} did not write them */
    public static ModelOpening decode(byte[] bytes) {
        final int count = (bytes.length - Fr.BYTES) / Long.BYTES;
        if (Integer.bitCount(count) != 1 || bytes.length != Fr.BYTES + Long.BYTES * count) {
            throw new IllegalArgumentException("a stored model of " + bytes.length + " bytes");
        }
        final long[] weights = new long[count];
        ByteBuffer.wrap(bytes, Fr.BYTES, Long.BYTES * count).asLongBuffer().get(weights);
        return new ModelOpening(weights, SecretScalars.read(bytes, 0));
    }

    @Override
    public String toString() {
        return "opening of a model of " + weights.length + " weights";
    }
}
