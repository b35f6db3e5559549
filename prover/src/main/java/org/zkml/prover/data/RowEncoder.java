package org.zkml.prover.data;

import java.util.Arrays;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.ModelKind;

/** Turns the rows of one table into the real numbers that a schema asks for, one row at a time, and keeps count of what a provider should know. */
final class RowEncoder {
    private final Schema schema;
    private final String file;
    private final int targetIndex;
    private final FeatureReader[] readers;
    private final double[] features;
    private final ValueWatch targetWatch = new ValueWatch();
    private double target;

    /** @throws DataException if the table lacks a column of the schema */
    RowEncoder(Schema schema, CsvTable table) {
        this.schema = schema;
        this.file = table.file();
        this.targetIndex = indexOf(table, schema.target().column());
        this.features = new double[schema.featureColumns()];
        this.readers = new FeatureReader[schema.features().size()];
        int at = 1;
        for (int f = 0; f < readers.length; f++) {
            Feature feature = schema.features().get(f);
            readers[f] = new FeatureReader(file, feature, indexOf(table, feature.column()), at);
            at += feature.width();
        }
    }

    /** @throws DataException if a cell cannot be encoded */
    void encode(CsvTable.Row row) {
        Arrays.fill(features, 0);
        features[0] = 1;
        for (FeatureReader reader : readers) {
            reader.read(row, features);
        }
        target = readTarget(row.line(), row.cells().get(targetIndex));
        targetWatch.see(target);
    }

    /** The last row's features: intercept, then the schema's in order. Overwritten by the next row. */
    double[] features() {
        return features;
    }

    /** The last row's target. */
    double target() {
        return target;
    }

    /** Number of clipped values of every feature of the schema. */
    int[] clipped() {
        return Arrays.stream(readers).mapToInt(FeatureReader::clipped).toArray();
    }

    /** Whether all rows so far had the same value of a feature. */
    boolean constant(int feature) {
        return readers[feature].constant();
    }

    boolean targetConstant() {
        return targetWatch.constant();
    }

    static int indexOf(CsvTable table, String column) {
        int index = table.header().indexOf(column);
        if (index < 0) {
            String similar = table.header().stream()
                    .filter(name -> name.strip().equalsIgnoreCase(column.strip()))
                    .findFirst()
                    .map(name -> "rename the column " + DataException.quoted(name))
                    .orElse("add the column; the file has " + table.header());
            throw DataException.column(
                    table.file(), column, "the schema needs this column and the file has none", similar);
        }
        return index;
    }

    private double readTarget(long line, String cell) {
        String column = schema.target().column();
        return switch (schema.target()) {
            case Target.Binary binary -> {
                if (!cell.equals(binary.positive()) && !cell.equals(binary.negative())) {
                    throw DataException.cell(
                            file,
                            line,
                            column,
                            cell,
                            "is no class of the target",
                            "write " + DataException.quoted(binary.negative()) + " or "
                                    + DataException.quoted(binary.positive()) + ", or remove the row");
                }
                yield cell.equals(binary.positive()) ? 1 : 0;
            }
            case Target.Numeric numeric -> {
                double value = FeatureReader.scale(file, line, column, cell, numeric.scaling());
                requireRange(line, column, cell, value);
                yield value;
            }
        };
    }

    private void requireRange(long line, String column, String cell, double value) {
        FixedPoint format = schema.format();
        if (schema.model() == ModelKind.POISSON && value < 0) {
            throw DataException.cell(file, line, column, cell, "is a negative count", "correct it or remove the row");
        }
        int bits = schema.model().fp(format.b());
        if (format.clips(value, bits)) {
            int end = format.valueEnd() >> bits;
            throw DataException.cell(
                    file,
                    line,
                    column,
                    cell,
                    "is " + value + " after scaling, outside the range from -" + end + " to " + end
                            + " that can be proved",
                    "remove the row, or agree on a schema with a larger scale of the target");
        }
    }
}
