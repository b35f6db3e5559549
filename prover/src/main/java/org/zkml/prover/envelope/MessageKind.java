package org.zkml.prover.envelope;

import java.util.Locale;
import org.zkml.prover.field.Fr;
import org.zkml.prover.hash.Keccak256;

/** What goes from one account to another in a round (docs/secure-averaging.md, "Messages"). Each kind has one size, so that a size tells nothing. */
public enum MessageKind {
    /** A provider's share for an aggregator. */
    SHARE(1),
    /** An aggregator's word to a provider that the share came and opens its commitment: keccak-256 of the share's envelope. */
    RECEIPT(2),
    /** An aggregator's partial sum for another one. */
    PARTIAL_SUM(3),
    /** An aggregator's signature for closing the round with the next model's commitment, for another aggregator. */
    CLOSING(4),
    /** The next round's model and its blinder, from an aggregator for a seat. */
    MODEL(5);

    /** Longest signature: contract wallets take more than 65 bytes. */
    public static final int MAX_SIGNATURE_BYTES = 4096;

    private static final int MAX_LK = 40; // more than a setup can have

    private final int code;

    MessageKind(int code) {
        this.code = code;
    }

    /** Its name in the API, such as {@code partial-sum}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The number that stands for it in what is signed and encrypted. */
    public int code() {
        return code;
    }

    /**
     * Bytes of a message of this kind before it is encrypted.
     *
     * @param lk logarithm of the model's size, 0 to 40
     */
    public long payloadBytes(int lk) {
        if (lk < 0 || lk > MAX_LK) {
            throw new IllegalArgumentException("2^" + lk + " weights: lk must be from 0 to " + MAX_LK);
        }
        return switch (this) {
            case RECEIPT -> Keccak256.SIZE_BYTES;
            case CLOSING -> Short.BYTES + MAX_SIGNATURE_BYTES;
            case SHARE, PARTIAL_SUM, MODEL -> Fr.BYTES * ((1L << lk) + 1);
        };
    }
}
