package org.zkml.prover.envelope;

/** An envelope does not open. Nobody can tell from it whether bytes, keys or context are wrong. */
public final class EnvelopeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EnvelopeException(int bytes, MessageContext context) {
        super(
                "the envelope of " + bytes + " bytes does not open as " + context
                        + ": it is damaged, encrypted to other keys, or was made for another message; ask the sender for it again");
    }
}
