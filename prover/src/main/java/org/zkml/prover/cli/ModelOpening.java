package org.zkml.prover.cli;

import java.nio.ByteBuffer;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.MultilinearPolynomial;

/**
 * What opens the commitment of a model: its master weights and the blinder. Secret.
 *
 * @param weights {@code 2^lk} of them, with {@code 2b - 4} fractional bits
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of an array, never compared
public record ModelOpening(long[] weights, Scalar blinder) {

    /** Zero weights with blinder zero, whose commitment is the point at infinity: where a campaign may begin. */
    static ModelOpening zero(int lk) {
        return new ModelOpening(new long[1 << lk], Scalar.ZERO);
    }

    /** Weights with a fresh blinder. */
    static ModelOpening of(long[] weights) {
        return new ModelOpening(weights, SecretScalars.draw());
    }

    Blinded blinded() {
        return new Blinded(MultilinearPolynomial.ofLongs(weights), blinder);
    }

    G1Affine commit(Committer committer) {
        return committer.commit(blinded().polynomial(), blinder);
    }

    /** Bytes for the vault: blinder, then weights. */
    byte[] encode() {
        final ByteBuffer out = ByteBuffer.allocate(Fr.BYTES + Long.BYTES * weights.length);
        out.put(blinder.toBytes());
        out.asLongBuffer().put(weights);
        return out.array();
    }

    /** @throws IllegalArgumentException if {@link #encode} did not write them */
    static ModelOpening decode(byte[] bytes) {
        final int count = (bytes.length - Fr.BYTES) / Long.BYTES;
        if (Integer.bitCount(count) != 1 || bytes.length != Fr.BYTES + Long.BYTES * count) {
            throw new IllegalArgumentException("a stored model of " + bytes.length + " bytes");
        }
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        final byte[] blinder = new byte[Fr.BYTES];
        in.get(blinder);
        final long[] weights = new long[count];
        in.asLongBuffer().get(weights);
        return new ModelOpening(weights, SecretScalars.read(blinder));
    }
}
