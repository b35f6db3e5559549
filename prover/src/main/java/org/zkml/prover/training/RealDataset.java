package org.zkml.prover.training;

/**
 * A data set in real numbers.
 *
 * @param x features, {@code x[k + feat * row]}, the first the intercept, 1
 * @param y targets
 * @param rows number of rows
 * @param feat number of features, the intercept among them
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of large arrays, never compared
public record RealDataset(double[] x, double[] y, int rows, int feat) {
    public RealDataset {
        if (rows < 0 || feat < 1 || x.length != (long) rows * feat || y.length != rows) {
            throw new IllegalArgumentException("rows " + rows + ", features " + feat + ": x has " + x.length
                    + " entries and y " + y.length + ", must be rows * features and rows");
        }
    }

    double logit(int row, double[] weights) {
        double sum = 0;
        for (int k = 0; k < feat; k++) {
            sum += x[k + feat * row] * weights[k];
        }
        return sum;
    }
}
