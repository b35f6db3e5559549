package org.zkml.prover.cli;

import java.util.Locale;

/** Where a campaign stands, in the contract's order. */
public enum CampaignState {
    NONE,
    /** Seats are taken. */
    OPEN,
    /** Rounds. */
    RUNNING,
    /** There is an averaged model. */
    FINISHED,
    /** There is none. */
    CANCELLED;

    /** The name in JSON. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
