package org.zkml.prover.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.fixedpoint.FixedPoint;

/**
 * Quantises rows that a model is asked about by its campaign's schema: as training did, but that a number beyond the schema's range is refused and not clipped. Nothing is
 * filled up, and there is no target.
 */
public final class QueryEncoder {
    private final Schema schema;

    public QueryEncoder(Schema schema) {
        this.schema = schema;
    }

    /**
     * All rows of a table; columns that are no features are left out.
     *
     * @return features row by row, the intercept first
     * @throws DataException if a column is missing, a cell cannot be encoded, or there is no row
     */
    public short[] encode(CsvTable table) {
        List<CsvTable.Row> rows = new ArrayList<>();
        table.forEachRow(rows::add);
        if (rows.isEmpty()) {
            throw DataException.file(table.file(), "the file has a header and no rows", "add rows below the header");
        }
        int[] indices = schema.features().stream()
                .mapToInt(feature -> RowEncoder.indexOf(table, feature.column()))
                .toArray();
        return encode(table.file(), rows, indices);
    }

    /**
     * Rows with a cell for every feature of the schema, in its order.
     *
     * @param source a name for messages
     * @throws DataException if a cell cannot be encoded
     */
    public short[] encode(String source, List<CsvTable.Row> rows) {
        int[] indices = new int[schema.features().size()];
        Arrays.setAll(indices, f -> f);
        return encode(source, rows, indices);
    }

    private short[] encode(String source, List<CsvTable.Row> rows, int... indices) {
        FeatureReader[] readers = new FeatureReader[indices.length];
        int width = 1;
        for (int f = 0; f < readers.length; f++) {
            Feature feature = schema.features().get(f);
            readers[f] = new FeatureReader(source, feature, indices[f], width);
            width += feature.width();
        }
        FixedPoint format = schema.format();
        short[] values = new short[rows.size() * width];
        int at = 0;
        for (CsvTable.Row row : rows) {
            double[] features = new double[width];
            features[0] = 1;
            for (FeatureReader reader : readers) {
                reader.requireInRange(row);
                reader.read(row, features);
            }
            for (double feature : features) {
                values[at++] = format.quantise(feature);
            }
        }
        return values;
    }
}
