package org.zkml.prover.engine;

/** Bytes that are no proof of the statement's shape, whatever it says: wrong length, or a value that is not canonical. */
public final class MalformedProofException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int offset;

    public MalformedProofException(String message, int offset) {
        super(message + " (at byte " + offset + " of the proof)");
        this.offset = offset;
    }

    /** Where in the proof. */
    public int offset() {
        return offset;
    }
}
