package org.zkml.prover.inference;

import java.util.Optional;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.relation.InferStatement;
import org.zkml.prover.relation.TrainWitness;

/**
 * What everybody knows of a model that answers.
 *
 * @param table its activation
 * @param lk log2 of its features, those that fill up among them
 * @param features of a row, the intercept among them, those that only fill up not
 * @param commitment of its weights
 */
public record ListedModel(ActivationTable table, int lk, int features, G1Affine commitment) {

    /** Bits of a limb. */
    public int b() {
        return table.format().b();
    }

    /** The commitment of the activation, which anybody can compute. */
    G1Affine commitTable(Committer committer) {
        return committer.commit(TrainWitness.fixedTable(table.values(), b()), Scalar.ZERO);
    }

    /** What an answer's proof proves. */
    InferStatement statement(QueryContext context, Answer answer, G1Affine tableCommitment, VerifierKey key) {
        return new InferStatement(
                context.chainId(),
                context.market(),
                context.seller(),
                context.modelId(),
                context.queryId(),
                answer.lq(),
                lk,
                b(),
                table.fp(),
                tableCommitment,
                answer.rows().commitment(),
                commitment,
                answer.predictions().commitment(),
                key);
    }

    /** @throws IllegalArgumentException unless rows have the model's features, the first of which is the intercept */
    void requireFits(QueryBatch batch) {
        misfit(batch).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /** What is wrong with rows, and what to do about it; nothing if they have the model's features, the first of which is the intercept. */
    Optional<String> misfit(QueryBatch batch) {
        if (batch.features() != features || batch.lk() != lk) {
            return Optional.of("rows of " + batch.features() + " features for a model of " + features + " (2^" + lk
                    + " in the proof): encode them by the schema of the model's campaign");
        }
        final int row = batch.firstWithoutIntercept(table.format().one());
        return row < 0
                ? Optional.empty()
                : Optional.of("the first feature of row " + row + " is not the intercept, "
                        + table.format().one() + ": encode the rows by the schema of the model's campaign");
    }

    /** What the model says of a row of zeros, with which batches are filled up. */
    int predictionOfZeros() {
        return table.valueAt(table.format().valueEnd());
    }
}
