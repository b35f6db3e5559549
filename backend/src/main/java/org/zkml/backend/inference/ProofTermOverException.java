package org.zkml.backend.inference;

/** The receipt's term is over. */
public final class ProofTermOverException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProofTermOverException(Prediction prediction) {
        super("the term of the receipt of query " + prediction.queryId + " ended at " + prediction.proofDeadline
                + ": rows and answer are deleted then, and no proof can be made; ask under the next count");
    }
}
