package org.zkml.prover.transcript;

import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;

/** The Fiat-Shamir transcript of docs/proof-system.md, section 3: a 32-byte keccak state. */
public final class Transcript {

    private byte[] state;

    /** @param statement the encoded statement, domain first */
    public Transcript(byte[] statement) {
        requireWord(statement);
        state = Keccak256.hash(statement);
    }

    /** state = keccak256(state || message): one call for all that is sent between two challenges. */
    public void absorb(byte[] message) {
        requireWord(message);
        state = Keccak256.hash(state, message);
    }

    private static void requireWord(byte[] message) {
        if (message.length < Keccak256.SIZE_BYTES) {
            throw new IllegalArgumentException("a message of " + message.length + " bytes, at least 32 are needed");
        }
    }

    /** state = keccak256(state), read modulo r. */
    public Scalar challenge() {
        state = Keccak256.hash(state);
        return Scalar.reduce(state);
    }

    /** A vector of challenges, lowest variable first. */
    public Scalar[] challenges(int count) {
        final Scalar[] point = new Scalar[count];
        for (int i = 0; i < count; i++) {
            point[i] = challenge();
        }
        return point;
    }

    /** A copy of the state. */
    public byte[] state() {
        return state.clone();
    }
}
