package org.zkml.prover.inference;

import java.util.Optional;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.MalformedProofException;
import org.zkml.prover.engine.Verification;
import org.zkml.prover.engine.Verification.Rejected;
import org.zkml.prover.engine.Verifier;
import org.zkml.prover.inference.AnswerVerdict.Part;
import org.zkml.prover.inference.AnswerVerdict.Right;
import org.zkml.prover.inference.AnswerVerdict.Wrong;
import org.zkml.prover.relation.InferRelation;
import org.zkml.prover.relation.InferStatement;

/**
 * The buyer's check of answers. It trusts the setup and what the chain says of the model, and nothing that the seller says.
 *
 * <p>It knows neither passes nor receipts. Its caller checks that
 *
 * <ul>
 *   <li>model (commitment, activation, features), seller and market come from the chain, and the chain is the one meant;
 *   <li>{@link QueryContext#queryId()} is the digest of the query that the buyer signed, by {@link MarketMessages}: a proof for another query is none for this one;
 *   <li>the receipt is of this pass, model, version, count, query and number of rows, names the answer's two commitments, and bears the signature of the pass's seller;
 *   <li>its deadline for the proof leaves time for what the buyer wants to do if there is none.
 * </ul>
 */
public final class AnswerCheck {

    private final ListedModel model;
    private final Committer committer;
    private final G1Affine tableCommitment;

    /**
     * Costs a commitment, that of the activation.
     *
     * @param committer of the setup that the buyer trusts
     */
    public AnswerCheck(ListedModel model, Committer committer) {
        this.model = model;
        this.committer = committer;
        this.tableCommitment = model.commitTable(committer);
    }

    /** The statement that the proof of an answer must prove: what the seller is held to. */
    public InferStatement statement(QueryContext context, Answer answer) {
        return model.statement(
                context, answer, tableCommitment, committer.setup().verifierKey());
    }

    /**
     * Everything but the proof: that the rows are of the model's features with an intercept, and the commitments of these rows and of the predictions told, so that nothing else can be
     * proved of them.
     */
    public AnswerVerdict checkCommitments(QueryBatch batch, Answer answer) {
        final Optional<String> misfit = model.misfit(batch);
        if (misfit.isPresent()) {
            return new Wrong(Part.ROWS, "rows that fit the model; " + misfit.get());
        }
        final int[] predictions = answer.tableValues();
        if (predictions.length != batch.rows() || answer.lq() != batch.lq()) {
            return new Wrong(Part.SIZE, batch.rows() + " predictions and lq = " + batch.lq());
        }
        if (!answer.rows().hides(batch.column(), committer)) {
            return new Wrong(Part.ROWS, "C_X to open to the rows asked about");
        }
        if (!answer.predictions().hides(Answer.column(model, answer.lq(), predictions), committer)) {
            return new Wrong(Part.PREDICTIONS, "C_P to open to the predictions told");
        }
        return new Right();
    }

    /**
     * Commitments and proof.
     *
     * @throws MalformedProofException if the bytes are no proof of the answer's shape
     * @throws IllegalArgumentException if there can be no proof of their number
     */
    public AnswerVerdict check(QueryContext context, QueryBatch batch, Answer answer, byte[] proof)
            throws MalformedProofException {
        final AnswerVerdict commitments = checkCommitments(batch, answer);
        if (!commitments.right()) {
            return commitments;
        }
        final Verification verdict = Verifier.verify(
                new InferRelation(statement(context, answer)), committer.setup().verifierKey(), proof);
        return verdict instanceof Rejected(Verification.Stage stage, String expected)
                ? new Wrong(Part.PROOF, "stage " + stage + ": " + expected)
                : new Right();
    }
}
