package org.zkml.backend.inference;

import java.time.Duration;

/** As many answers wait for their proofs as may. */
public final class ProofsWaitingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Proofs take seconds each. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    ProofsWaitingException(long waiting) {
        super(waiting + " answers wait for their proofs: try again later, or ask with \"proof\": \"later\"");
    }
}
