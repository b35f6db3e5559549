package org.zkml.prover.averaging;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.SecretScalars;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.MultilinearPolynomial;

/**
 * What opens a commitment to field elements: a share of a model, a partial sum of shares. Secret. It adds up as its commitment does.
 *
 * @param values {@code 2^lk} of them
 */
public record VectorOpening(List<Scalar> values, Scalar blinder) {

    /** @throws IllegalArgumentException if the number of values is not a power of two */
    public VectorOpening {
        if (Integer.bitCount(values.size()) != 1) {
            throw new IllegalArgumentException(values.size() + " values: must be a power of two");
        }
        values = List.copyOf(values);
    }

    /** Uniform values and blinder. */
    static VectorOpening draw(int lk) {
        final List<Scalar> values = new ArrayList<>();
        for (int i = 0; i < 1 << lk; i++) {
            values.add(SecretScalars.draw());
        }
        return new VectorOpening(values, SecretScalars.draw());
    }

    /** Logarithm of the number of values. */
    public int lk() {
        return Integer.numberOfTrailingZeros(values.size());
    }

    VectorOpening add(VectorOpening other) {
        return plusTimes(other, Scalar.ONE);
    }

    VectorOpening subtract(VectorOpening other) {
        return plusTimes(other, Scalar.ONE.negate());
    }

    VectorOpening times(Scalar factor) {
        return new VectorOpening(values.stream().map(value -> value.mul(factor)).toList(), blinder.mul(factor));
    }

    /** @throws IllegalArgumentException if the numbers of values differ */
    VectorOpening plusTimes(VectorOpening other, Scalar factor) {
        if (other.values.size() != values.size()) {
            throw new IllegalArgumentException(values.size() + " and " + other.values.size() + " values");
        }
        final List<Scalar> sum = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            sum.add(values.get(i).add(other.values.get(i).mul(factor)));
        }
        return new VectorOpening(sum, blinder.add(other.blinder.mul(factor)));
    }

    /** As a column of a witness. */
    public Blinded blinded() {
        final long[] table = new long[Fr.LIMBS * values.size()];
        for (int i = 0; i < values.size(); i++) {
            values.get(i).put(table, i);
        }
        return new Blinded(MultilinearPolynomial.of(FrVector.of(table)), blinder);
    }

    public G1Affine commit(Committer committer) {
        return committer.commit(blinded().polynomial(), blinder);
    }

    /** Whether it opens the commitment: what makes a share or a partial sum of somebody else's good. */
    public boolean opens(G1Affine commitment, Committer committer) {
        return commit(committer).equals(commitment);
    }

    /** Values, then blinder, each 32 bytes, big-endian. */
    public byte[] encode() {
        final byte[] out = new byte[Fr.BYTES * (values.size() + 1)];
        for (int i = 0; i <= values.size(); i++) {
            final Scalar value = i < values.size() ? values.get(i) : blinder;
            System.arraycopy(value.toBytes(), 0, out, Fr.BYTES * i, Fr.BYTES);
        }
        return out;
    }

    /** @throws IllegalArgumentException if these are not the bytes of so many scalars, each below r */
    public static VectorOpening decode(byte[] bytes, int lk) {
        final int count = 1 << lk;
        if (bytes.length != Fr.BYTES * (count + 1)) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes for 2^" + lk + " values and a blinder, not " + Fr.BYTES * (count + 1));
        }
        final List<Scalar> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(SecretScalars.read(bytes, Fr.BYTES * i));
        }
        return new VectorOpening(values, SecretScalars.read(bytes, Fr.BYTES * count));
    }

    @Override
    public String toString() {
        return "opening of 2^" + lk() + " values";
    }
}
