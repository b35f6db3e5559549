package org.zkml.backend.payout;

/** Escrow: its round is not over. Released: it is. Burned: the contribution was excluded for fault. */
public enum RewardState {
    ESCROW,
    RELEASED,
    BURNED
}
