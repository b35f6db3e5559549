package org.zkml.prover.inference;

/** What a buyer's check says of an answer. */
public sealed interface AnswerVerdict {

    /** The answer is what it claims to be. */
    record Right() implements AnswerVerdict {}

    /** The answer is not: the part that is wrong, and what was expected. */
    record Wrong(Part part, String expected) implements AnswerVerdict {}

    /** What is checked of an answer, in this order. */
    enum Part {
        /** As many predictions as rows, filled up to the least power of two. */
        SIZE,
        /** The rows are of the model's features, and their commitment is that of the buyer's own. */
        ROWS,
        /** The commitment of the predictions is that of those told. */
        PREDICTIONS,
        /** The listed model gives these predictions for these rows. */
        PROOF
    }

    default boolean right() {
        return this instanceof Right;
    }
}
