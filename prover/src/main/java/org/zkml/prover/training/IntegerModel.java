package org.zkml.prover.training;

import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.FixedPoint;

/** A trained model: predicts in the integers of section 5 of docs/proof-system.md. */
public final class IntegerModel {
    private final ActivationTable table;
    private final int[] forward;

    /** @param weights master weights */
    public IntegerModel(ActivationTable table, long[] weights) {
        this.table = table;
        this.forward = new int[weights.length];
        for (int k = 0; k < forward.length; k++) {
            forward[k] = table.format().forwardWeight(weights[k]);
        }
    }

    /**
     * The prediction, with {@code fp} fractional bits, for row {@code row} of features laid out as in {@link IntegerTrainer#train}.
     *
     * @throws OutOfRangeException if the logit is out of range
     */
    public int predict(short[] x, int row) {
        FixedPoint format = table.format();
        long logit = logit(x, row);
        if (logit < format.logitMin() || logit >= format.logitEnd()) {
            throw OutOfRangeException.ofPrediction(row, logit, format);
        }
        return activation(logit);
    }

    /** The predictions for the first {@code rows} rows as real numbers. For metrics: a logit out of range counts as the end of the range. */
    public double[] predictAll(short[] x, int rows) {
        FixedPoint format = table.format();
        double[] predictions = new double[rows];
        for (int row = 0; row < rows; row++) {
            long logit = Math.clamp(logit(x, row), format.logitMin(), format.logitEnd() - 1);
            predictions[row] = Math.scalb((double) activation(logit), -table.fp());
        }
        return predictions;
    }

    private long logit(short[] x, int row) {
        long logit = 0;
        for (int k = 0; k < forward.length; k++) {
            logit += (long) x[k + forward.length * row] * forward[k];
        }
        return logit;
    }

    private int activation(long logit) {
        FixedPoint format = table.format();
        return table.valueAt((int) ((logit + format.offZ()) >> format.b()));
    }
}
