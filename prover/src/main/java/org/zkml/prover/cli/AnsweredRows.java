package org.zkml.prover.cli;

import java.math.BigDecimal;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rows a pass was asked about already: a row that has its answer, or waits for it, is not asked about and paid for again. */
final class AnsweredRows {

    /** Where a row's answer is, or will be. */
    private record Place(long count, int index) {}

    private final PassRecords records;
    private final Map<ShortBuffer, Place> places = new HashMap<>();

    /** @param after queries up to this count are left out */
    AnsweredRows(PassRecords records, long after) {
        this.records = records;
        for (AnswerFile file : records.all()) {
            if (file.query().count() > after) {
                add(file);
            }
        }
    }

    private void add(AnswerFile file) {
        final int features = file.batch().features();
        final short[] values = file.batch().values();
        for (int i = 0; i < file.batch().rows(); i++) {
            places.put(
                    ShortBuffer.wrap(values, i * features, features),
                    new Place(file.query().count(), i));
        }
    }

    /** Rows that are still to be asked about, each once. */
    List<Integer> missing(AskedRows rows) {
        final Set<ShortBuffer> seen = new HashSet<>(places.keySet());
        return rows.wanted().stream().filter(row -> seen.add(rows.key(row))).toList();
    }

    /** The answers, a line a row. */
    String csv(AskedRows rows) {
        final StringBuilder csv = new StringBuilder("row,prediction,tableValue,count,queryId\n");
        final Map<Long, String[]> lines = new HashMap<>();
        for (int row : rows.wanted()) {
            final Place place = places.get(rows.key(row));
            csv.append(row + 1).append(lines.computeIfAbsent(place.count(), this::lines)[place.index()]);
        }
        return csv.toString();
    }

    /** What the file says of every row of a query, but the row's number. */
    private String[] lines(long count) {
        final AnswerFile answer = records.get(count);
        final double[] values = answer.response().values();
        final int[] tableValues = answer.response().tableValues();
        final String end = "," + count + "," + Hex.of(answer.queryId()) + "\n";
        final String[] lines = new String[values.length];
        Arrays.setAll(lines, i -> "," + plain(values[i]) + "," + tableValues[i] + end);
        return lines;
    }

    /** All digits, and no exponent: not every reader of tables knows one. */
    static String plain(double value) {
        return new BigDecimal(value).toPlainString();
    }
}
