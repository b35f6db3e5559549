package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.inference.Query;
import org.zkml.prover.inference.QueryBatch;

/** What owners and buyers give to the commands of a sale. */
class SaleInputsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "100:30d:10, 100, 2592000, 10000000000000000000",
        "1:1s:0, 1, 1, 0",
        "4294967295:24h:0.000000000000000001, 4294967295, 86400, 1"
    })
    void readsTiers(String text, long queries, long seconds, BigInteger price) {
        assertEquals(new Listing.Tier(queries, seconds, price), ModelListCommand.tier(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100:30:10",
                "0:30d:10",
                "100:0d:10",
                "4294967296:1d:1",
                "1:366d:1",
                "1:49711d:1",
                "1:1d:1.0000000000000000001",
                "1:1d:-1",
                "1:1d:",
                "1:1d:.",
                "a"
            })
    void refusesOtherTiersWithACure(String text) {
        final CommandException refused = assertThrows(CommandException.class, () -> ModelListCommand.tier(text));
        assertEquals(ExitCode.USAGE, refused.exitCode());
        assertTrue(refused.getMessage().contains("such as 100:30d:9.5"), refused.getMessage());
    }

    @Test
    void keepsAQueryAsItWasSigned() {
        final Path path = folder.resolve("1.json");
        final AnswerFile asked = query();
        asked.write(path);
        final AnswerFile read = AnswerFile.read(path);
        assertArrayEquals(asked.queryId(), read.queryId());
        assertEquals(asked.batch(), read.batch());
        assertEquals(asked.request(false), read.request(false));
        assertFalse(read.answered());
        assertFalse(read.verified());
    }

    private static AnswerFile query() {
        final QueryBatch batch = QueryBatch.of(new short[] {16, -3, 7, 16, 0, -32768}, 3);
        final Query query = new Query(BigInteger.ONE, BigInteger.TWO, 2, batch.inputsHash(), BigInteger.TEN);
        final var rows = JsonNodeFactory.instance.arrayNode();
        rows.addArray().add(1.5).add("now");
        rows.addArray().add(-2).add("never");
        return new AnswerFile(
                BigInteger.valueOf(31337), Address.of(BigInteger.TEN), query, batch, rows, new byte[65], null, false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\" : \"zkml-answer/1\" | \"format\" : \"zkml-answer/2\" | format",
                "\"features\" : 3 | \"features\" : 4 | values",
                "-32768 | -32769 | values[5]",
                "\"count\" : 2 | \"count\" : 4294967296 | count",
                "\"passId\" : \"2\" | \"passId\" : \"02\" | passId",
            })
    void namesWhatIsWrongInAnAnswerFile(String from, String to, String field) throws IOException {
        final Path path = folder.resolve("1.json");
        query().write(path);
        final String text = Files.readString(path);
        assertTrue(text.contains(from), text);
        Files.writeString(path, text.replace(from, to));
        final CommandException refused = assertThrows(CommandException.class, () -> AnswerFile.read(path));
        assertEquals(ExitCode.BAD_INPUT, refused.exitCode());
        assertTrue(refused.getMessage().contains(field), refused.getMessage());
    }
}
