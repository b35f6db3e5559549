package org.zkml.backend.inference;

import java.math.BigInteger;
import java.time.Duration;

/** As many answers of a pass, or of all, are not proved as may be. */
public final class ProofsWaitingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Proofs take seconds each. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private ProofsWaitingException(String message) {
        super(message);
    }

    static ProofsWaitingException ofPass(BigInteger passId, long unproved) {
        return new ProofsWaitingException(unproved + " answers of pass " + passId
                + " are not proved, and no more may be: all of them will be proved now, try again later");
    }

    static ProofsWaitingException ofAll(BigInteger passId, long unproved, long all) {
        return new ProofsWaitingException(all + " answers are not proved, which is as many as may be, and " + unproved
                + " of them are of pass " + passId
                + ", which is its share: all of the pass will be proved now, try again later");
    }
}
