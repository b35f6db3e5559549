package org.zkml.api.v1;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.zkml.api.v1.Api.CAMPAIGNS;
import static org.zkml.api.v1.Api.post;
import static org.zkml.api.v1.Api.problem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;
import org.zkml.api.Await;
import org.zkml.api.OnMarket;
import org.zkml.api.v1.Letters.Writer;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.mailbox.MailboxSweeper;
import org.zkml.backend.market.TestMarket;
import org.zkml.backend.market.TestProvider;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Identity;
import org.zkml.prover.cli.Mailbox;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.envelope.Envelope;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.envelope.SecretKeys;

/** Envelopes between the accounts of a campaign: who may leave them, who may read them. */
@QuarkusTest
@OnMarket
class MailboxTest {

    private static final Writer OWNER = Writer.of(TestMarket.account(0));
    private static final Writer AGGREGATOR = Writer.of(TestMarket.account(1));
    private static final Writer STRANGER = Writer.of(TestMarket.account(5));
    /** Returns ERC-1271's magic value, whatever is asked. */
    private static final String AGREEABLE_WALLET = "0x631626ba7e60e01b60005260206000f3";
    /** Agrees if it has more than two million gas. */
    private static final String HUNGRY_WALLET = "0x5a621e848010631626ba7e60e01b0260005260206000f3";
    /** Returns a word of zeros. */
    private static final String REFUSING_WALLET = "0x60206000f3";
    /** Returns what it is called with, which begins as ERC-1271's magic value does. */
    private static final String ECHOING_WALLET = "0x366000600037366000f3";

    private static final List<Address> AGGREGATORS =
            List.of(Address.parse(OWNER.address()), Address.parse(AGGREGATOR.address()));

    @Inject
    ChainConfig config;

    @Inject
    MailboxSweeper sweeper;

    @Inject
    DataSource database;

    private TestMarket market;
    private Letters letters;
    private List<Writer> providers;

    /** Three providers with seats in a campaign of its own. */
    @BeforeEach
    void takeSeats() {
        market = TestMarket.at(
                config.rpcUrl().toString(), config.deploymentFile().orElseThrow());
        final List<TestProvider> all = market.providers(3);
        final BigInteger campaign = market.open(all);
        Seats.take(all, campaign);
        letters = new Letters(market, campaign);
        providers = all.stream().map(Writer::of).toList();
    }

    @Test
    void carriesEveryKindToItsRecipientWhoAloneCanReadIt() {
        final Writer provider = providers.getFirst();
        for (MessageKind kind : MessageKind.values()) {
            final Writer sender = kind == MessageKind.SHARE ? provider : AGGREGATOR;
            final Writer recipient = switch (kind) {
                case SHARE -> AGGREGATOR;
                case RECEIPT, MODEL -> provider;
                case PARTIAL_SUM, CLOSING -> OWNER;
            };
            final byte[] payload = new byte[(int) kind.payloadBytes(Letters.LK)];
            new Random(kind.code()).nextBytes(payload);
            final Response stored = post(letters.path(), letters.letter(0, kind, sender, recipient.address(), payload));
            final String id = stored.path("id");
            stored.then()
                    .statusCode(201)
                    .header("Location", endsWith(letters.path() + "/" + id))
                    .body("receivedAt", notNullValue());

            final Response inbox = letters.read(recipient, "&round=0");
            inbox.then().statusCode(200).body("next", nullValue());
            final List<String> ids = inbox.path("items.id");
            final int at = ids.indexOf(id);
            assertTrue(at >= 0, () -> kind + " is not in " + ids);
            final byte[] envelope = Hex.parse(inbox.path("items[" + at + "].envelope"));
            final MessageContext context = letters.context(0, kind, sender.address(), recipient.address());
            assertArrayEquals(payload, Envelope.open(envelope, TestMarket.keys(recipient.address()), context));

            message(id, sender).statusCode(200).body("envelope", equalTo(Hex.of(envelope)));
            message(id, recipient).statusCode(200);
            message(id, providers.getLast()).statusCode(404);
        }
        letters.read(providers.getLast(), "").then().statusCode(200).body("items", empty());
    }

    private ValidatableResponse message(String id, Writer account) {
        return given().headers(letters.permit(account))
                .get(letters.path() + "/" + id + "?account=" + account.address())
                .then();
    }

    @Test
    void answersARepeatWithWhatIsThereAndAnotherOneWithAConflict() {
        final Writer provider = providers.get(1);
        final ObjectNode letter = letters.letter(0, MessageKind.SHARE, provider, OWNER.address());
        final Response first = post(letters.path(), letter);
        first.then().statusCode(201);
        final Response again = post(letters.path(), letter);
        again.then().statusCode(200).body("id", equalTo(first.path("id")));
        assertEquals(first.header("Location"), again.header("Location"));
        problem(post(letters.path(), letters.letter(0, MessageKind.SHARE, provider, OWNER.address())), 409, "conflict")
                .body("existing", equalTo(letters.path() + "/" + first.path("id")));
        post(letters.path(), letters.letter(0, MessageKind.SHARE, provider, AGGREGATOR.address()))
                .then()
                .statusCode(201);
        letters.read(OWNER, "")
                .then()
                .body("items.envelope", contains(letter.get("envelope").asText()));
    }

    @Test
    void takesNothingThatItsSenderHasNotSigned() {
        final Writer provider = providers.getFirst();
        final String to = AGGREGATOR.address();
        final ObjectNode letter = letters.letter(0, MessageKind.SHARE, provider, to);
        final byte[] envelope = Hex.parse(letter.get("envelope").asText());
        final Letters other = new Letters(market, letters.campaign().add(BigInteger.ONE));
        final Map<String, MessageContext> wrong = Map.of(
                "round", letters.context(1, MessageKind.SHARE, provider.address(), to),
                "kind", letters.context(0, MessageKind.MODEL, provider.address(), to),
                "sender", letters.context(0, MessageKind.SHARE, to, to),
                "recipient", letters.context(0, MessageKind.SHARE, provider.address(), OWNER.address()),
                "campaign", other.context(0, MessageKind.SHARE, provider.address(), to));
        wrong.forEach((member, context) -> {
            final ObjectNode body = letters.signed(context, MessageKind.SHARE, provider, to, envelope);
            body.put("round", 0);
            problem(post(letters.path(), body), 422, "signature-rejected")
                    .body("digest", matchesPattern("0x[0-9a-f]{64}"));
        });
        final Writer impostor =
                new Writer(provider.address(), providers.getLast().signer());
        problem(post(letters.path(), letters.letter(0, MessageKind.SHARE, impostor, to)), 422, "signature-rejected")
                .body("detail", containsString(providers.getLast().address()));
        final ObjectNode changed = letter.deepCopy();
        envelope[envelope.length - 1] ^= 1;
        problem(post(letters.path(), changed.put("envelope", Hex.of(envelope))), 422, "signature-rejected");
        problem(post(letters.path(), letter.deepCopy().put("signature", "0x")), 422, "signature-rejected");
        letters.read(AGGREGATOR, "").then().body("items", empty());
        post(letters.path(), letter).then().statusCode(201);
    }

    @Test
    void takesNothingFromOrForAccountsWithoutTheirPart() {
        final Writer provider = providers.getFirst();
        final Writer second = providers.get(1);
        refused(MessageKind.SHARE, STRANGER, AGGREGATOR, "needs a provider with a seat");
        refused(MessageKind.SHARE, OWNER, AGGREGATOR, "needs a provider with a seat");
        refused(MessageKind.SHARE, provider, second, "needs an aggregator");
        refused(MessageKind.SHARE, provider, STRANGER, "needs an aggregator");
        refused(MessageKind.RECEIPT, provider, second, "needs an aggregator");
        refused(MessageKind.RECEIPT, AGGREGATOR, OWNER, "needs a provider with a seat");
        refused(MessageKind.PARTIAL_SUM, provider, AGGREGATOR, "kind partial-sum needs an aggregator");
        refused(MessageKind.PARTIAL_SUM, AGGREGATOR, provider, "needs an aggregator");
        refused(MessageKind.CLOSING, provider, AGGREGATOR, "needs an aggregator");
        refused(MessageKind.CLOSING, AGGREGATOR, provider, "needs an aggregator");
        refused(MessageKind.MODEL, provider, second, "needs an aggregator");
        refused(MessageKind.MODEL, OWNER, STRANGER, "needs a provider with a seat");
        refused(MessageKind.PARTIAL_SUM, AGGREGATOR, AGGREGATOR, "to itself");
        problem(
                        post(letters.path(), letters.letter(1, MessageKind.SHARE, provider, OWNER.address())),
                        422,
                        "not-in-campaign")
                .body("detail", containsString("no round 1"));
    }

    @Test
    void takesMessagesOfThePresentRoundAndTheAverageOfTheOneBefore() throws SQLException {
        final Letters two = new Letters(market, market.open(market.providers(3), 2));
        Await.until(() -> two.read(OWNER, "").then().statusCode(200));
        refusedAsOfAnotherRound(two, 1, MessageKind.PARTIAL_SUM, 0);
        execute("update campaign set seats = 3, round_begins = 0 where id = " + two.campaign());
        post(two.path(), two.letter(0, MessageKind.PARTIAL_SUM, AGGREGATOR, OWNER.address()))
                .then()
                .statusCode(201);
        execute("update campaign set round = 1 where id = " + two.campaign());
        refusedAsOfAnotherRound(two, 0, MessageKind.CLOSING, 1);
        post(two.path(), two.letter(1, MessageKind.CLOSING, AGGREGATOR, OWNER.address()))
                .then()
                .statusCode(201);
        problem(
                        post(two.path(), two.letter(0, MessageKind.MODEL, AGGREGATOR, STRANGER.address())),
                        422,
                        "not-in-campaign")
                .body("detail", containsString("a provider with a seat"));
        execute("update campaign set round = 2 where id = " + two.campaign());
        refusedAsOfAnotherRound(two, 0, MessageKind.MODEL, 2);
        refusedAsOfAnotherRound(two, 1, MessageKind.PARTIAL_SUM, 2);
    }

    private static void refusedAsOfAnotherRound(Letters letters, int round, MessageKind kind, int present) {
        problem(post(letters.path(), letters.letter(round, kind, AGGREGATOR, OWNER.address())), 422, "not-in-campaign")
                .body(
                        "detail",
                        containsString("for round " + round + " would come too early or too late: the present round of"
                                + " campaign " + letters.campaign() + " is " + present));
    }

    private void refused(MessageKind kind, Writer sender, Writer recipient, String detail) {
        problem(post(letters.path(), letters.letter(0, kind, sender, recipient.address())), 422, "not-in-campaign")
                .body("detail", containsString(detail));
    }

    @Test
    void takesEnvelopesOfOneSizeAKind() {
        final Writer provider = providers.getFirst();
        final int right = (int) MessageKind.SHARE.payloadBytes(Letters.LK);
        for (int size : new int[] {0, right - 1, right + 1, 2 * right}) {
            problem(
                            post(
                                    letters.path(),
                                    letters.letter(0, MessageKind.SHARE, provider, OWNER.address(), new byte[size])),
                            400,
                            "malformed-request")
                    .body("field", equalTo("envelope"))
                    .body("detail", containsString("share has " + Envelope.sizeBytes(right)));
        }
    }

    @Test
    void namesTheFieldThatIsMalformed() {
        final ObjectNode letter = letters.letter(0, MessageKind.SHARE, providers.getFirst(), OWNER.address());
        malformed(letter.deepCopy().put("round", -1), "round");
        malformed(letter.deepCopy().put("round", 65_536), "round");
        malformed(letter.deepCopy().put("round", "0"), "round");
        malformed(letter.deepCopy().put("round", 0.9), "round");
        malformed(letter.deepCopy().put("kind", 1), "kind");
        malformed(letter.deepCopy().putNull("round"), "round");
        malformed(letter.deepCopy().put("kind", "SHARE"), "kind");
        malformed(letter.deepCopy().putNull("kind"), "kind");
        malformed(letter.deepCopy().put("sender", "0x12"), "sender");
        malformed(letter.deepCopy().putNull("recipient"), "recipient");
        malformed(letter.deepCopy().put("envelope", "01"), "envelope");
        malformed(letter.deepCopy().put("signature", "0x" + "00".repeat(4097)), "signature");
        malformed(letter.deepCopy().put("payload", "0x"), "payload");
        problem(post(letters.path(), "null"), 400, "malformed-request");
        problem(post(letters.path(), "{\"envelope\": \"0x" + "00".repeat(600_000) + "\"}"), 413, "too-large")
                .body("limitBytes", equalTo(1024 * 1024));
        problem(post(CAMPAIGNS + "/x/messages", letter), 400, "malformed-request")
                .body("field", equalTo("id"));
        problem(post(CAMPAIGNS + "/999999/messages", letter), 404, "not-found");
    }

    private void malformed(ObjectNode body, String field) {
        problem(post(letters.path(), body), 400, "malformed-request")
                .body("field", equalTo(field))
                .body("detail", not(containsString("zkml.")))
                .body("detail", not(containsString("java.")));
    }

    @Test
    void showsMessagesToNobodyWithoutTheAccountsPermission() {
        final String inbox = letters.path() + "?account=" + OWNER.address();
        problem(get(inbox), 400, "malformed-request").body("field", equalTo("Mailbox-Deadline"));
        final long now = System.currentTimeMillis() / 1000;
        problem(read(inbox, letters.permit(OWNER, now - 1)), 422, "signature-rejected")
                .body("detail", containsString("its deadline " + (now - 1)))
                .body("digest", notNullValue());
        problem(read(inbox, letters.permit(OWNER, now + 700)), 422, "signature-rejected");
        problem(read(inbox, letters.permit(AGGREGATOR)), 422, "signature-rejected");
        problem(
                read(inbox, new Letters(market, letters.campaign().subtract(BigInteger.ONE)).permit(OWNER)),
                422,
                "signature-rejected");
        problem(letters.read(STRANGER, ""), 422, "not-in-campaign")
                .body("detail", containsString(STRANGER.address() + " has no seat"));
        problem(letters.read(OWNER, "&kind=letter"), 400, "malformed-request").body("field", equalTo("kind"));
        problem(letters.read(OWNER, "&round=65536"), 400, "malformed-request").body("field", equalTo("round"));
        problem(letters.read(OWNER, "&limit=0"), 400, "malformed-request").body("field", equalTo("limit"));
        problem(letters.read(OWNER, "&after=x"), 400, "malformed-request").body("field", equalTo("after"));
        problem(
                read(CAMPAIGNS + "/999999/messages?account=" + OWNER.address(), letters.permit(OWNER)),
                404,
                "not-found");
        problem(
                read(letters.path() + "/0x" + "11".repeat(32) + "?account=" + OWNER.address(), letters.permit(OWNER)),
                404,
                "not-found");
        letters.read(OWNER, "").then().statusCode(200).body("items", empty());
    }

    private static Response read(String path, Map<String, String> permit) {
        return given().headers(permit).get(path);
    }

    @Test
    void pagesThroughMessages() {
        for (Writer provider : providers) {
            post(letters.path(), letters.letter(0, MessageKind.SHARE, provider, OWNER.address()))
                    .then()
                    .statusCode(201);
        }
        post(letters.path(), letters.letter(0, MessageKind.PARTIAL_SUM, AGGREGATOR, OWNER.address()))
                .then()
                .statusCode(201);
        final Response first = letters.read(OWNER, "&limit=2");
        first.then().body("items", hasSize(2));
        final Response second = letters.read(OWNER, "&limit=2&after=" + first.path("next"));
        second.then()
                .body("next", nullValue())
                .body("items.sender", contains(providers.get(2).address(), AGGREGATOR.address()))
                .body("items.kind", contains("share", "partial-sum"));
        letters.read(OWNER, "&kind=partial-sum").then().body("items", hasSize(1));
        letters.read(OWNER, "&kind=model").then().body("items", empty());
        letters.read(OWNER, "&round=0&kind=share").then().body("items", hasSize(3));
        letters.read(OWNER, "&round=1").then().body("items", empty());
    }

    @Test
    void asksContractWalletsForTheirSignature() {
        final Writer wallet = new Writer(providers.getFirst().address(), digest -> new byte[] {1, 2, 3});
        market.node().call("hardhat_setCode", wallet.address(), REFUSING_WALLET);
        final ObjectNode letter = letters.letter(0, MessageKind.SHARE, wallet, OWNER.address());
        problem(post(letters.path(), letter), 422, "signature-rejected")
                .body("detail", containsString("the wallet does not recognise"));
        problem(letters.read(wallet, ""), 422, "signature-rejected");
        market.node().call("hardhat_setCode", wallet.address(), ECHOING_WALLET);
        problem(post(letters.path(), letter), 422, "signature-rejected")
                .body("detail", containsString("the wallet does not recognise"));
        market.node().call("hardhat_setCode", wallet.address(), HUNGRY_WALLET);
        problem(post(letters.path(), letter), 422, "signature-rejected");
        market.node().call("hardhat_setCode", wallet.address(), AGREEABLE_WALLET);
        post(letters.path(), letter).then().statusCode(201);
        letters.read(wallet, "").then().statusCode(200);
    }

    /** The tools' side of it, which believes the server in nothing. */
    @Test
    void theToolsSendOnceAndReadWhatIsSigned() throws SQLException {
        final RoundId round = letters.round(0);
        try (Chain chain = Chain.at(config.rpcUrl().toString())) {
            final Mailbox owner = mailbox(chain, TestMarket.account(0));
            final Mailbox aggregator = mailbox(chain, TestMarket.account(1));
            final byte[] payload = new byte[(int) MessageKind.PARTIAL_SUM.payloadBytes(Letters.LK)];
            new Random(1).nextBytes(payload);
            final MessageContext context =
                    letters.context(0, MessageKind.PARTIAL_SUM, AGGREGATOR.address(), OWNER.address());
            assertTrue(aggregator.sent(context).isEmpty());
            final Mailbox.Signed first = aggregator.send(
                    context, payload, TestMarket.keys(OWNER.address()).publicKeys());
            final Mailbox.Signed again = aggregator.send(
                    context,
                    new byte[payload.length],
                    TestMarket.keys(OWNER.address()).publicKeys());
            assertArrayEquals(first.envelope(), again.envelope());
            final List<Mailbox.Letter> received =
                    owner.received(round, MessageKind.PARTIAL_SUM, Letters.LK, AGGREGATORS);
            assertEquals(1, received.size());
            assertEquals(context, received.getFirst().context());
            assertArrayEquals(payload, received.getFirst().payload().orElseThrow());
            assertEquals(List.of(), owner.received(round, MessageKind.CLOSING, Letters.LK, AGGREGATORS));
            assertEquals(List.of(), aggregator.received(round, MessageKind.PARTIAL_SUM, Letters.LK, AGGREGATORS));

            // A server that changes a message shows one that its sender has not signed.
            final String own = " where campaign_id = " + letters.campaign();
            execute("update mailbox_message set sender = '"
                    + providers.getFirst().address() + "'" + own);
            assertEquals(List.of(), owner.received(round, MessageKind.PARTIAL_SUM, Letters.LK, AGGREGATORS));
            execute("update mailbox_message set sender = '" + AGGREGATOR.address() + "', kind = 'CLOSING'" + own);
            assertEquals(List.of(), owner.received(round, MessageKind.CLOSING, Letters.LK, AGGREGATORS));
            execute("update mailbox_message set kind = 'PARTIAL_SUM', envelope = signature" + own);
            assertEquals(List.of(), owner.received(round, MessageKind.PARTIAL_SUM, Letters.LK, AGGREGATORS));
            assertTrue(aggregator.sent(context).isEmpty());
        }
    }

    @Test
    void theToolsShowASignedEnvelopeThatDoesNotOpen() {
        final Writer provider = providers.getFirst();
        final MessageContext context = letters.context(0, MessageKind.SHARE, provider.address(), OWNER.address());
        final byte[] junk = new byte[(int) Envelope.sizeBytes(MessageKind.SHARE.payloadBytes(Letters.LK))];
        post(letters.path(), letters.signed(context, MessageKind.SHARE, provider, OWNER.address(), junk))
                .then()
                .statusCode(201);
        market.node().call("hardhat_setCode", providers.get(1).address(), AGREEABLE_WALLET);
        final Writer wallet = new Writer(providers.get(1).address(), digest -> new byte[] {1});
        post(letters.path(), letters.letter(0, MessageKind.SHARE, wallet, OWNER.address()))
                .then()
                .statusCode(201);
        try (Chain chain = Chain.at(config.rpcUrl().toString())) {
            final Mailbox owner = mailbox(chain, TestMarket.account(0));
            final List<Address> senders = List.of(Address.parse(provider.address()), Address.parse(wallet.address()));
            final List<Mailbox.Letter> shares =
                    owner.received(letters.round(0), MessageKind.SHARE, Letters.LK, senders);
            assertEquals(2, shares.size());
            assertArrayEquals(junk, shares.getFirst().signed().envelope());
            assertTrue(shares.getFirst().payload().isEmpty());
            assertTrue(shares.getLast().payload().isPresent());
            final List<Mailbox.Letter> awaited =
                    owner.received(letters.round(0), MessageKind.SHARE, Letters.LK, senders.subList(1, 2));
            assertEquals(1, awaited.size());
            assertEquals(
                    wallet.address(),
                    Address.of(awaited.getFirst().context().sender()).toString().toLowerCase(Locale.ROOT));
            assertEquals(List.of(), owner.received(letters.round(0), MessageKind.SHARE, Letters.LK + 1, senders));
            assertEquals(List.of(), owner.received(letters.round(0), MessageKind.SHARE, Letters.LK, List.of()));
            market.node().call("hardhat_setCode", wallet.address(), REFUSING_WALLET);
            assertEquals(
                    1,
                    owner.received(letters.round(0), MessageKind.SHARE, Letters.LK, senders)
                            .size());
            market.node().call("hardhat_setCode", wallet.address(), ECHOING_WALLET);
            assertEquals(
                    1,
                    owner.received(letters.round(0), MessageKind.SHARE, Letters.LK, senders)
                            .size());
            market.node().call("hardhat_setCode", wallet.address(), "0x60006000fd");
            assertEquals(
                    1,
                    owner.received(letters.round(0), MessageKind.SHARE, Letters.LK, senders)
                            .size());
        }
    }

    private Mailbox mailbox(Chain chain, Credentials account) {
        final SecretKeys keys = TestMarket.keys(account.getAddress());
        final byte[] key = Hex.word(account.getEcKeyPair().getPrivateKey());
        return new Mailbox(
                "http://127.0.0.1:" + RestAssured.port, chain, new Identity(key, keys.x25519(), keys.mlKemSeed()));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertEquals(1, statement.executeUpdate(sql));
        }
    }

    @Test
    void keepsMessagesUntilSomeTimeAfterTheCampaignsEnd() {
        final Duration retention = Duration.ofDays(90);
        post(letters.path(), letters.letter(0, MessageKind.SHARE, providers.getFirst(), OWNER.address()))
                .then()
                .statusCode(201);
        final Instant late = lastDeadline().plus(retention);
        sweeper.sweep(late);
        letters.read(OWNER, "").then().body("items", hasSize(1));
        assertEquals(1, sweeper.sweep(late.plusSeconds(1)));
        final ObjectNode share = letters.letter(0, MessageKind.SHARE, providers.getLast(), OWNER.address());
        post(letters.path(), share).then().statusCode(201);
        market.lapse(letters.campaign());
        final String events = "/api/v1/audit/events?name=CampaignCancelled&campaign=" + letters.campaign();
        Await.until(() -> get(events).then().body("items", hasSize(1)));
        final Instant end = Instant.parse(get(events).path("items[0].blockTime"));
        sweeper.sweep(end.plus(retention));
        letters.read(OWNER, "").then().body("items", hasSize(1));
        assertEquals(1, sweeper.sweep(end.plus(retention).plusSeconds(1)));
        letters.read(OWNER, "").then().body("items", empty());
        problem(post(letters.path(), share), 422, "not-in-campaign").body("detail", containsString("is cancelled"));
    }

    private Instant lastDeadline() {
        return Instant.parse(get(CAMPAIGNS + "/" + letters.campaign()).path("deadlines.aggregation"));
    }

    @Test
    void removesTheMessagesOfRoundsBeforeTheOneThatIsHandedOver() throws SQLException {
        post(letters.path(), letters.letter(0, MessageKind.SHARE, providers.getFirst(), OWNER.address()))
                .then()
                .statusCode(201);
        final Instant now = Instant.now();
        averaged(0, now.minus(Duration.ofDays(3)));
        assertEquals(0, sweeper.sweep(now));
        averaged(1, now);
        assertEquals(0, sweeper.sweep(now.plus(Duration.ofDays(1))));
        assertEquals(1, sweeper.sweep(now.plus(Duration.ofDays(1)).plusSeconds(1)));
        execute("delete from chain_event where block_number = 0 and log_index = 0");
        execute("delete from chain_event where block_number = 0 and log_index = 1");
    }

    /** As if the chain had it in its first block. */
    private void averaged(int round, Instant time) throws SQLException {
        execute("insert into chain_event (block_number, log_index, block_hash, block_time, transaction_hash, gas_used,"
                + " address, contract, name, scope, campaign_id, arguments) values (0, " + round + ", '0x', "
                + time.getEpochSecond() + ", '0x', 0, '0x', 'TrainingCampaigns', 'RoundAveraged', 'none', "
                + letters.campaign() + ", '{}')");
    }

    /** Whoever answers when it is asked may be another tomorrow: the signature that is good now is the one to show. */
    @Test
    void keepsTheLatestSignatureOfAnEnvelope() {
        final Writer provider = providers.getFirst();
        final ObjectNode letter = letters.letter(0, MessageKind.SHARE, provider, OWNER.address());
        post(letters.path(), letter).then().statusCode(201);
        market.node().call("hardhat_setCode", provider.address(), AGREEABLE_WALLET);
        post(letters.path(), letter.deepCopy().put("signature", "0x010203"))
                .then()
                .statusCode(200);
        letters.read(OWNER, "").then().body("items[0].signature", equalTo("0x010203"));
    }
}
