package org.zkml.prover.relation;

import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.relation.TrainInstance.Start;
import org.zkml.prover.training.TrainingShape;

/** A small data set, a small run, average, answer and scores that are true. */
final class Samples {

    static final long SEED = 5;
    static final DatasetInstance.Shape SHAPE = new DatasetInstance.Shape(3, 2, 8, 7, 3);

    static final AggregateInstance.Shape AVERAGE = new AggregateInstance.Shape(2, 8, 148);

    static final InferInstance.Shape ANSWER = new InferInstance.Shape(2, 2, 8, ModelKind.LOGISTIC);
    static final EvaluateInstance.Shape SCORE = new EvaluateInstance.Shape(3, 2, 8, 7, ModelKind.LOGISTIC);
    static final EvaluateInstance.Shape REGRESSION = new EvaluateInstance.Shape(3, 2, 8, 7, ModelKind.LINEAR);

    private static final KnownSetup SETUP = KnownSetup.of(10);

    private Samples() {}

    static DatasetInstance data() {
        return DatasetInstance.random(SHAPE, SEED, SETUP);
    }

    /** The data with features and a target in the row behind the last. */
    static DatasetInstance dataWithAHiddenRow() {
        final DatasetInstance data = data();
        final int[] x = data.x().polynomial().smallValues().clone();
        final int[] y = data.y().polynomial().smallValues().clone();
        x[4 * 7 + 1] = 100;
        x[4 * 7 + 2] = -100;
        y[7] = 64;
        return DatasetInstance.of(SHAPE, x, y, SEED, SETUP);
    }

    static Start start() {
        return Start.random(new TrainingShape(1, 2, 2, 2, 3, 8), ModelKind.LOGISTIC, 7, SEED);
    }

    static AggregateInstance average() {
        return AggregateInstance.random(AVERAGE, SEED, SETUP);
    }

    static InferInstance answer() {
        return InferInstance.random(ANSWER, SEED, SETUP);
    }

    static EvaluateInstance score() {
        return EvaluateInstance.random(SCORE, SEED, SETUP);
    }

    static EvaluateInstance regression() {
        return EvaluateInstance.random(REGRESSION, SEED, SETUP);
    }

    static TrainInstance run() {
        return TrainInstance.of(start(), SEED, SETUP);
    }
}
