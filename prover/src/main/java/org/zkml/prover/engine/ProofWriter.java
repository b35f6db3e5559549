package org.zkml.prover.engine;

import java.io.ByteArrayOutputStream;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.transcript.Transcript;

/** Writes a proof's messages in order and absorbs them: the mirror of {@link ProofReader}. */
final class ProofWriter {

    private final ByteArrayOutputStream proof = new ByteArrayOutputStream();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final Transcript transcript;

    ProofWriter(Transcript transcript) {
        this.transcript = transcript;
    }

    void point(G1Affine point) {
        message.writeBytes(point.toBytes());
    }

    void scalar(Scalar scalar) {
        message.writeBytes(scalar.toBytes());
    }

    /** Ends a message: absorbs and keeps it. */
    void absorb() {
        transcript.absorb(message.toByteArray());
        keep();
    }

    /** Keeps what was written without absorbing it: the last message, which nothing depends on. */
    void keep() {
        proof.writeBytes(message.toByteArray());
        message.reset();
    }

    byte[] proof() {
        return proof.toByteArray();
    }
}
