package org.zkml.backend.mailbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How much the mailbox keeps, and for how long. */
@ConfigMapping(prefix = "zkml.mailbox")
public interface MailboxConfig {

    /** How long after a campaign's end its messages are kept. */
    @WithDefault("P90D")
    Duration retention();

    /** Pause between two looks for messages that are kept no longer; zero: this instance removes none. */
    @WithDefault("PT1H")
    Duration sweepEvery();

    /** Messages taken from one account in 24 hours. */
    @WithDefault("10000")
    @Min(1)
    int dailyPerAccount();

    /** Bytes of the envelopes and signatures of one account in a round of a campaign and the one before: nobody takes another's room. */
    @WithDefault("268435456")
    @Min(1)
    long senderBytes();
}
