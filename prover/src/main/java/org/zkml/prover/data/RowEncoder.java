package org.zkml.prover.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            readers[f] = new FeatureReader(feature, indexOf(table, feature.column()), at);
            at += feature.width();
        }
    }

    /** @throws DataException if a cell cannot be encoded */
    void encode(CsvTable.Row row) {
        Arrays.fill(features, 0);
        features[0] = 1;
        for (FeatureReader reader : readers) {
            reader.read(row);
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
        return Arrays.stream(readers).mapToInt(reader -> reader.clipped).toArray();
    }

    /** Whether all rows so far had the same value of a feature. */
    boolean constant(int feature) {
        return readers[feature].watch.constant();
    }

    boolean targetConstant() {
        return targetWatch.constant();
    }

    private int indexOf(CsvTable table, String column) {
        int index = table.header().indexOf(column);
        if (index < 0) {
            String similar = table.header().stream()
                    .filter(name -> name.strip().equalsIgnoreCase(column.strip()))
                    .findFirst()
                    .map(name -> "rename the column " + DataException.quoted(name))
                    .orElse("add the column; the file has " + table.header());
            throw DataException.column(file, column, "the schema needs this column and the file has none", similar);
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
                double value = scale(line, column, cell, numeric.scaling());
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

    private double scale(long line, String column, String cell, NumericScaling scaling) {
        double value = NumericCell.parse(file, line, column, cell);
        if (!scaling.transform().accepts(value)) {
            throw DataException.cell(
                    file,
                    line,
                    column,
                    cell,
                    "has no " + scaling.transform().id(),
                    "the schema allows only values above -1 here: correct it or remove the row");
        }
        return scaling.apply(value);
    }

    /** Reads one feature into the model columns from {@code at}. */
    private final class FeatureReader {
        private final Feature feature;
        private final int cellIndex;
        private final int at;
        private final Map<String, Integer> categories = new HashMap<>();
        private final ValueWatch watch = new ValueWatch();
        private int clipped;

        FeatureReader(Feature feature, int cellIndex, int at) {
            this.feature = feature;
            this.cellIndex = cellIndex;
            this.at = at;
            if (feature instanceof Feature.Categorical categorical) {
                List<String> labels = categorical.categories();
                for (int i = 0; i < labels.size(); i++) {
                    categories.put(labels.get(i), i);
                }
            }
        }

        void read(CsvTable.Row row) {
            String cell = row.cells().get(cellIndex);
            switch (feature) {
                case Feature.Numeric numeric -> {
                    double value = scale(row.line(), numeric.column(), cell, numeric.scaling());
                    watch.see(value);
                    if (Math.abs(value) > numeric.clip()) {
                        clipped++;
                    }
                    features[at] = Math.clamp(value, -numeric.clip(), numeric.clip());
                }
                case Feature.Categorical categorical -> {
                    Integer index = categories.get(cell);
                    if (index == null) {
                        throw unknownCategory(row.line(), categorical, cell);
                    }
                    watch.see(index);
                    features[at + index] = 1;
                }
            }
        }

        private DataException unknownCategory(long line, Feature.Categorical categorical, String cell) {
            String cure = categories.containsKey(cell.strip())
                    ? "remove the blanks around it"
                    : "use one of " + categorical.categories() + ", or remove the row";
            return DataException.cell(file, line, categorical.column(), cell, "is not a category of the schema", cure);
        }
    }
}
