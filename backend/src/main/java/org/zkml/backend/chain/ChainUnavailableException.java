package org.zkml.backend.chain;

/** The node cannot be asked, or is not the one that the server is set up for. Trying again later may help. */
public final class ChainUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ChainUnavailableException(String message) {
        super(message);
    }

    public ChainUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
