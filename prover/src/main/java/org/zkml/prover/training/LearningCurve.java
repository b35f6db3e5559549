package org.zkml.prover.training;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.ModelKind;

/** Loss and score before every step of a training run, and after the last, over all rows of a data set. */
public record LearningCurve(List<Point> points) {
    /**
     * One model of the run.
     *
     * @param step steps made so far
     * @param loss {@link Metrics#loss}
     * @param score {@link Metrics#score}
     */
    public record Point(int step, double loss, double score) {}

    public LearningCurve {
        points = List.copyOf(points);
    }

    /** The curve of the models that {@link FloatTrainer#train} returned. */
    public static LearningCurve of(FloatTrainer trainer, double[][] models, RealDataset data) {
        List<Point> points = new ArrayList<>();
        for (int step = 0; step < models.length; step++) {
            points.add(point(trainer.kind(), step, trainer.predict(data, models[step]), data.y()));
        }
        return new LearningCurve(points);
    }

    /** The curve of an integer run, for features as it was trained on and the targets of the rows that hold data. */
    public static LearningCurve of(TrainingTrace trace, ActivationTable table, short[] x, double[] targets) {
        List<Point> points = new ArrayList<>();
        int steps = trace.shape().steps();
        for (int step = 0; step <= steps; step++) {
            long[] weights = step < steps ? trace.weightsBefore(step) : trace.weightsOut();
            double[] predictions = new IntegerModel(table, weights).predictAll(x, targets.length);
            points.add(point(table.kind(), step, predictions, targets));
        }
        return new LearningCurve(points);
    }

    public Point first() {
        return points.getFirst();
    }

    public Point last() {
        return points.getLast();
    }

    /** Whether training made things worse, as too large a rate does even where every value stays in its range. */
    public boolean diverged() {
        return !(last().loss() <= first().loss());
    }

    private static Point point(ModelKind kind, int step, double[] predictions, double[] targets) {
        return new Point(step, Metrics.loss(kind, predictions, targets), Metrics.score(kind, predictions, targets));
    }
}
