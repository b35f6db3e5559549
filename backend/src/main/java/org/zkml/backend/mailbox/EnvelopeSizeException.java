package org.zkml.backend.mailbox;

import org.zkml.prover.envelope.MessageKind;

/** An envelope has not the one size that its kind has in the campaign. */
public final class EnvelopeSizeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EnvelopeSizeException(MessageKind kind, int actual, long expected) {
        super("has " + actual + " bytes, and an envelope of kind " + kind.id() + " has " + expected
                + " in this campaign");
    }
}
