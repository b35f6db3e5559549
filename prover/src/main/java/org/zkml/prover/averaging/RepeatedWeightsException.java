package org.zkml.prover.averaging;

import org.zkml.prover.envelope.RoundId;

/** A site would contribute the same weights to a second round. */
public final class RepeatedWeightsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RepeatedWeightsException(RoundId round) {
        super("the weights trained for " + round
                + " are the same that this site has contributed to another round; with both sums others could work out the model of a provider that is in one of them only."
                + " Take part only where model, rate, steps or data differ");
    }
}
