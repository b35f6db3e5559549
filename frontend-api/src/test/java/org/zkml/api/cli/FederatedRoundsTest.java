package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Hex;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.envelope.Envelope;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.PublicKeys;

/** Federated rounds by commands alone: a real chain, a real server, providers and aggregators with nothing in common but these. */
@QuarkusTest
@TestProfile(DeployedByCommandLine.class)
class FederatedRoundsTest {

    /** So many blocks below the head one counts as final, where a test says so. */
    private static final int DEPTH = 40;

    @Inject
    ChainConfig config;

    @TestHTTPResource
    URI server;

    @Test
    void averagesProvidersOverTwoRounds() throws IOException {
        final List<String> all = List.of("a", "b", "c", "d");
        final Federation federation = Federation.of("rounds", all, 2, config.rpcUrl(), server);
        for (int round = 0; round < 2; round++) {
            final List<String> names = round == 0 ? all : List.of("a", "b", "c");
            for (String name : names) {
                final List<String> events = names(federation.participate(name));
                assertEquals(
                        round == 0
                                ? List.of("proved", "contributed", "share-sent", "share-sent")
                                : List.of("model-received", "proved", "contributed", "share-sent", "share-sent"),
                        events);
            }
            assertEquals(names.size(), count(federation.aggregate(federation.owner), "share-accepted"));
            assertEquals(names.size(), count(federation.aggregate(federation.registry), "share-accepted"));
            for (String name : names) {
                assertEquals(List.of("share-acknowledged", "share-acknowledged"), names(federation.participate(name)));
            }
            federation.pass("share");
            if (round == 1) {
                releasesNoSumWithoutAnEarlierProviderUnasked(federation);
            }
            assertEquals(
                    List.of(), names(federation.aggregate(federation.owner, "--allow-missing", "--confirmations", 1)));
            for (CommandLine aggregator : List.of(federation.owner, federation.registry)) {
                assertEquals(
                        List.of("partial-sum-released"), names(federation.aggregate(aggregator, "--allow-missing")));
            }
            final JsonNode closed = federation.aggregate(federation.owner).getFirst();
            assertEquals("round-closed", closed.get("event").asText());
            assertTrue(closed.get("gasUsed").asLong() < 900_000, closed.toString());
            assertEquals(
                    round == 0 ? List.of("model-handed-over") : List.of("model-handed-over", "waiting"),
                    names(federation.aggregate(federation.registry, "--confirmations", DEPTH)));
            assertEquals(round + 1, federation.status().get("round").asInt());
            if (round == 0) {
                handsTheModelOverByFile(federation);
            }
        }
        assertEquals("finished", federation.status().get("state").asText());
        assertEquals(List.of("model-received", "finished"), names(federation.participate("a")));
        assertEquals(List.of("model-handed-over", "finished"), names(federation.aggregate(federation.owner)));
        forgetsTheSharesOfOthersWhenTheEndIsFinal(federation);
        evaluatesAlike(federation);
        tellsWhoHasNoPart(federation);
        final CommandLine provider = federation.providers.get("a");
        assertEquals(
                "14000000000000000000",
                provider.done("claim", "--campaign", federation.campaign, "--direct")
                        .get("amount")
                        .asText());
    }

    /** One provider is missing: it may have been kept away. */
    private static void releasesNoSumWithoutAnEarlierProviderUnasked(Federation federation) {
        final CommandLine.Run asked =
                federation.owner.run("aggregate", "run", "--campaign", federation.campaign, "--once");
        assertEquals(4, asked.exitCode(), asked.err());
        assertTrue(
                asked.err()
                        .contains(Federation.account(federation.providers.get("d"))
                                + "] contributed to the round before"),
                asked.err());
        assertTrue(asked.err().contains("--allow-missing"), asked.err());
    }

    /** To a seat that asks no server: from the registry, and on from that seat; not a file for somebody else, and no other model. */
    private static void handsTheModelOverByFile(Federation federation) throws IOException {
        final CommandLine seat = federation.providers.get("d");
        final Path folder = seat.workspace().resolve("handed-over");
        final Object[] handOver = {"model", "hand-over", "--campaign", federation.campaign, "--out", folder};
        assertEquals(4, federation.registry.done(handOver).get("files").asInt());
        final Path own = folder.resolve(federation.campaign + "-1-" + Federation.account(seat) + ".json");
        final Path other = folder.resolve(
                federation.campaign + "-1-" + Federation.account(federation.providers.get("c")) + ".json");
        final Object[] fetch = {"model", "fetch", "--campaign", federation.campaign, "--from"};
        assertFails(seat, 3, "does not open with the keys of this vault", with(fetch, other));
        assertFails(seat, 3, "this is model 1", with(fetch, own, "--round", 0));
        final JsonNode file = new ObjectMapper().readTree(own.toFile());
        assertFails(seat, 4, "does not open the commitment", with(fetch, falseModel(federation, file, own)));
        Files.writeString(own, file.toString());
        assertEquals(1, seat.done(with(fetch, own)).get("round").asInt());
        assertEquals(3, seat.done(handOver).get("files").asInt());
    }

    /** All weights are one: well-formed and sealed as it should be. */
    private static Path falseModel(Federation federation, JsonNode file, Path path) throws IOException {
        final MessageContext context = new MessageContext(
                Federation.deployment().round(new BigInteger(federation.campaign), 0),
                MessageKind.MODEL,
                Address.parse(file.get("sender").asText()).toBigInteger(),
                Address.parse(file.get("recipient").asText()).toBigInteger());
        final byte[] payload = new byte[Math.toIntExact(MessageKind.MODEL.payloadBytes(2))];
        for (int last = 31; last < payload.length; last += 32) {
            payload[last] = 1;
        }
        final ObjectNode changed = file.deepCopy();
        try (Chain chain = Chain.at(federation.rpc(), context.round().chainId())) {
            final PublicKeys keys = new CampaignEvents(
                            chain, Federation.deployment(), new BigInteger(federation.campaign), 0)
                    .seats()
                    .getLast()
                    .keys();
            changed.put("envelope", Hex.of(Envelope.seal(payload, keys, context)));
        }
        return Files.writeString(path, changed.toString());
    }

    private static void assertFails(CommandLine who, int exitCode, String told, Object... arguments) {
        final CommandLine.Run run = who.run(arguments);
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.err().contains(told), run.err());
    }

    /** A command with more arguments. */
    static Object[] with(Object[] arguments, Object... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray();
    }

    /** The registry's: the owner has taken part in other tests. */
    private static void forgetsTheSharesOfOthersWhenTheEndIsFinal(Federation federation) {
        assertTrue(federation.hasSharesOfOthers(federation.registry));
        federation.node().mine(DEPTH);
        assertEquals(List.of("finished"), names(federation.aggregate(federation.registry, "--confirmations", DEPTH)));
        assertFalse(federation.hasSharesOfOthers(federation.registry));
    }

    private static void tellsWhoHasNoPart(Federation federation) {
        final CommandLine provider = federation.providers.get("c");
        final CommandLine.Run noAggregator =
                provider.run("aggregate", "run", "--campaign", federation.campaign, "--once");
        assertEquals(7, noAggregator.exitCode());
        assertTrue(noAggregator.err().contains("is no aggregator of campaign"), noAggregator.err());
        final CommandLine.Run noSeat =
                federation.registry.run("participate", "--campaign", federation.campaign, "--once", "--yes");
        assertEquals(7, noSeat.exitCode());
        assertTrue(noSeat.err().contains("has no seat in campaign"), noSeat.err());
        final CommandLine.Run noModel =
                provider.run("evaluate", federation.rows, "--campaign", federation.campaign, "--round", 3);
        assertEquals(2, noModel.exitCode());
        assertTrue(noModel.err().contains("has models 0 to 2"), noModel.err());
    }

    /** Seats and aggregators have the same models, round by round. */
    private static void evaluatesAlike(Federation federation) {
        for (int round = 0; round <= 2; round++) {
            final Object[] arguments = {"evaluate", federation.rows, "--campaign", federation.campaign, "--round", round
            };
            final JsonNode seat = federation.providers.get("b").done(arguments);
            assertEquals(6, seat.get("rows").asInt());
            if (round > 0) {
                assertTrue(seat.get("auc").asDouble() > 0.9, seat.toString());
                assertEquals(
                        seat,
                        federation.registry.done(
                                with(arguments, "--schema", federation.rows.resolveSibling("schema.json"))));
            }
        }
    }

    static List<String> names(List<JsonNode> events) {
        return events.stream().map(event -> event.get("event").asText()).toList();
    }

    static long count(List<JsonNode> events, String name) {
        return names(events).stream().filter(name::equals).count();
    }
}
