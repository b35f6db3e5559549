package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.zkml.api.cli.FederatedRoundsTest.names;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.api.Await;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.prover.cli.Hex;
import org.zkml.prover.cli.chain.SessionKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.inference.AnswerReceipt;
import org.zkml.prover.inference.MarketMessages;
import org.zkml.prover.inference.SellerVault;
import org.zkml.prover.vault.Vault;

/** What is signed and not answered: a buyer's tool goes on with the pass, and signs no more than its buyer agreed to. */
@QuarkusTest
@TestProfile(DeployedByCommandLine.class)
class RefusedQueriesTest {

    private static final int FOR_LONG = 3;
    private static final long DAY = 86_400;

    private Sale sale;
    private LyingSeller seller;

    @Inject
    ChainConfig config;

    @TestHTTPResource
    URI server;

    @BeforeEach
    void open() throws IOException {
        sale = Sale.shared(config.rpcUrl(), server);
        seller = new LyingSeller(server);
    }

    @AfterEach
    void close() {
        seller.close();
    }

    private CommandLine.Run ask(Path rows, String pass, Object... more) {
        final Object[] all = Stream.concat(Stream.of("--endpoint", seller.url(), "--patience", 20), Stream.of(more))
                .toArray();
        return sale.tryToAsk(rows, pass, all);
    }

    private static void assertEnds(int exitCode, String says, CommandLine.Run run) {
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.err().contains(says), run.err());
    }

    private JsonNode query(String pass, int count) throws IOException {
        return TestBuyer.parse(Files.readString(sale.answer(pass, count))).get("query");
    }

    @Test
    void asksWithoutTheRowThatIsRefused() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.rows("refused.csv", 3);
        final AtomicInteger sent = new AtomicInteger();
        seller.refuses(request -> {
            sent.addAndGet(request.asks(3) ? 1 : 0);
            return request.asks(3) ? LyingSeller.problem(422, "inputs-rejected").put("row", 1) : null;
        });
        final CommandLine.Run refused = ask(rows, pass);
        assertEnds(4, "--drop 3", refused);
        assertTrue(refused.err().contains("--without 2\": it is row 2 of " + rows + " (line 3)"), refused.err());
        assertEnds(4, "--without 2\": it is row 2", ask(rows, pass));

        final CommandLine.Run dropped = ask(rows, pass, "--drop", 3, "--without", 2);
        assertEquals(0, dropped.exitCode(), dropped.err());
        assertEquals(List.of("QueryDropped", "AnswerVerified", "finished"), names(dropped.events()));
        assertEquals(3, dropped.events().getFirst().get("atRisk").asInt());
        assertEquals(2, dropped.events().getLast().get("rows").asInt());
        assertEquals(2, dropped.events().getLast().get("count").asInt());
        assertEquals(1, sent.get(), "neither a rerun nor giving up asks about refused rows again");
        assertFalse(Files.exists(sale.answer(pass, 3)));
        assertTrue(Files.exists(sale.record(pass, "3.dropped.json")));
        assertEnds(7, "have the counts []", ask(rows, pass, "--drop", 3));
        assertEnds(7, "--drop 2: no query of this count waits", ask(rows, pass, "--drop", 2));

        final List<JsonNode> rest = ask(rows, pass).events();
        assertEquals(List.of("AnswerVerified", "finished"), names(rest));
        assertEquals(1, rest.getFirst().get("rows").asInt(), "only the row that was left out");
        assertEquals(3, rest.getLast().get("count").asInt());
        final Path more = sale.rows("more.csv", 4);
        assertEquals(
                List.of("AnswerVerified", "finished"), names(ask(more, pass).events()));
        assertEquals(List.of("finished"), names(ask(rows, pass).events()), "rows of before cost nothing twice");
        assertEquals(4, ask(rows, pass).events().getLast().get("count").asInt());
    }

    @Test
    void keepsAnAnswerThatComesWhenItsQueryIsGivenUp() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.rows("late.csv", 2);
        seller.refuses(request -> LyingSeller.problem(503, "chain-unavailable"));
        assertEnds(5, "try again later", ask(rows, pass));
        final CommandLine.Run unsure =
                sale.buyer.run("ask", rows, "--pass", pass, "--endpoint", seller.url(), "--drop", 2);
        assertEnds(2, "nobody is there to ask whether to give up the query of count 2", unsure);
        assertTrue(unsure.err().contains("chain-unavailable"), unsure.err());
        seller.refuses(request -> null);
        final CommandLine.Run run = ask(rows, pass, "--drop", 2);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(List.of("AnswerVerified", "finished"), names(run.events()));
        assertEquals(2, run.events().getLast().get("count").asInt());
    }

    @Test
    void takesTheSellersWordForNoCountThatWasNotSigned() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.rows("counts.csv", 2);
        seller.refuses(request -> LyingSeller.problem(409, "count-conflict").put("used", 900));
        assertEnds(4, "buy another pass", ask(rows, pass));
        assertEnds(4, "used 900", ask(rows, pass, "--drop", 2));
        assertTrue(Files.exists(sale.answer(pass, 2)));
        assertFalse(Files.exists(sale.answer(pass, 902)));
        seller.refuses(request -> request.body().path("count").asInt() == 2
                ? LyingSeller.problem(409, "count-conflict").put("used", 2)
                : null);
        assertEnds(4, "count-conflict", ask(rows, pass, "--drop", 2));
        assertEquals(4, query(pass, 4).get("count").asInt(), "after what was signed, by the seller's word");
    }

    @Test
    void signsAnewWhatTheSellerDidNotAcceptInTime() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.rows("deadline.csv", 2);
        seller.refuses(request -> LyingSeller.problem(503, "chain-unavailable"));
        assertEnds(5, "try again later", ask(rows, pass));
        final JsonNode first = query(pass, 2);
        sale.federation.passSeconds(DAY + 60);
        seller.refuses(request -> null);
        final CommandLine.Run run = ask(rows, pass);
        assertEquals(0, run.exitCode(), run.err());
        final JsonNode second = query(pass, 2);
        assertEquals(first.get("salt"), second.get("salt"), "the same rows under the same count");
        assertTrue(new BigInteger(second.get("deadline").asText())
                        .compareTo(new BigInteger(first.get("deadline").asText()))
                > 0);
        assertEquals(first.get("signature"), second.at("/others/0/signature"));
        assertEquals(0, sale.verify(sale.answer(pass, 2)).exitCode());
    }

    @Test
    void takesAnAnswerToAnEarlierSignature() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.rows("earlier.csv", 2);
        seller.loses(true);
        assertEquals(5, ask(rows, pass).exitCode());
        seller.loses(false);
        final JsonNode first = query(pass, 2);
        sale.federation.passSeconds(60);
        seller.refuses(request -> request.body().path("signature").equals(first.get("signature"))
                ? LyingSeller.problem(422, "pass-rejected").put("reason", "deadline-over")
                : null);
        final CommandLine.Run run = ask(rows, pass);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(first.get("signature"), query(pass, 2).get("signature"), "the seller had answered that one");
        assertNotEquals(first.get("signature"), query(pass, 2).at("/others/0/signature"));
        assertEquals(0, sale.verify(sale.answer(pass, 2)).exitCode());
    }

    @Test
    void goesOnAfterAnAnswerThatIsGone() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.rows("gone.csv", 2);
        seller.lies(answer -> answer.remove("proof"));
        seller.refuses(request -> request.method().equals("GET") ? LyingSeller.problem(404, "not-found") : null);
        assertEnds(4, "--drop 2", ask(rows, pass));
        seller.refuses(request -> request.method().equals("GET") ? LyingSeller.problem(409, "proof-term-over") : null);
        assertEnds(4, "--drop 2", ask(rows, pass));
        final AtomicBoolean gone = new AtomicBoolean(true);
        seller.refuses(request ->
                request.method().equals("GET") && gone.getAndSet(false) ? LyingSeller.problem(404, "not-found") : null);
        seller.lies(answer -> {});
        final CommandLine.Run run = ask(rows, pass, "--drop", 2);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(List.of("QueryDropped", "AnswerVerified", "finished"), names(run.events()));
        assertEquals(4, run.events().getLast().get("count").asInt(), "the seller has charged the first two");
    }

    @Test
    void keepsAProofThatIsThereWhenItsAnswerIsGivenUp() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.rows("paid.csv", 2);
        seller.lies(answer -> answer.remove("proof"));
        seller.refuses(
                request -> request.method().equals("GET") ? LyingSeller.problem(503, "chain-unavailable") : null);
        assertEquals(5, ask(rows, pass).exitCode());
        seller.refuses(request -> null);
        seller.lies(answer -> {});
        final String id = TestBuyer.parse(Files.readString(sale.answer(pass, 2)))
                .at("/answer/receipt/queryId")
                .asText();
        final TestBuyer reader = TestBuyer.of(sale, server, pass);
        Await.until(() -> assertTrue(reader.read(id).body().has("proof")));
        final CommandLine.Run run =
                sale.buyer.run("ask", "--pass", pass, "--drop", 2, "--endpoint", seller.url(), "--yes");
        assertEquals(List.of("AnswerVerified"), names(run.events()), run.err());
        assertEquals(List.of("finished"), names(ask(rows, pass).events()));
        assertFalse(Files.exists(sale.record(pass, "2.dropped.json")), "it is paid for");
    }

    /** The second of two equal rows is asked about once the first is left out. */
    @Test
    void namesAllRowsThatAreToBeLeftOut() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.buyer.workspace().resolve("bad-rows.csv");
        Files.writeString(rows, "name,age,dose\np,41,0.5\np,70,1.5\np,42,0.5\np,70,1.5\np,71,1.5\n");
        seller.refuses(request -> {
            for (int row = 0; row < request.body().path("rows").size(); row++) {
                if (request.body().get("rows").get(row).get(0).asInt() >= 70) {
                    return LyingSeller.problem(422, "inputs-rejected").put("row", row);
                }
            }
            return null;
        });
        assertEnds(4, "--drop 4 --without 2,4\"", ask(rows, pass));
        assertEnds(4, "--drop 3 --without 2,4,5\"", ask(rows, pass, "--drop", 4, "--without", "2,4"));
        final CommandLine.Run run = ask(rows, pass, "--drop", 3, "--without", "2,4,5");
        assertEquals(List.of("QueryDropped", "AnswerVerified", "finished"), names(run.events()), run.err());
        assertEquals(2, run.events().getLast().get("rows").asInt());
        assertEnds(4, "--drop 4 --without 2,4,5\"", ask(rows, pass)); // what was refused before is remembered
    }

    @Test
    void givesUpAQueryHoweverItIsRefused() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.rows("stuck.csv", 2);
        final List<LyingSeller.Refusal> refusals = List.of(
                request -> LyingSeller.page(413),
                request -> LyingSeller.page(403),
                request -> LyingSeller.problem(500, "internal-error"),
                request -> LyingSeller.problem(200, "no-answer"),
                request -> LyingSeller.problem(401, "signature-rejected"),
                request -> LyingSeller.problem(404, "not-found"));
        seller.refuses(refusals.getFirst());
        assertNotEquals(0, ask(rows, pass).exitCode());
        for (int i = 0; i < refusals.size(); i++) {
            seller.refuses(refusals.get(i));
            final CommandLine.Run run =
                    sale.buyer.run("ask", "--pass", pass, "--drop", 2, "--endpoint", seller.url(), "--yes");
            assertEquals(List.of("QueryDropped"), names(run.events()), i + ": " + run.err());
            assertNotEquals(0, ask(rows, pass).exitCode(), "it is signed again, and refused again");
        }
        seller.refuses(request -> null);
        assertEquals(0, ask(rows, pass).exitCode());
    }

    @Test
    void givesUpWhatTheChainsVerifierCannotCheck() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final ObjectNode request = TestBuyer.of(sale, server, pass).query(200, 200, TestBuyer.salt(1));
        final ObjectNode file = (ObjectNode) TestBuyer.parse("{\"format\": \"zkml-answer/1\"}");
        file.put("chainId", sale.deployment.chainId().toString())
                .put("market", sale.deployment.inferenceMarket().toString());
        final ObjectNode query = request.deepCopy().put("modelId", sale.model).put("features", 3);
        final var values = query.putArray("values");
        for (int i = 0; i < 200; i++) {
            values.add(16).add(0).add(0);
        }
        file.set("query", query);
        Files.writeString(sale.answer(pass, 200), file.toString());
        final Path rows = sale.rows("few.csv", 2);
        assertEnds(4, "--drop 200 --batch 100\"", ask(rows, pass));
        final CommandLine.Run run = ask(rows, pass, "--drop", 200);
        assertEquals(List.of("QueryDropped", "AnswerVerified", "finished"), names(run.events()), run.err());
        assertEquals(2, run.events().getLast().get("count").asInt());
    }

    @Test
    void saysWhenASellerHasForgottenWhatItCharged() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        assertEquals(0, ask(sale.rows("kept.csv", 1), pass).exitCode());
        seller.refuses(request -> LyingSeller.problem(409, "count-conflict").put("used", 0));
        final CommandLine.Run run = ask(sale.rows("restored.csv", 3), pass);
        assertEnds(4, "buy another pass", run);
        assertFalse(run.err().contains("--drop"), run.err());

        sale.owner.run("redeem", "--endpoint", sale.endpoint());
        Files.delete(sale.answer(pass, 1));
        assertEnds(4, "it redeemed or answered up to count 1", ask(sale.rows("restored.csv", 3), pass));
    }

    @Test
    void goesOnAfterAQueryThatIsTooLargeOrAnsweredSoLongAgoThatItIsForgotten() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.rows("forgotten.csv", 4);
        seller.refuses(request -> request.asks(4) ? LyingSeller.problem(413, "too-large") : null);
        assertEnds(4, "--drop 4 --batch 2\"", ask(rows, pass));
        seller.refuses(request ->
                request.asks(4) ? LyingSeller.problem(413, "too-large") : LyingSeller.problem(409, "proof-term-over"));
        assertEnds(4, "--drop 2\"", ask(rows, pass, "--drop", 4, "--batch", 2));
        seller.refuses(request ->
                request.body().path("count").asInt() == 2 ? LyingSeller.problem(409, "proof-term-over") : null);
        assertEnds(4, "count-conflict", ask(rows, pass, "--drop", 2));
        assertEquals(6, query(pass, 6).get("count").asInt(), "the seller said that it had charged two");
        final List<JsonNode> events = ask(rows, pass, "--drop", 6).events();
        assertEquals(List.of("QueryDropped", "AnswerVerified", "finished"), names(events));
        assertEquals(4, events.getLast().get("count").asInt(), "its last word counts");
    }

    /** Each signed by the seller itself. */
    @Test
    void refusesReceiptsThatOweTheProofTooEarlyTooLateOrOtherwiseThanBefore() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.rows("terms.csv", 2);
        final long now = System.currentTimeMillis() / 1000;
        seller.lies(signed("1").andThen(answer -> answer.remove("proof")));
        assertEnds(5, "owes the proof until 1, less than an hour from now", ask(rows, pass));
        assertFalse(Files.exists(sale.record(pass, "2.refused.json")), "no receipt says when it was signed");
        seller.lies(signed("340282366920938463463374607431768211456"));
        assertEnds(1, "two days after the pass's term", ask(rows, pass));
        assertTrue(Files.exists(sale.record(pass, "2.refused.json")));
        seller.lies(signed(Long.toString(now + DAY)).andThen(answer -> answer.remove("proof")));
        seller.refuses(
                request -> request.method().equals("GET") ? LyingSeller.problem(503, "chain-unavailable") : null);
        assertEquals(5, ask(rows, pass).exitCode());
        assertEnds(1, "now the seller shows", sale.tryToAsk(rows, pass, "--endpoint", sale.endpoint()));
    }

    private Consumer<ObjectNode> signed(String proofDeadline) {
        return answer -> {
            final ObjectNode receipt = (ObjectNode) answer.get("receipt");
            final AnswerReceipt changed = new AnswerReceipt(
                    new BigInteger(receipt.get("modelId").asText()),
                    new BigInteger(receipt.get("passId").asText()),
                    receipt.get("count").asLong(),
                    new BigInteger(receipt.get("queryId").asText().substring(2), 16),
                    receipt.get("version").asInt(),
                    receipt.get("lq").asInt(),
                    point(receipt.get("cX")),
                    point(receipt.get("cP")),
                    new BigInteger(proofDeadline));
            final byte[] digest = new MarketMessages(
                            sale.deployment.chainId(),
                            sale.deployment.inferenceMarket().toBigInteger())
                    .receipt(changed);
            try (Vault vault = Vault.open(DeployedByCommandLine.SELLER, CommandLine.SELLER_PASSPHRASE.toCharArray())) {
                receipt.put("proofDeadline", proofDeadline)
                        .put(
                                "signature",
                                Hex.of(SessionKey.of(new SellerVault(vault).key())
                                        .sign(digest)));
            }
        };
    }

    private static G1Affine point(JsonNode point) {
        return G1Affine.of(
                new BigInteger(point.get("x").asText()),
                new BigInteger(point.get("y").asText()));
    }

    @Test
    void signsNothingThatTheChainsVerifierCannotCheck() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.buyer.workspace().resolve("many-rows.csv");
        Files.writeString(rows, "name,age,dose\n" + distinct(200));
        assertEnds(4, "the contracts verify none beyond 2^9", sale.tryToAsk(rows, pass, "--batch", 200));
        assertFalse(Files.exists(sale.answer(pass, 200)));
    }

    private static String distinct(int rows) {
        final StringBuilder csv = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            csv.append("p,")
                    .append(40 + i % 20)
                    .append(',')
                    .append(i / 20 * 0.25)
                    .append('\n');
        }
        return csv.toString();
    }

    @Test
    void sendsRowsNowhereThatTheBuyerDidNotAgreeTo() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.rows("where.csv", 2);
        seller.refuses(request -> LyingSeller.problem(503, "chain-unavailable"));
        assertEquals(5, ask(rows, pass).exitCode());
        final Object[] again = {"ask", rows, "--pass", pass, "--endpoint", seller.url()};
        assertEquals(5, sale.buyer.run(again).exitCode(), "what was agreed to is not asked twice");
        assertEnds(4, "rows went to " + seller.url() + ", the model is listed at", sale.tryToAsk(rows, pass));
        final Object[] moved = {"ask", rows, "--pass", pass, "--endpoint", sale.endpoint()};
        assertEnds(2, "nobody is there to ask", sale.buyer.run(moved));

        final String stranger = Federation.OWNER;
        final String warned = sale.list(stranger, "http://models.example.org", Sale.TIERS);
        final CommandLine.Run elsewhere = sale.tryToAsk(rows, pass);
        sale.list(Sale.TIERS);
        assertTrue(warned.contains("http://models.example.org: rows and answers would travel there in clear"), warned);
        assertEnds(4, "is listed for the seller " + stranger + " now", elsewhere);
        assertEquals(0, sale.tryToAsk(rows, pass, "--endpoint", sale.endpoint()).exitCode());
    }

    @Test
    void oneRunAtATimeAsksWithAPass() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path rows = sale.rows("two.csv", 1);
        try (FileChannel other = FileChannel.open(
                        sale.record(pass, "lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = other.lock()) {
            assertTrue(lock.isValid());
            assertEnds(7, "another \"zkml ask\" is at work with this pass", sale.tryToAsk(rows, pass));
        }
        assertEquals(0, sale.tryToAsk(rows, pass).exitCode());
    }

    @Test
    void asksNoNodeThatSaysSomethingElseOfThePassThanWhenItWasBought() throws IOException {
        final String pass = sale.buy(FOR_LONG);
        final Path bought = sale.record(pass, "pass.json");
        final String before = Files.readString(bought);
        for (String member : List.of("seller", "price", "version", "schemaHash", "model", "termEnd")) {
            final ObjectNode other = (ObjectNode) TestBuyer.parse(before);
            other.remove(member);
            Files.writeString(
                    bought,
                    member.equals("termEnd") ? other.put(member, 1L << 40).toString() : other.toString());
            final CommandLine.Run run = sale.tryToAsk(sale.rows("pinned.csv", 1), pass);
            assertEnds(4, "pass.json: ", run);
            assertTrue(run.err().contains("nothing was sent"), run.err());
        }
        final ObjectNode minedAgain = (ObjectNode) TestBuyer.parse(before);
        Files.writeString(
                bought,
                minedAgain
                        .put("termEnd", minedAgain.get("termEnd").asLong() + 600)
                        .toString());
        assertEquals(0, sale.tryToAsk(sale.rows("pinned.csv", 1), pass).exitCode());
    }
}
