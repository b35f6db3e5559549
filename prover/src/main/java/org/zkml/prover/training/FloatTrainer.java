package org.zkml.prover.training;

import org.zkml.prover.fixedpoint.Fraction;
import org.zkml.prover.fixedpoint.ModelKind;

/** The gradient descent of {@link IntegerTrainer} in float64, without rounding to fixed point and without limits: what the proved training is compared with. */
public final class FloatTrainer {
    private final ModelKind kind;
    private final double rate;
    private final double l2;

    public FloatTrainer(ModelKind kind, Fraction rate, Fraction l2) {
        this.kind = kind;
        this.rate = rate.toDouble();
        this.l2 = l2.toDouble();
    }

    public ModelKind kind() {
        return kind;
    }

    /**
     * Trains with the batches and steps of {@code shape}; a batch is divided by {@link TrainingShape#batchRows}.
     *
     * @return {@code steps + 1} models: that before every step, and the final one
     */
    public double[][] train(TrainingShape shape, RealDataset data, double[] weightsIn) {
        double[][] models = new double[shape.steps() + 1][];
        models[0] = weightsIn.clone();
        double batchRows = shape.batchRows(data.rows());
        for (int t = 0; t < shape.steps(); t++) {
            int from = Math.min(data.rows(), (t % shape.batches()) * shape.rows());
            int to = Math.min(data.rows(), from + shape.rows());
            models[t + 1] = step(data, from, to, batchRows, models[t]);
        }
        return models;
    }

    private double[] step(RealDataset data, int from, int to, double batchRows, double[] weights) {
        double[] gradient = new double[weights.length];
        for (int row = from; row < to; row++) {
            double residual = kind.activation(data.logit(row, weights)) - data.y()[row];
            for (int k = 0; k < weights.length; k++) {
                gradient[k] += data.x()[k + data.feat() * row] * residual;
            }
        }
        double[] next = new double[weights.length];
        for (int k = 0; k < next.length; k++) {
            next[k] = weights[k] - rate * (gradient[k] / batchRows + l2 * weights[k]);
        }
        return next;
    }

    /** The predictions of a model. */
    public double[] predict(RealDataset data, double[] weights) {
        double[] predictions = new double[data.rows()];
        for (int row = 0; row < predictions.length; row++) {
            predictions[row] = kind.activation(data.logit(row, weights));
        }
        return predictions;
    }
}
