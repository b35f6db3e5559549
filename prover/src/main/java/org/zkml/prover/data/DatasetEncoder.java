package org.zkml.prover.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.training.RealDataset;

/** Encodes tables by a schema: reads, scales, clips, expands categories and quantises, in one pass and in the file's order of rows. */
public final class DatasetEncoder {
    /** No table of a proof has more variables; a smaller setup allows fewer. */
    public static final int MAX_VARIABLES = 28;

    /** More clipped values than one in so many are worth a warning. */
    private static final int CLIPPED_WARNING = 100;

    private final Schema schema;
    private final int maxVariables;

    /** An encoder for data sets of up to {@code 2^28} padded entries. */
    public DatasetEncoder(Schema schema) {
        this(schema, MAX_VARIABLES);
    }

    /** @param maxVariables log2 of the largest number of padded entries, {@code lk + ln}: that of the setup */
    public DatasetEncoder(Schema schema, int maxVariables) {
        if (maxVariables < 0 || maxVariables > MAX_VARIABLES) {
            throw new IllegalArgumentException("maxVariables = " + maxVariables + ": must be 0 to " + MAX_VARIABLES);
        }
        this.schema = schema;
        this.maxVariables = maxVariables;
    }

    /**
     * All rows, quantised, for one or {@code 2^lb} batches.
     *
     * @throws DataException if a row cannot be encoded, there is none, or there are too many
     */
    public EncodedDataset encode(CsvTable table, int lb) {
        return encode(table, lb, row -> true);
    }

    /** The rows that {@code rows} accepts by their number, from 0. */
    public EncodedDataset encode(CsvTable table, int lb, IntPredicate rows) {
        RowEncoder encoder = new RowEncoder(schema, table);
        QuantisedRows quantised = new QuantisedRows();
        int read = forEachAccepted(table, rows, row -> {
            encoder.encode(row);
            requireRoom(table, row.line(), quantised.count + 1);
            quantised.add(encoder.features(), encoder.target());
        });
        int n = quantised.count;
        if (n == 0) {
            throw noRows(table, read);
        }
        int ln = Powers.ceilLog2(n);
        EncodedDataset dataset = new EncodedDataset(
                schema, quantised.x, quantised.y, n, ln, encoder.clipped(), warnings(table.file(), encoder, n));
        dataset.requireFullBatches(lb, table.file());
        return dataset;
    }

    /** The same rows in real numbers, scaled and clipped but not quantised. */
    public RealDataset encodeReal(CsvTable table, IntPredicate rows) {
        RowEncoder encoder = new RowEncoder(schema, table);
        List<double[]> features = new ArrayList<>();
        List<Double> targets = new ArrayList<>();
        int read = forEachAccepted(table, rows, row -> {
            encoder.encode(row);
            requireRoom(table, row.line(), features.size() + 1);
            features.add(encoder.features().clone());
            targets.add(encoder.target());
        });
        if (features.isEmpty()) {
            throw noRows(table, read);
        }
        int feat = schema.featureColumns();
        double[] x = new double[features.size() * feat];
        for (int row = 0; row < features.size(); row++) {
            System.arraycopy(features.get(row), 0, x, row * feat, feat);
        }
        double[] y = targets.stream().mapToDouble(Double::doubleValue).toArray();
        return new RealDataset(x, y, y.length, feat);
    }

    private static int forEachAccepted(CsvTable table, IntPredicate rows, Consumer<CsvTable.Row> task) {
        int[] index = new int[1];
        return table.forEachRow(row -> {
            if (rows.test(index[0]++)) {
                task.accept(row);
            }
        });
    }

    private void requireRoom(CsvTable table, long line, int rows) {
        long most = 1L << Math.max(0, maxVariables - schema.lk());
        if (schema.lk() > maxVariables || rows > most) {
            throw DataException.line(
                    table.file(),
                    line,
                    "too many rows: with " + schema.featureColumns() + " columns of the model, 2^" + maxVariables
                            + " padded entries hold at most " + (schema.lk() > maxVariables ? 0 : most) + " rows",
                    "split the file, or use a larger setup (at most 2^" + MAX_VARIABLES + ")");
        }
    }

    private static DataException noRows(CsvTable table, int read) {
        return DataException.file(
                table.file(),
                read == 0 ? "the file has a header and no rows" : "none of the " + read + " rows is selected",
                "add rows below the header");
    }

    private List<String> warnings(String file, RowEncoder encoder, int n) {
        List<String> warnings = new ArrayList<>();
        int[] clipped = encoder.clipped();
        for (int f = 0; f < clipped.length; f++) {
            String place = file + ", column "
                    + DataException.quoted(schema.features().get(f).column()) + ": ";
            if (n > 1 && encoder.constant(f)) {
                warnings.add(place + "every row has the same value, so nothing can be learnt from it");
            }
            if ((long) clipped[f] * CLIPPED_WARNING > n) {
                warnings.add(
                        place + clipped[f] + " of " + n
                                + " values lie beyond the schema's range and were clipped: does the unit agree with the schema's?");
            }
        }
        if (n > 1 && encoder.targetConstant()) {
            warnings.add(file + ", column "
                    + DataException.quoted(schema.target().column()) + ": every row has the same target");
        }
        return warnings;
    }

    /** Rows with a stride of {@code 2^lk}; the arrays double when full, so their number of rows is the next power of two, and are zero past the last row. */
    private final class QuantisedRows {
        private final FixedPoint format = schema.format();
        private final int fp = schema.model().fp(format.b());
        private final int stride = 1 << schema.lk();
        private short[] x = new short[stride];
        private short[] y = new short[1];
        private int count;

        void add(double[] features, double target) {
            if (count == y.length) {
                x = Arrays.copyOf(x, 2 * x.length);
                y = Arrays.copyOf(y, 2 * y.length);
            }
            int at = count * stride;
            for (int k = 0; k < features.length; k++) {
                x[at + k] = format.quantise(features[k]);
            }
            y[count++] = format.quantise(target, fp);
        }
    }
}
