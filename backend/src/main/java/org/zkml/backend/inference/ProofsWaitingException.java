package org.zkml.backend.inference;

import java.math.BigInteger;
import java.time.Duration;

/** As many answers of a pass are not proved as may be. */
public final class ProofsWaitingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Proofs take seconds each. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    ProofsWaitingException(BigInteger passId, long unproved) {
        super(unproved + " answers of pass " + passId
                + " are not proved, and no more may be: all of them will be proved now, try again later");
    }
}
