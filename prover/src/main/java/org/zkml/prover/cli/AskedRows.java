package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.data.CsvTable;
import org.zkml.prover.data.Feature;
import org.zkml.prover.data.QueryEncoder;
import org.zkml.prover.data.Schema;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.inference.QueryBatch;

/** The rows of a file that a model is asked about: as the API takes them, and quantised. */
final class AskedRows {

    private final ArrayNode cells = JsonNodeFactory.instance.arrayNode();
    private final short[] values;
    private final int features;

    /** @throws org.zkml.prover.data.DataException if the model cannot be asked about a row */
    AskedRows(Schema schema, CsvTable table) {
        values = new QueryEncoder(schema).encode(table);
        features = schema.featureColumns();
        final List<Feature> columns = schema.features();
        final int[] indices = columns.stream()
                .mapToInt(feature -> table.header().indexOf(feature.column()))
                .toArray();
        table.forEachRow(row -> {
            final ArrayNode list = cells.addArray();
            for (int f = 0; f < indices.length; f++) {
                final String cell = row.cells().get(indices[f]);
                if (columns.get(f) instanceof Feature.Numeric) {
                    list.add(Double.parseDouble(cell));
                } else {
                    list.add(cell);
                }
            }
        });
    }

    int count() {
        return cells.size();
    }

    /** Rows from one to another, that one not included, as the API takes them. */
    ArrayNode cells(int from, int to) {
        final ArrayNode part = JsonNodeFactory.instance.arrayNode();
        for (int i = from; i < to; i++) {
            part.add(cells.get(i));
        }
        return part;
    }

    /** The same rows, with a fresh salt. */
    QueryBatch batch(int from, int to) {
        return QueryBatch.of(Arrays.copyOfRange(values, from * features, to * features), features);
    }

    /** Tells these rows from others. */
    byte[] hash() {
        final ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * values.length);
        bytes.asShortBuffer().put(values);
        return Keccak256.hash(bytes.array());
    }
}
