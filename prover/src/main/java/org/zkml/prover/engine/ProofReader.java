package org.zkml.prover.engine;

import java.util.Arrays;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.transcript.Transcript;

/** Reads a proof's messages in order and absorbs them. Canonical or rejected: nothing is reduced. */
final class ProofReader {

    private final byte[] proof;
    private final Transcript transcript;
    private int position;
    private int absorbed;

    ProofReader(byte[] proof, int expectedLength, Transcript transcript) throws MalformedProofException {
        if (proof.length != expectedLength) {
            throw new MalformedProofException(
                    "the proof has " + proof.length + " bytes, this statement's proofs have " + expectedLength,
                    Math.min(proof.length, expectedLength));
        }
        this.proof = proof.clone();
        this.transcript = transcript;
    }

    G1Affine point() throws MalformedProofException {
        try {
            final G1Affine point = G1Affine.fromBytes(proof, position);
            position += G1Affine.BYTES;
            return point;
        } catch (IllegalArgumentException e) {
            throw new MalformedProofException("not a point: " + e.getMessage(), position);
        }
    }

    G1Affine[] points(int count) throws MalformedProofException {
        final G1Affine[] points = new G1Affine[count];
        for (int i = 0; i < count; i++) {
            points[i] = point();
        }
        return points;
    }

    Scalar scalar() throws MalformedProofException {
        final long[] limbs = new long[Fr.LIMBS];
        if (!Fr.fromBytes(limbs, 0, proof, position)) {
            throw new MalformedProofException("a scalar is not below r", position);
        }
        position += Fr.BYTES;
        return Scalar.get(limbs, 0);
    }

    /** Absorbs what was read since the last call, as one message. */
    void absorb() {
        transcript.absorb(Arrays.copyOfRange(proof, absorbed, position));
        absorbed = position;
    }
}
