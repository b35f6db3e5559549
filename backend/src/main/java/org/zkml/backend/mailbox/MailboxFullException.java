package org.zkml.backend.mailbox;

import java.time.Duration;

/** The mailbox takes no more for now, of this account. */
public final class MailboxFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What a day or a round has used up comes back with time. */
    public static final Duration RETRY_AFTER = Duration.ofHours(1);

    MailboxFullException(String message) {
        super(message);
    }
}
