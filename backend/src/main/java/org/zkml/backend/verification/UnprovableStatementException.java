package org.zkml.backend.verification;

/** A statement that no proof can be about: its shape is beyond the proof system's bounds. */
public final class UnprovableStatementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnprovableStatementException(IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
    }
}
