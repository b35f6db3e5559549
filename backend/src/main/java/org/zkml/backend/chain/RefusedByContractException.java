package org.zkml.backend.chain;

/** A contract reverts: its typed error by name, and with its values. */
public final class RefusedByContractException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;

    /**
     * @param error the error's name, such as {@code NotPresentRound}
     * @param detail name and values, such as {@code NotPresentRound(1, 0, 1)}
     */
    public RefusedByContractException(String error, String detail) {
        super(detail);
        this.error = error;
    }

    public String error() {
        return error;
    }

    public String detail() {
        return getMessage();
    }
}
