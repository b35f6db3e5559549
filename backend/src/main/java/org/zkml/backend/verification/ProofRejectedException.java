package org.zkml.backend.verification;

import org.zkml.prover.engine.Verification;

/** A well-formed proof that proves nothing. */
public final class ProofRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Verification.Stage stage;

    ProofRejectedException(Verification.Rejected verdict) {
        super("the proof is false: stage " + verdict.stage() + " expected " + verdict.expected());
        this.stage = verdict.stage();
    }

    /** The verifier's stage that refused it. */
    public Verification.Stage stage() {
        return stage;
    }
}
