package org.zkml.prover.envelope;

import org.zkml.prover.field.Fr;

/** What goes from one account to another in a round (docs/secure-averaging.md, "Messages"). Each kind has one size, so that a size tells nothing. */
public enum MessageKind {
    /** A provider's share for an aggregator. */
    SHARE(1),
    /** An aggregator's word to a provider that the share came and opens its commitment: keccak-256 of the share's envelope. */
    RECEIPT(2),
    /** An aggregator's partial sum for another one. */
    PARTIAL_SUM(3),
    /** The next round's model and its blinder, from an aggregator for a seat. */
    MODEL(4);

    private static final int RECEIPT_BYTES = 32;
    private static final int MAX_LK = 25; // 2^25 scalars are 2^30 bytes, about the longest array

    private final int code;

    MessageKind(int code) {
        this.code = code;
    }

    /** The number that stands for it in what is signed and encrypted. */
    public int code() {
        return code;
    }

    /**
     * Bytes of a message of this kind before it is encrypted.
     *
     * @param lk logarithm of the model's size, 0 to 25
     */
    public int payloadBytes(int lk) {
        if (lk < 0 || lk > MAX_LK) {
            throw new IllegalArgumentException("2^" + lk + " weights: lk must be from 0 to " + MAX_LK);
        }
        return this == RECEIPT ? RECEIPT_BYTES : Fr.BYTES * ((1 << lk) + 1);
    }
}
