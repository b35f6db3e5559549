package org.zkml.prover.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A CSV file (RFC 4180: commas, quotation marks, LF or CRLF) in UTF-8, with or without a byte order mark, whose first row names the columns. Rows are read as they are
 * needed and not kept. Empty lines are skipped.
 */
public final class CsvTable {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path path;
    private final List<String> header;

    /**
     * A row.
     *
     * @param line line of the file where the row starts, from 1
     * @param cells one for every column
     */
    public record Row(long line, List<String> cells) {}

    private CsvTable(Path path, List<String> header) {
        this.path = path;
        this.header = header;
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws DataException if it cannot be read, or has no usable header
     */
    public static CsvTable open(Path path) {
        List<String> header = read(path, rows -> {
            if (!rows.hasNext()) {
                throw DataException.file(
                        path.toString(), "the file is empty", "the first line must name the columns, rows follow");
            }
            return rows.next().getFields();
        });
        checkHeader(path.toString(), header);
        return new CsvTable(path, header);
    }

    /** Names of the columns, all different. */
    public List<String> header() {
        return header;
    }

    /** The file's name for messages, as it was given. */
    public String file() {
        return path.toString();
    }

    /**
     * Passes every row on, in the file's order.
     *
     * @return the number of rows
     * @throws DataException if a row has not as many cells as the header, or the file is not CSV
     */
    public int forEachRow(Consumer<Row> consumer) {
        return read(path, rows -> {
            rows.next();
            int count = 0;
            while (rows.hasNext()) {
                CsvRecord row = rows.next();
                if (row.getFieldCount() != header.size()) {
                    throw raggedRow(row);
                }
                consumer.accept(new Row(row.getStartingLineNumber(), row.getFields()));
                count++;
            }
            return count;
        });
    }

    private DataException raggedRow(CsvRecord row) {
        return DataException.line(
                file(),
                row.getStartingLineNumber(),
                "the row has " + row.getFieldCount() + " cells, the header has " + header.size() + " columns",
                "add or remove cells, and put a cell with a comma in it into quotation marks");
    }

    private interface Reading<T> {
        T from(Iterator<CsvRecord> rows);
    }

    private static <T> T read(Path path, Reading<T> reading) {
        String file = path.toString();
        if (Files.isDirectory(path)) {
            throw DataException.file(file, "this is a folder", "name a CSV file in it");
        }
        try (Reader text = withoutByteOrderMark(path);
                CsvReader<CsvRecord> csv = CsvReader.builder()
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .ofCsvRecord(text)) {
            return reading.from(csv.iterator());
        } catch (CsvParseException e) {
            String reason = e.getCause() == null
                    ? e.getMessage()
                    : e.getMessage() + ": " + e.getCause().getMessage();
            throw DataException.file(
                    file,
                    "not CSV: " + reason,
                    "write a quotation mark inside a quoted cell twice, and close every one",
                    e);
        } catch (CharacterCodingException e) {
            throw notUtf8(file, e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw notUtf8(file, e);
            }
            throw unreadable(file, e.getCause());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Reader withoutByteOrderMark(Path path) throws IOException {
        // Unlike an InputStreamReader this one reports malformed bytes instead of replacing them.
        BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8);
        try {
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            return reader;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    private static void checkHeader(String file, List<String> header) {
        if (header.size() == 1 && (header.get(0).contains(";") || header.get(0).contains("\t"))) {
            throw DataException.line(
                    file, 1, "the columns are not separated by commas", "save the file as CSV with commas");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (name.isBlank()) {
                throw DataException.line(
                        file, 1, "column " + (i + 1) + " has no name", "name every column in the first line");
            }
            if (!seen.add(name)) {
                throw DataException.column(
                        file, name, "the name occurs twice in the header", "rename one of the columns");
            }
        }
    }

    private static DataException notUtf8(String file, Exception cause) {
        return DataException.file(file, "the file is not UTF-8 text", "save it as CSV with the encoding UTF-8", cause);
    }

    private static DataException unreadable(String file, IOException cause) {
        String problem = cause instanceof NoSuchFileException
                ? "there is no such file"
                : "the file cannot be read (" + cause + ")";
        return DataException.file(file, problem, "check the path and the permissions", cause);
    }
}
