package org.zkml.prover.data;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * What a file holds, column by column: what {@code zkml inspect} shows.
 *
 * @param rows rows looked at
 */
public record DataProfile(String file, int rows, List<ColumnProfile> columns) {
    public DataProfile {
        columns = List.copyOf(columns);
    }

    /** @throws DataException if the file is not a table with rows */
    public static DataProfile of(CsvTable table) {
        return of(table, row -> true);
    }

    /** The profile of the rows that {@code rows} accepts by their number, from 0. */
    public static DataProfile of(CsvTable table, IntPredicate rows) {
        List<ColumnProfile> columns =
                table.header().stream().map(ColumnProfile::new).toList();
        int[] read = new int[2];
        table.forEachRow(row -> {
            if (!rows.test(read[0]++)) {
                return;
            }
            read[1]++;
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).add(row.line(), row.cells().get(i));
            }
        });
        if (read[1] == 0) {
            throw DataException.file(table.file(), "the file has no rows to look at", "add rows below the header");
        }
        return new DataProfile(table.file(), read[1], columns);
    }

    /** @throws DataException if there is no such column */
    public ColumnProfile column(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> DataException.column(
                        file,
                        name,
                        "there is no such column",
                        "use one of "
                                + columns.stream().map(ColumnProfile::name).toList()));
    }
}
