package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.zkml.prover.data.CsvTable;
import org.zkml.prover.data.Feature;
import org.zkml.prover.data.QueryEncoder;
import org.zkml.prover.data.Schema;
import org.zkml.prover.inference.QueryBatch;

/** The rows of a file that a model is asked about: as the API takes them, and quantised. Rows are numbered from 0. */
final class AskedRows {

    private final String file;
    private final ArrayNode cells = JsonNodeFactory.instance.arrayNode();
    private final List<Long> lines = new ArrayList<>();
    private final short[] values;
    private final int features;
    private final List<Integer> wanted;
    private final List<Integer> without;

    /**
     * @param without rows that are left out, from 1
     * @throws org.zkml.prover.data.DataException if the model cannot be asked about a row
     */
    AskedRows(Schema schema, CsvTable table, List<Integer> without) {
        file = table.file();
        values = new QueryEncoder(schema).encode(table);
        features = schema.featureColumns();
        this.without = without;
        final List<Feature> columns = schema.features();
        final int[] indices = columns.stream()
                .mapToInt(feature -> table.header().indexOf(feature.column()))
                .toArray();
        table.forEachRow(row -> {
            lines.add(row.line());
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
        wanted = IntStream.range(0, count())
                .filter(row -> !without.contains(row + 1))
                .boxed()
                .toList();
        without.stream().filter(row -> row < 1 || row > count()).findFirst().ifPresent(row -> {
            throw new CommandException(ExitCode.USAGE, "--without " + row + ": " + file + " has rows 1 to " + count());
        });
    }

    /**
     * Rows as the API took them, quantised again.
     *
     * @param source a name for messages
     * @throws org.zkml.prover.data.DataException if a cell cannot be encoded
     */
    static short[] quantise(Schema schema, String source, ArrayNode cells) {
        final List<CsvTable.Row> rows = new ArrayList<>();
        for (JsonNode row : cells) {
            final List<String> texts = new ArrayList<>();
            row.forEach(cell -> texts.add(cell.asText()));
            if (texts.size() != schema.features().size()) {
                throw new CommandException(
                        ExitCode.PROOF_FALSE,
                        source + ": row " + (rows.size() + 1) + " has " + texts.size() + " cells, the schema "
                                + schema.features().size() + " features");
            }
            rows.add(new CsvTable.Row(rows.size() + 1L, texts));
        }
        return new QueryEncoder(schema).encode(source, rows);
    }

    int count() {
        return cells.size();
    }

    /** The rows that are not left out. */
    List<Integer> wanted() {
        return wanted;
    }

    /** A row for messages. */
    String place(int row) {
        return "row " + (row + 1) + " of " + file + " (line " + lines.get(row) + ")";
    }

    /** A row's quantised features: equal rows have equal answers. */
    ShortBuffer key(int row) {
        return ShortBuffer.wrap(values, row * features, features);
    }

    /** The rows with one of these lists of quantised features. */
    List<Integer> find(Set<ShortBuffer> keys) {
        return IntStream.range(0, count())
                .filter(row -> keys.contains(key(row)))
                .boxed()
                .toList();
    }

    /** {@code --without} for all rows that are left out, and all with one of these lists of quantised features; empty if there is none. */
    String without(Set<ShortBuffer> keys) {
        final SortedSet<Integer> rows = new TreeSet<>(without);
        find(keys).forEach(row -> rows.add(row + 1));
        return rows.isEmpty()
                ? ""
                : " --without " + rows.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Some rows as the API takes them. */
    ArrayNode cells(List<Integer> rows) {
        final ArrayNode part = JsonNodeFactory.instance.arrayNode();
        rows.forEach(row -> part.add(cells.get(row)));
        return part;
    }

    /** The same rows, with a fresh salt. */
    QueryBatch batch(List<Integer> rows) {
        final ShortBuffer batch = ShortBuffer.allocate(rows.size() * features);
        rows.forEach(row -> batch.put(key(row)));
        return QueryBatch.of(batch.array(), features);
    }
}
