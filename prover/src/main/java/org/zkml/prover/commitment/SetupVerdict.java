package org.zkml.prover.commitment;

/** What {@link SetupVerifier} found. */
public sealed interface SetupVerdict {

    /** The setup is what its history says. */
    record Accepted() implements SetupVerdict {}

    /** It is not: the stage that failed, and what was expected. */
    record Rejected(Stage stage, String expected) implements SetupVerdict {}

    /** What is checked, in this order. */
    enum Stage {
        /** The chain of contributions and its proofs of knowledge. */
        HISTORY,
        /** Every power is a point of the curve, and the first is the generator. */
        POINTS,
        /** Every power is tau times the one before, with the tau of G2. */
        POWERS,
        /** xi in G1 is xi in G2. */
        XI
    }

    default boolean accepted() {
        return this instanceof Accepted;
    }
}
