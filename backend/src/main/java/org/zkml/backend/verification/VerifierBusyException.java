package org.zkml.backend.verification;

import java.time.Duration;

/** As many proofs wait for the verifier as may. */
public final class VerifierBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A proof takes tens of milliseconds: a second empties the queue. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    VerifierBusyException(int waiting, Throwable cause) {
        super(waiting + " proofs are waiting for the verifier", cause);
    }
}
