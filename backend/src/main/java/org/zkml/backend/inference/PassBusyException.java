package org.zkml.backend.inference;

import java.math.BigInteger;
import java.time.Duration;

/** Others of the pass's queries are being answered, and take too long to be waited for. */
public final class PassBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Answers take milliseconds each. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    PassBusyException(BigInteger passId) {
        super("other queries of pass " + passId
                + " are being answered, one after the other: send one when the one before is answered");
    }
}
