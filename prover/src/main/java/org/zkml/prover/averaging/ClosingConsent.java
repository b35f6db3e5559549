package org.zkml.prover.averaging;

import java.nio.ByteBuffer;
import org.zkml.prover.envelope.MessageKind;

/**
 * An aggregator's signature over {@code Close} (docs/contracts.md), on its way to the aggregator that closes the round: what goes into an envelope.
 *
 * @param signature 65 bytes, or what an ERC-1271 wallet takes, at most {@link MessageKind#MAX_SIGNATURE_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of an array, never compared
public record ClosingConsent(byte[] signature) {

    private static final int BYTES = Short.BYTES + MessageKind.MAX_SIGNATURE_BYTES;

    public ClosingConsent {
        if (signature.length == 0 || signature.length > MessageKind.MAX_SIGNATURE_BYTES) {
            throw new IllegalArgumentException(
                    "a signature of " + signature.length + " bytes: must have 1 to " + MessageKind.MAX_SIGNATURE_BYTES);
        }
    }

    /** Length in 2 bytes, signature, zeros. */
    public byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .putShort((short) signature.length)
                .put(signature)
                .array();
    }

    /** @throws IllegalArgumentException if {@link #encode} did not write them */
    public static ClosingConsent decode(byte[] bytes) {
        final int length = bytes.length == BYTES ? ByteBuffer.wrap(bytes).getShort() : -1;
        if (length < 1 || length > MessageKind.MAX_SIGNATURE_BYTES) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes with a signature of " + length + ", not " + BYTES);
        }
        for (int i = Short.BYTES + length; i < BYTES; i++) {
            if (bytes[i] != 0) {
                throw new IllegalArgumentException("byte " + i + " after the signature is not zero");
            }
        }
        final byte[] signature = new byte[length];
        ByteBuffer.wrap(bytes, Short.BYTES, length).get(signature);
        return new ClosingConsent(signature);
    }
}
