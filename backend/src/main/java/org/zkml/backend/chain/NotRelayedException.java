package org.zkml.backend.chain;

/** A message that the contracts may well take, and that the server does not pay for. The message names the cure. */
public final class NotRelayedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotRelayedException(String message) {
        super(message);
    }
}
