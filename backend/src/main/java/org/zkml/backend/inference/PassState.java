package org.zkml.backend.inference;

/** Where a pass stands. */
public enum PassState {
    /** Its term runs. */
    ACTIVE,
    /** Its term is over; what was asked can still be redeemed. */
    ENDED,
    /** Anybody may close it: all is redeemed, or the time for redeeming is over too. */
    CLOSABLE,
    CLOSED
}
