package org.zkml.prover.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.training.RealDataset;

class DatasetEncoderTest {
    private static final Schema SCHEMA = SchemaTest.parse(SchemaTest.VALID);
    private static final String HEADER = "income,ill,ignored,age,smoker\n";
    private static final Schema LINEAR = SchemaTest.parse("""
            {"format": "zkml-schema/1", "name": "line", "model": "linear", "limbBits": 8,
             "target": {"column": "y", "kind": "numeric", "mean": 1, "scale": 2},
             "features": [{"column": "x", "kind": "numeric", "mean": 0, "scale": 1}]}
            """);

    @TempDir
    Path folder;

    @Test
    void laysRowsOutAsTheProofSystemDoes() throws IOException {
        CsvTable table = table(HEADER + "0,yes,x,62.5,former\n-0.5,no,y,1000,now\n22025.465794806718,no,z,50,never\n");
        EncodedDataset data = new DatasetEncoder(SCHEMA).encode(table, 0);
        assertEquals(3, data.n());
        assertEquals(2, data.ln());
        assertEquals(3, data.lk());
        assertEquals(6, data.feat());
        int one = 4096;
        assertArrayEquals(
                new int[] {
                    one,
                    one,
                    0,
                    one,
                    0,
                    -5 * one,
                    0,
                    0, //
                    one,
                    4 * one,
                    0,
                    0,
                    one,
                    (int) Math.round((Math.log(0.5) - 10) / 2 * one),
                    0,
                    0, //
                    one,
                    0,
                    one,
                    0,
                    0,
                    0,
                    0,
                    0, //
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0
                },
                widened(data.x()));
        assertArrayEquals(new int[] {1 << 14, 0, 0, 0}, widened(data.y()));
        assertArrayEquals(new double[] {1, 0, 0}, data.realTargets());
        assertArrayEquals(new int[] {1, 0, 0}, data.clipped());
        assertEquals(1, data.warnings().size());
        assertTrue(
                data.warnings().get(0).contains("column \"age\": 1 of 3 values"),
                data.warnings().get(0));
    }

    @Test
    void realNumbersAreTheSameBeforeRounding() throws IOException {
        CsvTable table = table(HEADER + "0,yes,x,62.5,former\n1,no,y,1000,now\n");
        RealDataset data = new DatasetEncoder(SCHEMA).encodeReal(table, row -> row == 1);
        assertEquals(1, data.rows());
        assertArrayEquals(new double[] {1, 4, 0, 0, 1, (Math.log(2) - 10) / 2}, data.x(), 1e-15);
        assertArrayEquals(new double[] {0}, data.y());
    }

    @Test
    void choosesRowsByNumber() throws IOException {
        CsvTable table = table("x,y\n1,1\n2,3\n3,5\n4,7\n");
        EncodedDataset data = new DatasetEncoder(LINEAR).encode(table, 0, row -> row % 2 == 1);
        assertArrayEquals(new int[] {16, 32, 16, 64}, widened(data.x()));
        assertArrayEquals(new int[] {16, 48}, widened(data.y()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9})
    void padsToTheNextPowerOfTwo(int rows) throws IOException {
        EncodedDataset data = new DatasetEncoder(LINEAR).encode(table("x,y\n" + "1,3\n".repeat(rows)), 0);
        assertEquals(rows, data.n());
        assertTrue(1 << data.ln() >= rows && (data.ln() == 0 || 1 << (data.ln() - 1) < rows));
        for (int row = 0; row < 1 << data.ln(); row++) {
            assertEquals(row < rows ? 16 : 0, data.x()[2 * row]);
            assertEquals(row < rows ? 16 : 0, data.x()[2 * row + 1]);
            assertEquals(row < rows ? 16 : 0, data.y()[row]);
        }
    }

    /** Each line: the row after a good one (# a line end), the column, the value, a part of problem and cure. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "1,yes,,abc,now|age|abc|is not a number; write it with digits",
                "1,yes,,,now|age||is a missing value; fill it in or remove the row",
                "1,yes,,NaN,now|age|NaN|is a missing value",
                "1,yes,,NA,now|age|NA|is a missing value",
                "1,yes,,inf,now|age|inf|is not a number",
                "1,yes,,-Infinity,now|age|-Infinity|is not a number",
                "1,yes,,1e999,now|age|1e999|is too large",
                "1,yes,, 5,now|age| 5|is not a number; remove the blanks",
                "1,yes,,0x10,now|age|0x10|is not a number",
                "1,yes,,5f,now|age|5f|is not a number",
                "1,yes,,\"1,5\",now|age|1,5|with a decimal point",
                "1,yes,,\"5#x\",now|age|5\\nx|a quotation mark that is not closed",
                "-1,yes,,5,now|income|-1|has no log1p",
                "1,yes,,5,Never|smoker|Never|is not a category of the schema; use one of [never, former, now]",
                "1,yes,,5,now |smoker|now |is not a category of the schema; remove the blanks",
                "1,YES,,5,now|ill|YES|is no class of the target; write \"no\" or \"yes\"",
                "1,1,,5,now|ill|1|is no class of the target",
            })
    void namesLineColumnValueAndCureOfABadCell(String row, String column, String value, String problem)
            throws IOException {
        CsvTable table = table(HEADER + "1,yes,x,50,now\n\n" + row.replace('#', '\n') + "\n");
        DataException failure = assertThrows(DataException.class, () -> new DatasetEncoder(SCHEMA).encode(table, 0));
        String quoted = "\"" + (value == null ? "" : value) + "\" ";
        String start = table.file() + ", line 4, column \"" + column + "\": " + quoted;
        assertTrue(failure.getMessage().startsWith(start), failure.getMessage());
        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
        assertEquals(4, failure.line());
        assertEquals(column, failure.column());
        assertTrue(failure.getMessage().endsWith(failure.cure()));
    }

    @Test
    void namesAMissingColumn() throws IOException {
        CsvTable table = table("income,ill,Age ,smoker\n1,yes,3,now\n");
        DataException failure = assertThrows(DataException.class, () -> new DatasetEncoder(SCHEMA).encode(table, 0));
        assertEquals("age", failure.column());
        assertTrue(failure.getMessage().endsWith("rename the column \"Age \""), failure.getMessage());
        CsvTable without = table("income,ill,smoker\n1,yes,now\n");
        assertTrue(assertThrows(DataException.class, () -> new DatasetEncoder(SCHEMA).encode(without, 0))
                .getMessage()
                .endsWith("add the column; the file has [income, ill, smoker]"));
    }

    @Test
    void refusesATargetBeyondTheRange() throws IOException {
        DatasetEncoder encoder = new DatasetEncoder(LINEAR);
        assertEquals(127, encoder.encode(table("x,y\n1,16.9\n"), 0).y()[0]);
        for (String target : List.of("17", "-15.2", "1e300")) {
            DataException failure =
                    assertThrows(DataException.class, () -> encoder.encode(table("x,y\n1,3\n1," + target + "\n"), 0));
            assertEquals(target, failure.value());
            assertTrue(failure.getMessage().contains("outside the range from -8 to 8"), failure.getMessage());
        }
    }

    @Test
    void refusesNegativeCounts() throws IOException {
        Schema counts = SchemaTest.parse(new String(LINEAR.bytes(), StandardCharsets.UTF_8)
                .replace("linear", "poisson")
                .replace("\"mean\": 1, \"scale\": 2", "\"mean\": 0, \"scale\": 1"));
        assertEquals(
                48, new DatasetEncoder(counts).encode(table("x,y\n1,3\n"), 0).y()[0]);
        DataException failure =
                assertThrows(DataException.class, () -> new DatasetEncoder(counts).encode(table("x,y\n1,-1\n"), 0));
        assertTrue(failure.getMessage().contains("is a negative count"), failure.getMessage());
    }

    @Test
    void refusesNoRowsAndTooMany() throws IOException {
        CsvTable empty = table("x,y\n");
        assertTrue(assertThrows(DataException.class, () -> new DatasetEncoder(LINEAR).encode(empty, 0))
                .getMessage()
                .contains("a header and no rows"));
        DatasetEncoder small = new DatasetEncoder(LINEAR, 3);
        assertEquals(4, small.encode(table("x,y\n" + "1,1\n".repeat(4)), 0).n());
        CsvTable five = table("x,y\n" + "1,1\n".repeat(5));
        DataException failure = assertThrows(DataException.class, () -> small.encode(five, 0));
        assertEquals(6, failure.line());
        assertTrue(failure.getMessage().contains("2^3 padded entries hold at most 4 rows"), failure.getMessage());
        assertThrows(DataException.class, () -> small.encodeReal(five, row -> true));
        assertThrows(DataException.class, () -> new DatasetEncoder(LINEAR, 0).encode(five, 0));
    }

    @Test
    void warnsOfConstantColumns() throws IOException {
        List<String> warnings = new DatasetEncoder(LINEAR)
                .encode(table("x,y\n2,5\n2.0,5\n2e0,5\n"), 0)
                .warnings();
        assertEquals(2, warnings.size());
        assertTrue(warnings.get(0).contains("column \"x\": every row has the same value"), warnings.get(0));
        assertTrue(warnings.get(1).contains("column \"y\": every row has the same target"), warnings.get(1));
    }

    @Test
    void refusesEmptyBatches() throws IOException {
        DatasetEncoder encoder = new DatasetEncoder(LINEAR);
        CsvTable six = table("x,y\n" + "1,1\n".repeat(6));
        assertEquals(6, encoder.encode(six, 1).n());
        DataException failure = assertThrows(DataException.class, () -> encoder.encode(six, 2));
        assertTrue(failure.getMessage().contains("6 rows do not fill 4 batches of 2 rows"), failure.getMessage());
        assertTrue(failure.cure().startsWith("use 7 to 8 rows"), failure.cure());
        assertTrue(assertThrows(DataException.class, () -> encoder.encode(six, 4))
                .cure()
                .startsWith("use 16 to 16 rows"));
    }

    private CsvTable table(String text) throws IOException {
        return CsvTable.open(Files.writeString(Files.createTempFile(folder, "table", ".csv"), text));
    }

    private static int[] widened(short[] values) {
        int[] out = new int[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }
}
