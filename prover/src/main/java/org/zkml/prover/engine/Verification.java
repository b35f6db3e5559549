package org.zkml.prover.engine;

/** The verifier's verdict on well-formed bytes. */
public sealed interface Verification {

    /** The proof is valid. */
    record Accepted() implements Verification {}

    /** The proof is false: the stage that refused it, and what it expected. */
    record Rejected(Stage stage, String expected) implements Verification {}

    /** What a verifier checks after decoding. */
    enum Stage {
        /** The statement must be about the setup that the verifier trusts. */
        SETUP,
        /** The challenge x must be neither 0 nor in the pad's domain. */
        EVALUATION_POINT,
        /** The pairing equation that stands for the whole proof. */
        OPENING
    }

    default boolean accepted() {
        return this instanceof Accepted;
    }
}
