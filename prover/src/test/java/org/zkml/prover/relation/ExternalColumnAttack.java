package org.zkml.prover.relation;

import java.util.function.Function;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.SlowProver;
import org.zkml.prover.engine.Structure;
import org.zkml.prover.engine.Weakening;
import org.zkml.prover.engine.Witness;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.vectors.SeededScalars;

/** An external column with a coefficient past its table: only the degree check of line 4 of P1 sees it. */
enum ExternalColumnAttack {
    DATASET_X(0),
    DATASET_Y(1),
    TRAIN_X(0),
    TRAIN_Y(1),
    TRAIN_W_IN(2),
    TRAIN_W_OUT(3),
    AGGREGATE_S(0),
    AGGREGATE_W_NEXT(1),
    INFER_X(0),
    INFER_W(1),
    INFER_P(2),
    EVALUATE_X(0),
    EVALUATE_Y(1),
    EVALUATE_W(2),
    REGRESSION_X(0),
    REGRESSION_Y(1),
    REGRESSION_W(2);

    /** What is moved past the table. */
    static final long DELTA = 1000;

    private static final KnownSetup SETUP = KnownSetup.of(10);
    private static final Function<String, Scalar> RANDOMNESS = new SeededScalars("engine");

    private final int column;

    ExternalColumnAttack(int column) {
        this.column = column;
    }

    int column() {
        return column;
    }

    private Instance honest() {
        return switch (this) {
            case DATASET_X, DATASET_Y -> Samples.data();
            case TRAIN_X, TRAIN_Y, TRAIN_W_IN, TRAIN_W_OUT -> Samples.run();
            case AGGREGATE_S, AGGREGATE_W_NEXT -> Samples.average();
            case INFER_X, INFER_W, INFER_P -> Samples.answer();
            case EVALUATE_X, EVALUATE_Y, EVALUATE_W -> Samples.score();
            case REGRESSION_X, REGRESSION_Y, REGRESSION_W -> Samples.regression();
        };
    }

    /** The statement about a column with a coefficient moved by {@code delta} from place 0 to the first place past its table. */
    Relation relation(long delta) {
        return switch (honest()) {
            case DatasetInstance data ->
                new DatasetRelation(
                        data.withCommitments(committed(0, data.x(), delta), committed(1, data.y(), delta), SETUP));
            case TrainInstance run -> {
                final TrainWitness.Inputs inputs = run.inputs();
                yield new TrainRelation(TrainInstance.statement(
                        Samples.start(),
                        Samples.SEED,
                        new TrainWitness.Inputs(
                                committed(0, inputs.x(), delta),
                                committed(1, inputs.y(), delta),
                                committed(2, inputs.wIn(), delta),
                                committed(3, inputs.wOut(), delta)),
                        SETUP));
            }
            case AggregateInstance average ->
                new AggregateRelation(AggregateInstance.statement(
                        Samples.AVERAGE,
                        Samples.SEED,
                        committed(0, average.sum(), delta),
                        committed(1, average.next(), delta),
                        SETUP));
            case InferInstance answer ->
                new InferRelation(InferInstance.statement(
                        Samples.ANSWER,
                        Samples.SEED,
                        committed(0, answer.x(), delta),
                        committed(1, answer.w(), delta),
                        committed(2, answer.p(), delta),
                        SETUP));
            case EvaluateInstance score -> {
                final EvaluateInstance.Shape shape =
                        score.statement().regression() ? Samples.REGRESSION : Samples.SCORE;
                yield new EvaluateRelation(EvaluateInstance.statement(
                        shape,
                        EvaluateInstance.Data.random(shape, Samples.SEED).score(shape),
                        Samples.SEED,
                        committed(0, score.x(), delta),
                        committed(1, score.y(), delta),
                        committed(2, score.w(), delta),
                        SETUP));
            }
        };
    }

    private Witness.Blinded committed(int place, Witness.Blinded honest, long delta) {
        return place == column ? extended(honest, delta) : honest;
    }

    private Witness.Blinded extended(Witness.Blinded honest, long delta) {
        return Tables.extended(honest, honest().relation().structure().n2(), delta);
    }

    /** The true run, data or average, but for the committed column. */
    Witness witness(long delta) {
        final Witness honest = honest().witness();
        return new ReplacedColumn(
                honest, column, extended(honest.statementColumns().get(column), delta));
    }

    SlowProver prover(long delta, boolean bounded) {
        final Relation real = relation(delta);
        return new SlowProver(new WidenedRelation(real, column), witness(delta), SETUP, RANDOMNESS, Weakening.none()) {
            @Override
            protected Structure bounds() {
                return bounded ? real.structure() : super.bounds();
            }
        };
    }
}
