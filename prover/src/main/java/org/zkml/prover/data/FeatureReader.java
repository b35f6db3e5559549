package org.zkml.prover.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the cells of one feature into the model columns from {@code at} on, and keeps count of what a provider should know. */
final class FeatureReader {
    private final String file;
    private final Feature feature;
    private final int cellIndex;
    private final int at;
    private final Map<String, Integer> categories = new HashMap<>();
    private final ValueWatch watch = new ValueWatch();
    private int clipped;

    /**
     * @param file a name for messages
     * @param cellIndex of the feature in a row
     */
    FeatureReader(String file, Feature feature, int cellIndex, int at) {
        this.file = file;
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

    /**
     * @param features the row's, which were 0
     * @throws DataException if the cell cannot be encoded
     */
    void read(CsvTable.Row row, double[] features) {
        String cell = row.cells().get(cellIndex);
        switch (feature) {
            case Feature.Numeric numeric -> {
                double value = scale(file, row.line(), numeric.column(), cell, numeric.scaling());
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

    /** @throws DataException if the cell is a number that training would have clipped: the model has never seen such values */
    void requireInRange(CsvTable.Row row) {
        if (feature instanceof Feature.Numeric numeric) {
            String cell = row.cells().get(cellIndex);
            double value = scale(file, row.line(), numeric.column(), cell, numeric.scaling());
            if (Math.abs(value) > numeric.clip()) {
                throw DataException.cell(
                        file,
                        row.line(),
                        numeric.column(),
                        cell,
                        "is " + value + " after scaling, outside the range from -" + numeric.clip() + " to "
                                + numeric.clip() + " of the schema",
                        "check its unit, or ask about the end of the range");
            }
        }
    }

    /** Number of values beyond the range so far. */
    int clipped() {
        return clipped;
    }

    /** Whether all rows so far had the same value. */
    boolean constant() {
        return watch.constant();
    }

    /** @throws DataException if the cell is no number, or one that has no transform */
    static double scale(String file, long line, String column, String cell, NumericScaling scaling) {
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

    private DataException unknownCategory(long line, Feature.Categorical categorical, String cell) {
        String cure = categories.containsKey(cell.strip())
                ? "remove the blanks around it"
                : "use one of " + categorical.categories() + ", or remove the row";
        return DataException.cell(file, line, categorical.column(), cell, "is not a category of the schema", cure);
    }
}
