package org.zkml.prover.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,2\n3,4\n",
                "a,b\n1,2\n3,4",
                "a,b\r\n1,2\r\n3,4\r\n",
                "\uFEFFa,b\n1,2\n\n3,4\n\n",
                "a,b\r1,2\r3,4\r"
            })
    void readsEveryLineEndingWithAndWithoutByteOrderMark(String text) throws IOException {
        CsvTable table = CsvTable.open(write(text));
        assertEquals(List.of("a", "b"), table.header());
        List<List<String>> rows = new ArrayList<>();
        assertEquals(2, table.forEachRow(row -> rows.add(row.cells())));
        assertEquals(List.of(List.of("1", "2"), List.of("3", "4")), rows);
    }

    @Test
    void readsQuotedCellsAndCountsLinesOfTheFile() throws IOException {
        CsvTable table = CsvTable.open(write("\"na\nme\",b\n\"x, \"\"y\"\"\",\"two\nlines\"\n\n1, 2 \n"));
        assertEquals("na\nme", table.header().get(0));
        List<CsvTable.Row> rows = new ArrayList<>();
        table.forEachRow(rows::add);
        assertEquals(new CsvTable.Row(3, List.of("x, \"y\"", "two\nlines")), rows.get(0));
        assertEquals(new CsvTable.Row(6, List.of("1", " 2 ")), rows.get(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a,b\n1\n'| 2 | the row has 1 cells, the header has 2 columns",
                "'a,b\n1,2\n1,2,3\n'| 3 | the row has 3 cells, the header has 2 columns",
                "'a,b\n1,2\n3,\"4\n5,6\n'| 3 | ok",
            })
    void namesTheLineOfARaggedRow(String text, long line, String problem) throws IOException {
        CsvTable table = CsvTable.open(write(text));
        if (problem.equals("ok")) {
            // an unclosed quotation mark swallows the rest: whoever reads the cell complains
            List<CsvTable.Row> rows = new ArrayList<>();
            table.forEachRow(rows::add);
            assertEquals(line, rows.getLast().line());
            assertEquals("4\n5,6\n", rows.getLast().cells().get(1));
            return;
        }
        DataException failure = assertThrows(DataException.class, () -> table.forEachRow(row -> {}));
        assertEquals(line, failure.line());
        assertTrue(
                failure.getMessage().startsWith(table.file() + ", line " + line + ": " + problem),
                failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| the file is empty",
                "'\n\n'| the file is empty",
                "'a;b\n1;2\n'| not separated by commas",
                "'a\tb\n1\t2\n'| not separated by commas",
                "'a,,c\n1,2,3\n'| column 2 has no name",
                "'a,b,a\n1,2,3\n'| the name occurs twice",
                "'a,\"b\"x\n1,2\n'| not CSV",
            })
    void refusesAHeaderThatNamesNoColumns(String text, String problem) throws IOException {
        Path file = write(text);
        DataException failure = assertThrows(DataException.class, () -> CsvTable.open(file));
        assertTrue(failure.getMessage().startsWith(file.toString()), failure.getMessage());
        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
    }

    @Test
    void refusesTextAfterAClosingQuotationMarkInARow() throws IOException {
        CsvTable table = CsvTable.open(write("a,b\n1,2\n\"3\"x,4\n"));
        DataException failure = assertThrows(DataException.class, () -> table.forEachRow(row -> {}));
        assertTrue(failure.getMessage().contains("started in line 3"), failure.getMessage());
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        Path latin = folder.resolve("latin1.csv");
        Files.write(latin, "a,b\n1,Z\u00fcrich\n".getBytes(StandardCharsets.ISO_8859_1));
        Path wide = folder.resolve("utf16.csv");
        Files.write(wide, "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16));
        for (Path file : List.of(latin, wide)) {
            DataException failure =
                    assertThrows(DataException.class, () -> CsvTable.open(file).forEachRow(row -> {}));
            assertTrue(failure.getMessage().contains("is not UTF-8"), failure.getMessage());
        }
    }

    @Test
    void namesAFileThatIsNotThere() {
        Path missing = folder.resolve("missing.csv");
        DataException failure = assertThrows(DataException.class, () -> CsvTable.open(missing));
        assertEquals(missing + ": there is no such file; check the path and the permissions", failure.getMessage());
        assertTrue(assertThrows(DataException.class, () -> CsvTable.open(folder))
                .getMessage()
                .contains("this is a folder"));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("table.csv"), text);
    }
}
