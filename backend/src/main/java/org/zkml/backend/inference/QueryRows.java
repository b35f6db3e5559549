package org.zkml.backend.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.zkml.prover.data.CsvTable;
import org.zkml.prover.data.DataException;
import org.zkml.prover.data.Feature;
import org.zkml.prover.data.QueryEncoder;
import org.zkml.prover.data.Schema;
import org.zkml.prover.inference.QueryBatch;

/** Reads rows of a request: objects by feature, or lists in the schema's order. Nothing is filled in, left out or converted. */
final class QueryRows {

    private static final int SHOWN_CHARS = 60;

    private final Schema schema;
    private final QueryEncoder encoder;

    QueryRows(Schema schema) {
        this.schema = schema;
        this.encoder = new QueryEncoder(schema);
    }

    /** @throws InputsRejectedException naming row and field */
    QueryBatch read(JsonNode rows, int maxRows, byte[] salt) {
        if (!rows.isArray() || rows.isEmpty() || rows.size() > maxRows) {
            throw new InputsRejectedException(
                    null,
                    "rows",
                    "rows: " + (rows.isArray() ? rows.size() + " rows" : "no list") + ", write a list of 1 to "
                            + maxRows + ", and ask about more in several queries");
        }
        final int width = schema.featureColumns();
        final short[] values = new short[width * rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(encode(i, rows.get(i)), 0, values, i * width, width);
        }
        return new QueryBatch(values, width, salt);
    }

    private short[] encode(int index, JsonNode row) {
        final List<String> cells = new ArrayList<>();
        final List<Feature> features = schema.features();
        if (row.isObject()) {
            requireNoOthers(index, row);
        } else if (!row.isArray() || row.size() != features.size()) {
            throw rejected(
                    index,
                    null,
                    "is " + (row.isArray() ? "a list of " + row.size() : "no object and no list")
                            + "; write an object by feature, or a list of the " + features.size()
                            + " features in the schema's order");
        }
        for (int f = 0; f < features.size(); f++) {
            final Feature feature = features.get(f);
            cells.add(cell(index, feature, row.isObject() ? row.path(feature.column()) : row.get(f)));
        }
        try {
            return encoder.encode("rows[" + index + "]", List.of(new CsvTable.Row(0, cells)));
        } catch (DataException e) {
            throw new InputsRejectedException(index, e.column(), e.getMessage());
        }
    }

    private void requireNoOthers(int index, JsonNode row) {
        final Set<String> others = new TreeSet<>();
        row.fieldNames().forEachRemaining(others::add);
        schema.features().forEach(feature -> others.remove(feature.column()));
        if (!others.isEmpty()) {
            final String first = others.iterator().next();
            throw rejected(index, first, "is no feature of the model; leave it out");
        }
    }

    private static String cell(int index, Feature feature, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            throw rejected(index, feature.column(), "is missing; the model needs every feature of its schema");
        }
        switch (feature) {
            case Feature.Numeric numeric -> {
                if (!value.isNumber()) {
                    throw rejected(
                            index, feature.column(), "is " + shown(value) + "; write a number without quotation marks");
                }
            }
            case Feature.Categorical categorical -> {
                if (!value.isTextual()) {
                    throw rejected(
                            index,
                            feature.column(),
                            "is " + shown(value) + "; write one of " + categorical.categories() + " as a text");
                }
            }
        }
        return value.asText();
    }

    private static InputsRejectedException rejected(int index, String field, String problem) {
        return new InputsRejectedException(
                index, field, "rows[" + index + "]" + (field == null ? "" : ", " + shown(field)) + ": " + problem);
    }

    private static String shown(JsonNode value) {
        return value.isContainerNode() ? "a list or an object" : shown(value.toString());
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "...";
    }
}
