package org.zkml.prover.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryEncoderTest {

    private static final Schema SCHEMA = SchemaTest.parse(SchemaTest.VALID);

    @TempDir
    Path folder;

    /** The model must see what it was trained on: the encoder of data sets is the oracle. */
    @Test
    void quantisesAsTrainingDid() throws IOException {
        final Random random = new Random(20);
        final StringBuilder text = new StringBuilder("income,ill,ignored,age,smoker\n");
        final List<CsvTable.Row> rows = new ArrayList<>();
        final List<String> smokers = List.of("never", "former", "now");
        for (int i = 0; i < 50; i++) {
            final String income = Double.toString(random.nextDouble(0, 20_000_000));
            final String age = Double.toString(random.nextDouble(20, 80));
            final String smoker = smokers.get(random.nextInt(3));
            text.append(income)
                    .append(",no,x,")
                    .append(age)
                    .append(',')
                    .append(smoker)
                    .append('\n');
            rows.add(new CsvTable.Row(0, inOrder(income, age, smoker)));
        }
        final Path file = write(text.toString());
        final EncodedDataset expected = new DatasetEncoder(SCHEMA).encode(CsvTable.open(file), 0);
        final short[] values = new QueryEncoder(SCHEMA).encode(CsvTable.open(file));
        assertEquals(50 * SCHEMA.featureColumns(), values.length);
        for (int i = 0; i < values.length; i++) {
            final int row = i / SCHEMA.featureColumns();
            final int column = i % SCHEMA.featureColumns();
            assertEquals(expected.x()[column + (row << SCHEMA.lk())], values[i], "row " + row + ", column " + column);
        }
        assertArrayEquals(values, new QueryEncoder(SCHEMA).encode("rows", rows));
    }

    private static List<String> inOrder(String income, String age, String smoker) {
        return SCHEMA.features().stream()
                .map(feature -> switch (feature.column()) {
                    case "income" -> income;
                    case "age" -> age;
                    default -> smoker;
                })
                .toList();
    }

    @Test
    void refusesWhatTrainingWouldHaveClipped() throws IOException {
        final Path file = write("income,age,smoker\n1,50,now\n1,1000,now\n");
        final DataException refused =
                assertThrows(DataException.class, () -> new QueryEncoder(SCHEMA).encode(CsvTable.open(file)));
        assertEquals(3, refused.line());
        assertEquals("age", refused.column());
        assertTrue(refused.getMessage().contains("outside the range"), refused.getMessage());
    }

    @Test
    void namesWhatIsMissingOrUnknown() throws IOException {
        final Path noColumn = write("income,smoker\n1,now\n");
        assertEquals(
                "age",
                assertThrows(DataException.class, () -> new QueryEncoder(SCHEMA).encode(CsvTable.open(noColumn)))
                        .column());
        final Path noRows = write("income,age,smoker\n");
        assertThrows(DataException.class, () -> new QueryEncoder(SCHEMA).encode(CsvTable.open(noRows)));
        final Path unknown = write("income,age,smoker\n1,50,maybe\n");
        assertEquals(
                "smoker",
                assertThrows(DataException.class, () -> new QueryEncoder(SCHEMA).encode(CsvTable.open(unknown)))
                        .column());
    }

    private Path write(String text) throws IOException {
        return Files.write(folder.resolve("rows.csv"), text.getBytes(StandardCharsets.UTF_8));
    }
}
