package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        JsonFile.write(path, asked.json());
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
                BigInteger.valueOf(31337),
                Address.of(BigInteger.TEN),
                query,
                batch,
                rows,
                new byte[65],
                List.of(),
                null,
                null,
                false);
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
        JsonFile.write(path, query().json());
        final String text = Files.readString(path);
        assertTrue(text.contains(from), text);
        Files.writeString(path, text.replace(from, to));
        final CommandException refused = assertThrows(CommandException.class, () -> AnswerFile.read(path));
        assertEquals(ExitCode.BAD_INPUT, refused.exitCode());
        assertTrue(refused.getMessage().contains(field), refused.getMessage());
    }

    @Test
    void keepsEverySignatureAndFindsTheOneThatIsAnswered() {
        final Path path = folder.resolve("1.json");
        final AnswerFile first = query();
        final AnswerFile third = first.signedAgain(BigInteger.valueOf(11), new byte[65])
                .signedAgain(BigInteger.valueOf(12), new byte[65]);
        JsonFile.write(path, third.json());
        final AnswerFile read = AnswerFile.read(path);
        for (AnswerFile signed : List.of(first, first.signedAgain(BigInteger.valueOf(11), new byte[65]), third)) {
            final AnswerFile answered = read.answeredBy(answer(signed.queryId(), 1));
            assertEquals(signed.query().deadline(), answered.query().deadline());
            assertEquals(
                    Set.of(10, 11, 12),
                    Stream.concat(
                                    Stream.of(answered.query().deadline()),
                                    answered.others().stream().map(AnswerFile.Signature::deadline))
                            .map(BigInteger::intValueExact)
                            .collect(Collectors.toSet()));
        }
        assertEquals(
                third.query().deadline(),
                read.answeredBy(answer(new byte[32], 1)).query().deadline());
    }

    @Test
    void keepsWhichRowTheSellerRefusedUntilItAnswers() {
        final Path path = folder.resolve("1.json");
        for (long row : new long[] {0, 1, -1, 2, Long.MAX_VALUE}) {
            JsonFile.write(path, query().refusedFor(row).json());
            final AnswerFile read = AnswerFile.read(path);
            assertEquals(row == 0 || row == 1 ? row : -1, read.refused().row(), "of a query of two rows");
            assertEquals(
                    read.refused(),
                    read.signedAgain(BigInteger.valueOf(11), new byte[65]).refused());
            assertNull(read.answeredBy(answer(read.queryId(), 2)).refused());
        }
        assertEquals(
                ShortBuffer.wrap(new short[] {16, 0, -32768}),
                query().refusedFor(1).refusedRow());
        assertNull(query().refusedFor(2).refusedRow());
        assertNull(query().refusedRow());
    }

    private static SellerAnswer answer(byte[] queryId, int predictions) {
        final ObjectNode json = Console.object().put("more", "than is asked for");
        for (int i = 0; i < predictions; i++) {
            json.withArray("predictions").addObject().put("tableValue", 3).put("value", 0.75);
        }
        json.putObject("blinders").put("x", "1").put("p", "2");
        final ObjectNode receipt = json.putObject("receipt")
                .put("modelId", "1")
                .put("passId", "2")
                .put("count", 2)
                .put("queryId", Hex.of(queryId))
                .put("version", 1)
                .put("lq", 1)
                .put("proofDeadline", "10")
                .put("signature", Hex.of(new byte[65]));
        receipt.putObject("cX").put("x", "1").put("y", "2");
        receipt.putObject("cP").put("x", "1").put("y", "2");
        return new SellerAnswer(JsonFile.of("the answer", json.put("proof", "0x0102")));
    }

    @Test
    void keepsOfAnAnswerWhatItReads() {
        final Path path = folder.resolve("1.json");
        final AnswerFile answered = query().answeredBy(answer(new byte[32], 2));
        JsonFile.write(path, answered.json());
        final AnswerFile read = AnswerFile.read(path);
        assertFalse(read.response().json().has("more"));
        assertEquals(answered.response().receipt(), read.response().receipt());
        assertArrayEquals(answered.response().values(), read.response().values());
        assertArrayEquals(answered.response().proof(), read.response().proof());
        assertEquals(answered.json(), read.json());
    }

    @Test
    void writesNothingThatItCannotReadAgainOrThatTakesAnothersPlace() throws IOException {
        final Path path = folder.resolve("1.json");
        final ObjectNode large = Console.object().put("text", "x".repeat((int) JsonFile.MAX_BYTES));
        assertThrows(CommandException.class, () -> JsonFile.write(path, large));
        assertFalse(Files.exists(path));
        JsonFile.create(path, query().json());
        final CommandException refused =
                assertThrows(CommandException.class, () -> JsonFile.create(path, Console.object()));
        assertEquals(ExitCode.CONFLICT, refused.exitCode());
        assertEquals(
                query().json().toString().length(),
                JsonFile.read(path).node().toString().length());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "no temporary file is left");
        }
    }

    @Test
    void signsNoQueryThatIsTooLargeForSellersOrToBeReadAgain() {
        Questions.requireSize(query(), false);
        final var longCells = JsonNodeFactory.instance.arrayNode();
        longCells.addArray().add("x".repeat(1 << 20));
        assertSmallerBatch(withRows(new short[3], longCells));
        final short[] manyValues = new short[3 << 20];
        Arrays.fill(manyValues, Short.MIN_VALUE);
        assertSmallerBatch(withRows(manyValues, JsonNodeFactory.instance.arrayNode()));
    }

    private static AnswerFile withRows(short[] values, ArrayNode rows) {
        final QueryBatch batch = QueryBatch.of(values, 3);
        return new AnswerFile(
                BigInteger.valueOf(31337),
                Address.of(BigInteger.TEN),
                new Query(BigInteger.ONE, BigInteger.TWO, batch.rows(), batch.inputsHash(), BigInteger.TEN),
                batch,
                rows,
                new byte[65],
                List.of(),
                null,
                null,
                false);
    }

    private static void assertSmallerBatch(AnswerFile query) {
        final CommandException refused =
                assertThrows(CommandException.class, () -> Questions.requireSize(query, false));
        assertEquals(ExitCode.USAGE, refused.exitCode());
        assertTrue(refused.getMessage().contains("nothing was signed: use a smaller --batch"), refused.getMessage());
    }

    @Test
    void letsOneRunIntoAPassesFolder() {
        final PassLock lock = PassLock.take(folder.resolve("1"));
        final CommandException refused = assertThrows(CommandException.class, () -> PassLock.take(folder.resolve("1")));
        assertEquals(ExitCode.CONFLICT, refused.exitCode());
        PassLock.take(folder.resolve("2")).close();
        lock.close();
        PassLock.take(folder.resolve("1")).close();
    }

    @ParameterizedTest
    @CsvSource({
        "http://203.0.113.7, 1, in clear",
        "http://203.0.113.7, 31337, in clear",
        "https://203.0.113.7, 1, ",
        "https://127.0.0.1:8443, 1, own machine",
        "https://[::1], 1, own machine",
        "https://localhost, 1, own machine",
        "https://2130706433, 1, own machine",
        "https://0.0.0.0, 1, own machine",
        "https://169.254.169.254, 1, own machine",
        "http://127.0.0.1:8080, 1, own machine",
        "http://127.0.0.1:8080, 31337, "
    })
    void goesToNoListedAddressInClearOrOnTheBuyersMachine(String url, BigInteger chainId, String problem) {
        final String found = ListedEndpoint.problem(url, chainId);
        assertEquals(problem == null, found == null, found);
        assertTrue(problem == null || found.contains(problem), found);
    }

    @ParameterizedTest
    @CsvSource({"0", "1025", "2000"})
    void signsNoBatchThatSellersDoNotTake(int batch) {
        final Cli.Run run = Cli.run("ask", "rows.csv", "--pass", 1, "--batch", batch, "-w", folder.resolve("none"));
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("--batch " + batch + ": write 1 to 1024 rows"), run.err());
    }

    @Test
    void asksAboutNothingOnlyToGiveAQueryUp() {
        final Cli.Run run = Cli.run("ask", "--pass", 1, "-w", folder.resolve("none"));
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("name a CSV file, or a query with --drop"), run.err());
    }
}
