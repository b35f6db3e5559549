package org.zkml.backend.contribution;

/** Where a round stands. */
public enum RoundState {
    /** Takes contributions. */
    CONTRIBUTING,
    /** Shares are on their way; aggregators cannot dispute them yet. */
    SHARING,
    /** Aggregators may dispute shares. */
    DISPUTING,
    /** Some dispute is neither answered nor settled by an exclusion. */
    ANSWERING,
    /** Its contributions are final: it can be averaged. */
    AVERAGING,
    AVERAGED,
    LAPSED
}
