package org.zkml.backend.chain.relay;

import java.time.Duration;

/** The server relays no more for now, for this account or for anybody. */
public final class RelayLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    RelayLimitException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
