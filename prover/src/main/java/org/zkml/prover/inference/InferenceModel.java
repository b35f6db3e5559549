package org.zkml.prover.inference;

import java.util.Arrays;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.relation.InferRelation;
import org.zkml.prover.relation.InferStatement;
import org.zkml.prover.relation.InferWitness;
import org.zkml.prover.training.ModelTrace;

/** A listed model as its seller holds it: answers, and proves its answers. Secret. */
public final class InferenceModel {

    private final ListedModel listed;
    private final ModelOpening opening;
    private final Committer committer;
    private final G1Affine tableCommitment;
    private final int[] activation;

    /**
     * Costs two commitments, of the weights and of the activation.
     *
     * @param opening weights and blinder
     * @throws IllegalArgumentException if they are not those of the listed model
     */
    public InferenceModel(ListedModel listed, ModelOpening opening, Committer committer) {
        if (opening.weights().length != 1 << listed.lk()
                || !opening.commit(committer).equals(listed.commitment())) {
            throw new IllegalArgumentException("weights and blinder do not open the listed model, "
                    + listed.commitment() + ": take the model of the campaign's last round");
        }
        this.listed = listed;
        this.opening = opening;
        this.committer = committer;
        this.tableCommitment = listed.commitTable(committer);
        this.activation = listed.table().values();
    }

    /** What everybody knows of it. */
    public ListedModel listed() {
        return listed;
    }

    /**
     * Answers a batch, with commitments under fresh blinders. A repeated query gets other commitments, which nobody else can tell to be of the same rows.
     *
     * @throws IllegalArgumentException if the rows are not of the model's features with an intercept, or a value is out of range
     * @throws org.zkml.prover.training.OutOfRangeException if a row's logit leaves the range in which it can be proved
     */
    public Answer answer(QueryBatch batch) {
        listed.requireFits(batch);
        final MultilinearPolynomial x = batch.column();
        final int[] all = ModelTrace.of(listed.table().format(), activation, opening.weights(), x.smallValues())
                .p();
        final int[] predictions = Arrays.copyOf(all, batch.rows());
        return new Answer(
                predictions,
                batch.lq(),
                HiddenColumn.of(x, committer),
                HiddenColumn.of(Answer.column(listed, batch.lq(), predictions), committer));
    }

    /**
     * Proves an answer, with fresh randomness; the proof has been verified.
     *
     * @param answer what {@link #answer} gave for this batch
     * @throws IllegalArgumentException if it is no answer of this model about these rows, or the setup is too small
     */
    public byte[] prove(QueryContext context, QueryBatch batch, Answer answer, ProverProgress progress) {
        listed.requireFits(batch);
        final InferStatement statement = listed.statement(
                context, answer, tableCommitment, committer.setup().verifierKey());
        final InferWitness witness = new InferWitness(
                statement,
                answer.rows().blinded(batch.column()),
                opening.blinded(),
                answer.predictions().blinded(Answer.column(listed, answer.lq(), answer.tableValues())),
                activation);
        return Prover.prove(new InferRelation(statement), witness, committer, progress);
    }

    @Override
    public String toString() {
        return "model " + listed.commitment();
    }
}
