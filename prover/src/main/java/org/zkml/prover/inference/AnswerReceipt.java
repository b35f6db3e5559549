package org.zkml.prover.inference;

import java.math.BigInteger;
import org.zkml.prover.curve.G1Affine;

/**
 * What a seller signs with its answer: with it the buyer can show anybody which answer it got to which query.
 *
 * @param count rows asked with the pass so far
 * @param queryId digest of the query
 * @param version rounds averaged into the model
 * @param lq log2 of the rows, those that fill up among them
 * @param rows commitment of the rows
 * @param predictions commitment of the predictions
 * @param proofDeadline last Unix second at which the seller owes the proof
 */
public record AnswerReceipt(
        BigInteger modelId,
        BigInteger passId,
        long count,
        BigInteger queryId,
        int version,
        int lq,
        G1Affine rows,
        G1Affine predictions,
        BigInteger proofDeadline) {

    /** The receipt of an answer. */
    public static AnswerReceipt of(
            Query query, BigInteger queryId, int version, Answer answer, BigInteger proofDeadline) {
        return new AnswerReceipt(
                query.modelId(),
                query.passId(),
                query.count(),
                queryId,
                version,
                answer.lq(),
                answer.rows().commitment(),
                answer.predictions().commitment(),
                proofDeadline);
    }
}
