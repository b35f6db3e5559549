package org.zkml.backend.verification;

import org.zkml.prover.engine.MalformedProofException;

/** Bytes that are no proof of the statement's shape. */
public final class MalformedBytesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int offset;

    MalformedBytesException(MalformedProofException cause) {
        super(cause.getMessage(), cause);
        this.offset = cause.offset();
    }

    /** Where in the proof. */
    public int offset() {
        return offset;
    }
}
