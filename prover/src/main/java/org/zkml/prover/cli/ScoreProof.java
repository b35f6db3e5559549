package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.List;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.relation.EvaluateRelation;
import org.zkml.prover.relation.EvaluateStatement;
import org.zkml.prover.relation.EvaluateWitness;
import org.zkml.prover.training.ExactScore;
import org.zkml.prover.training.ModelTrace;

/** How good a model is on a committed data set: EVALUATE. */
final class ScoreProof {

    static final List<String> PHASES =
            List.of("columns", "lookups", "first sum-check", "second sum-check", "opening", "verifying");

    private final EvaluateStatement statement;
    private final RoundInputs inputs;
    private final ActivationTable table;
    private final Committer committer;

    private ScoreProof(EvaluateStatement statement, RoundInputs inputs, ActivationTable table, Committer committer) {
        this.statement = statement;
        this.inputs = inputs;
        this.table = table;
        this.committer = committer;
    }

    /**
     * @param inputs data and model
     * @param taskId the campaign, 0 for a base rate
     * @param round the model's number
     */
    static ScoreProof of(Deployment deployment, SetupFile setup, RoundInputs inputs, BigInteger taskId, int round) {
        final DatasetStatement dataset = inputs.round().dataset();
        final ActivationTable table =
                ActivationTable.of(inputs.task().kind(), inputs.task().b());
        final Committer committer = SetupOption.committer(
                setup,
                EvaluateRelation.variables(dataset.ln(), dataset.lk(), dataset.b()),
                deployment.chainId(),
                Progress.SILENT);
        final ModelOpening model = inputs.modelIn();
        final boolean regression = inputs.task().kind() != ModelKind.LOGISTIC;
        final ExactScore score = ExactScore.of(
                ModelTrace.of(
                        new FixedPoint(dataset.b()),
                        table.values(),
                        model.weights(),
                        inputs.data().features().polynomial().smallValues()),
                inputs.data().targets().polynomial().smallValues(),
                inputs.data().n(),
                new FixedPoint(dataset.b()));
        final EvaluateStatement statement = new EvaluateStatement(
                deployment.chainId(),
                deployment.modelMetrics().toBigInteger(),
                dataset.contributor(),
                taskId,
                BigInteger.valueOf(round),
                regression,
                dataset.ln(),
                dataset.lk(),
                dataset.b(),
                table.fp(),
                dataset.n(),
                regression ? 0 : score.hits(),
                score.squaredErrorSum(),
                TrainingRun.commitTable(committer, table),
                dataset.x(),
                dataset.y(),
                model.commit(committer),
                committer.setup().verifierKey());
        return new ScoreProof(statement, inputs, table, committer);
    }

    EvaluateStatement statement() {
        return statement;
    }

    byte[] prove(ProverProgress progress) {
        final EvaluateWitness witness = new EvaluateWitness(
                statement,
                inputs.data().features(),
                inputs.data().targets(),
                inputs.modelIn().blinded(),
                table.values());
        return Prover.prove(new EvaluateRelation(statement), witness, committer, progress);
    }
}
