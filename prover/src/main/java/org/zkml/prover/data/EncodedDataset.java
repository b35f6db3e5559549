package org.zkml.prover.data;

import java.util.Arrays;
import java.util.List;

/**
 * A data set as it is committed (section 7 of docs/proof-system.md).
 *
 * @param schema what it was made with
 * @param x features, {@code x[k + 2^lk row]}, with {@code fx} fractional bits; column 0 is 1 in the first {@code n} rows; everything past {@code n} rows and {@code feat} columns is 0
 * @param y {@code 2^ln} targets with {@code fp} fractional bits of the model kind; 0 past {@code n} rows
 * @param n rows of data
 * @param ln log2 of the padded number of rows
 * @param clipped number of clipped values for every feature of the schema
 * @param warnings what the provider should know: constant columns, much clipping
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of large arrays, never compared
public record EncodedDataset(Schema schema, short[] x, short[] y, int n, int ln, int[] clipped, List<String> warnings) {
    public EncodedDataset {
        warnings = List.copyOf(warnings);
        if (x.length != 1L << (ln + schema.lk()) || y.length != 1 << ln || n < 1 || n > y.length) {
            throw new IllegalArgumentException(
                    "n " + n + ", ln " + ln + ", lk " + schema.lk() + ", x " + x.length + ", y " + y.length);
        }
    }

    /** Columns of the model, the intercept among them. */
    public int feat() {
        return schema.featureColumns();
    }

    /** Log2 of the padded number of columns. */
    public int lk() {
        return schema.lk();
    }

    /** Fractional bits of the targets. */
    public int fp() {
        return schema.model().fp(schema.format().b());
    }

    /** The first {@code n} targets as real numbers. */
    public double[] realTargets() {
        double[] targets = new double[n];
        for (int row = 0; row < n; row++) {
            targets[row] = Math.scalb((double) y[row], -fp());
        }
        return targets;
    }

    /**
     * Checks that {@code 2^lb} batches all hold data, as a campaign demands.
     *
     * @throws DataException if one would be empty
     */
    public void requireFullBatches(int lb, String file) {
        if (lb > ln || n <= (1 << ln) - (1 << (ln - lb))) {
            int first = lb > ln ? 1 << lb : (1 << ln) - (1 << (ln - lb)) + 1;
            int last = lb > ln ? 1 << lb : 1 << ln;
            throw DataException.file(
                    file,
                    n + " rows do not fill " + (1 << lb) + " batches of " + (1 << Math.max(0, ln - lb)) + " rows",
                    "use " + first + " to " + last + " rows, or join a campaign with fewer batches");
        }
    }

    /** Overwrites the data with zeros. */
    public void wipe() {
        Arrays.fill(x, (short) 0);
        Arrays.fill(y, (short) 0);
    }
}
