package org.zkml.prover.averaging;

import org.zkml.prover.envelope.RoundId;

/** An aggregator would release a second partial sum, over another set of contributors. */
public final class SecondPartialSumException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SecondPartialSumException(RoundId round) {
        super("the partial sum of " + round
                + " was released for other contributors; a second one would give away the models that the two sets differ in."
                + " Wait until the chain has the first set again, or let the round lapse");
    }
}
