package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.zkml.api.cli.FederatedRoundsTest.names;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.api.Await;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.prover.cli.Hex;

/** Buyers and sellers that do not keep to the rules, on a real chain and with a real server: nobody pays twice, and no wrong answer passes. */
@QuarkusTest
@TestProfile(DeployedByCommandLine.class)
class DishonestSaleTest {

    private static final int FREE = 2;
    private static Sale sale;

    @Inject
    ChainConfig config;

    @TestHTTPResource
    URI server;

    @BeforeEach
    void open() throws IOException {
        sale = Sale.shared(config.rpcUrl(), server);
    }

    private TestBuyer buyer() {
        return TestBuyer.of(sale, server, sale.buy(FREE));
    }

    /** Sixteen queries at the same time. */
    private static List<TestBuyer.Said> atOnce(IntFunction<ObjectNode> query, TestBuyer buyer) {
        final List<ObjectNode> queries = IntStream.range(0, 16).mapToObj(query).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(queries.size())) {
            return queries.stream()
                    .map(one -> CompletableFuture.supplyAsync(() -> buyer.ask(one), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
    }

    @Test
    void answersACountOnceHoweverOftenAndFromHoweverManyItIsAsked() {
        final TestBuyer buyer = buyer();
        final ObjectNode query = buyer.query(2, 2, TestBuyer.salt(1)).put("proof", "later");
        final List<TestBuyer.Said> all = atOnce(i -> query, buyer);
        assertEquals(1, all.stream().filter(said -> said.status() == 201).count());
        assertEquals(15, all.stream().filter(said -> said.status() == 200).count());
        assertEquals(
                1,
                all.stream()
                        .map(TestBuyer.Said::body)
                        .collect(Collectors.toSet())
                        .size());
        final TestBuyer.Said next = buyer.ask(buyer.query(5, 2, TestBuyer.salt(1)));
        assertEquals(409, next.status());
        assertEquals(2, next.body().get("used").asInt());
    }

    @Test
    void chargesACountForOneOfSeveralRows() {
        final TestBuyer buyer = buyer();
        final List<TestBuyer.Said> all =
                atOnce(i -> buyer.query(1, 1, TestBuyer.salt(i)).put("proof", "later"), buyer);
        assertEquals(1, all.stream().filter(said -> said.status() == 201).count());
        final List<TestBuyer.Said> others =
                all.stream().filter(said -> said.status() != 201).toList();
        others.forEach(said -> assertEquals("count-conflict", said.type()));
        assertEquals(15, others.size());
        assertEquals(201, buyer.ask(buyer.query(3, 2, TestBuyer.salt(0))).status());
    }

    @Test
    void showsAnswersToTheSessionKeyOnly() {
        final TestBuyer buyer = buyer();
        final TestBuyer other = buyer();
        final String id = buyer.ask(buyer.query(1, 1, TestBuyer.salt(1)).put("proof", "later"))
                .body()
                .get("id")
                .asText();
        assertEquals(200, buyer.read(id).status());
        assertEquals("signature-rejected", other.read(id).type());
        assertEquals(404, buyer.read(TestBuyer.changed(id)).status());
    }

    @Test
    void refusesWhatThePassDoesNotPermit() {
        final TestBuyer buyer = buyer();
        assertEquals(
                "signature-rejected",
                buyer.ask(buyer.query(1, 1, TestBuyer.salt(1), BigInteger.ONE)).type(),
                "signed for another chain");
        final ObjectNode otherRows = buyer.query(1, 1, TestBuyer.salt(1));
        otherRows.putArray("rows").add(TestBuyer.parse("[60, 2]"));
        assertEquals("signature-rejected", buyer.ask(otherRows).type());
        assertEquals(
                "not-found",
                buyer.ask("99", buyer.query(1, 1, TestBuyer.salt(1))).type());
        assertEquals(
                "count-conflict",
                buyer.ask(buyer.query(2, 1, TestBuyer.salt(1))).type());
        final ObjectNode unknown = buyer.query(1, 1, TestBuyer.salt(1)).put("passId", "9999");
        assertReason("unknown", buyer.ask(unknown));
        final TestBuyer ofThree = TestBuyer.of(sale, server, sale.buy(1));
        assertReason("used-up", ofThree.ask(ofThree.query(4, 4, TestBuyer.salt(1))));
        assertEquals(201, ofThree.ask(ofThree.query(1, 1, TestBuyer.salt(1))).status());
        sale.federation.passSeconds(2 * 3600);
        // No count that comes next: as long as the server remembers the pass from before, it could answer that.
        Await.until(() -> assertReason("expired", ofThree.ask(ofThree.query(3, 1, TestBuyer.salt(2)))));
        assertEquals(200, ofThree.ask(ofThree.query(1, 1, TestBuyer.salt(1))).status(), "answers stay");
    }

    private static void assertReason(String expected, TestBuyer.Said said) {
        assertEquals("pass-rejected", said.type(), said.toString());
        assertEquals(expected, said.body().get("reason").asText());
    }

    @Test
    void namesRowAndFieldOfWhatCannotBeAsked() {
        final TestBuyer buyer = buyer();
        assertRow(buyer, "[[53]]", 0, null);
        assertRow(buyer, "[{\"age\": 53, \"dose\": 2}, {\"age\": 53}]", 1, "dose");
        assertRow(buyer, "[{\"age\": 53, \"dose\": 2, \"ill\": 1}]", 0, "ill");
        assertRow(buyer, "[[53, 2], [53, \"2\"]]", 1, "dose");
        assertRow(buyer, "[[53, null]]", 0, "dose");
        assertRow(buyer, "[[1e300, 2]]", 0, "age");
        assertRow(buyer, "[[300, 2]]", 0, "age");
        assertRow(buyer, "[]", null, "rows");
        assertRow(buyer, "{}", null, "rows");
    }

    private static void assertRow(TestBuyer buyer, String rows, Integer row, String field) {
        final ObjectNode query = buyer.query(1, 1, TestBuyer.salt(1));
        query.set("rows", TestBuyer.parse(rows));
        final TestBuyer.Said said = buyer.ask(query);
        assertEquals(422, said.status(), said.toString());
        assertEquals("inputs-rejected", said.type(), said.toString());
        assertEquals(row == null ? "" : row.toString(), said.body().path("row").asText());
        assertEquals(field == null ? "" : field, said.body().path("field").asText());
    }

    @Test
    void sellsAtTheQuoteThatWasSeenOrNotAtAll() {
        final JsonNode models = sale.buyer.done("models").get("models");
        final JsonNode offer = models.get(models.size() - 1).get("tiers").get(0);
        sale.list(List.of("10:1d:1.000000000000000001"));
        final CommandLine.Run refused = sale.buyer.run(
                "pass",
                "buy",
                "--model",
                sale.model,
                "--quote",
                offer.get("quote").asText(),
                "--yes");
        sale.list(Sale.TIERS);
        assertEquals(4, refused.exitCode());
        assertTrue(refused.err().contains("nothing was bought"), refused.err());
        assertEquals(
                offer.get("quote").asText(),
                sale.buyer
                        .done("models")
                        .get("models")
                        .get(models.size() - 1)
                        .get("tiers")
                        .get(0)
                        .get("quote")
                        .asText());
    }

    @Test
    void goesOnWithTheSameCountAfterAnAnswerWasLost() throws IOException {
        final String pass = sale.buy(FREE);
        final Path rows = sale.rows("lost.csv", 3);
        try (LyingSeller seller = new LyingSeller(server)) {
            seller.loses(true);
            final CommandLine.Run lost = sale.tryToAsk(rows, pass, "--batch", 2, "--endpoint", seller.url());
            assertEquals(5, lost.exitCode(), lost.err());
        }
        final String query = Files.readString(sale.answer(pass, 2));
        final List<JsonNode> events = sale.ask(rows, pass, "--batch", 3, "--endpoint", sale.endpoint());
        assertEquals(List.of("AnswerVerified", "AnswerVerified", "finished"), names(events));
        assertEquals(3, events.getLast().get("count").asInt());
        assertEquals(
                TestBuyer.parse(query).get("query"),
                TestBuyer.parse(Files.readString(sale.answer(pass, 2))).get("query"));
    }

    @Test
    void believesNoChangedAnswer() throws IOException {
        final String pass = sale.buy(FREE);
        final Path rows = sale.rows("lies.csv", 2);
        try (LyingSeller seller = new LyingSeller(server)) {
            final List<Consumer<ObjectNode>> lies = List.of(
                    answer -> change(answer.withArray("predictions").get(0), "tableValue", 1),
                    answer -> {
                        final ObjectNode first =
                                (ObjectNode) answer.withArray("predictions").get(0);
                        first.put("value", Math.nextUp(first.get("value").asDouble()));
                    },
                    answer -> answer.withArray("predictions").remove(0),
                    answer -> receipt(answer)
                            .put(
                                    "signature",
                                    TestBuyer.changed(
                                            receipt(answer).get("signature").asText())),
                    answer -> receipt(answer).put("count", 1),
                    answer -> receipt(answer).put("version", 2),
                    answer -> receipt(answer).set("cX", receipt(answer).get("cP")),
                    answer -> ((ObjectNode) answer.get("blinders")).put("p", "1"),
                    answer -> answer.put(
                            "proof", TestBuyer.changed(answer.get("proof").asText())));
            for (int i = 0; i < lies.size(); i++) {
                seller.lies(lies.get(i));
                final CommandLine.Run run = sale.tryToAsk(rows, pass, "--endpoint", seller.url());
                assertEquals(1, run.exitCode(), "lie " + i + ": " + run.err());
                if (i == 0) {
                    keepsWhatTheSellerSigned(pass);
                }
            }
            seller.lies(answer -> answer.put("more", "x".repeat(17 << 20)));
            assertEquals(
                    0,
                    sale.tryToAsk(rows, pass, "--endpoint", seller.url()).exitCode(),
                    "what else is said is no matter");
            assertTrue(Files.size(sale.answer(pass, 2)) < 1 << 16, "and is not kept");
        }
        final CommandLine.Run honest = sale.tryToAsk(rows, pass, "--endpoint", sale.endpoint());
        assertEquals(0, honest.exitCode(), honest.err());
        refusesChangedFiles(sale.answer(pass, 2));
    }

    private static void keepsWhatTheSellerSigned(String pass) throws IOException {
        final JsonNode kept = TestBuyer.parse(Files.readString(sale.record(pass, "2.refused.json")));
        assertEquals(2, kept.at("/answer/receipt/count").asInt());
        assertEquals(1, sale.verify(sale.record(pass, "2.refused.json")).exitCode());
    }

    /** The same lies in the file that somebody gets to check. */
    private static void refusesChangedFiles(Path answer) throws IOException {
        assertEquals(0, sale.verify(answer).exitCode());
        final List<Consumer<ObjectNode>> lies = List.of(
                file -> change(file.get("answer").withArray("/predictions").get(1), "tableValue", -1),
                file -> ((ArrayNode) file.get("query").get("values")).set(1, IntNode.valueOf(7)),
                file -> change(file.get("query"), "count", 1),
                file -> ((ObjectNode) file.get("query")).put("salt", Hex.of(TestBuyer.salt(9))),
                file -> file.put("chainId", "1"),
                file -> ((ObjectNode) file.get("answer"))
                        .put(
                                "proof",
                                TestBuyer.changed(
                                        file.get("answer").get("proof").asText())));
        final Path schema = sale.schema();
        assertTrue(sale.verify(answer, "--schema", schema)
                .json()
                .get("rowsChecked")
                .asBoolean());
        final ObjectNode otherRows = (ObjectNode) TestBuyer.parse(Files.readString(answer));
        ((ArrayNode) otherRows.get("query").get("rows").get(0)).set(0, IntNode.valueOf(70));
        final Path otherFile = answer.resolveSibling("other-rows");
        Files.writeString(otherFile, otherRows.toString());
        assertEquals(0, sale.verify(otherFile).exitCode(), "without a schema nobody can tell");
        assertEquals(1, sale.verify(otherFile, "--schema", schema).exitCode());
        for (int i = 0; i < lies.size(); i++) {
            final ObjectNode changed = (ObjectNode) TestBuyer.parse(Files.readString(answer));
            lies.get(i).accept(changed);
            final Path file = answer.resolveSibling("changed-" + i);
            Files.writeString(file, changed.toString());
            final CommandLine.Run run = sale.verify(file);
            assertEquals(1, run.exitCode(), "lie " + i + ": " + run.err());
        }
    }

    private static void change(JsonNode object, String field, int by) {
        ((ObjectNode) object).put(field, object.get(field).asInt() + by);
    }

    private static ObjectNode receipt(ObjectNode answer) {
        return (ObjectNode) answer.get("receipt");
    }
}
