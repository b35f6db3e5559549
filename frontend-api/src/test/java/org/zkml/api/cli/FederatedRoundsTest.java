package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.prover.vault.Vault;

/** Federated rounds by commands alone: a real chain, a real server, providers and aggregators with nothing in common but these. */
@QuarkusTest
@TestProfile(DeployedByCommandLine.class)
class FederatedRoundsTest {

    @Inject
    ChainConfig config;

    @TestHTTPResource
    URI server;

    @Test
    void averagesThreeProvidersOverTwoRounds() throws IOException {
        final List<String> names = List.of("a", "b", "c");
        final Federation federation = Federation.of("rounds", names, 2, config.rpcUrl(), server);
        for (int round = 0; round < 2; round++) {
            for (String name : names) {
                final List<String> events = names(federation.participate(name));
                assertEquals(
                        round == 0
                                ? List.of("proved", "contributed", "share-sent", "share-sent")
                                : List.of("model-received", "proved", "contributed", "share-sent", "share-sent"),
                        events);
            }
            assertEquals(3, count(federation.aggregate(federation.owner), "share-accepted"));
            assertEquals(3, count(federation.aggregate(federation.registry), "share-accepted"));
            for (String name : names) {
                assertEquals(List.of("share-acknowledged", "share-acknowledged"), names(federation.participate(name)));
            }
            federation.pass("share");
            assertEquals(List.of("partial-sum-released"), names(federation.aggregate(federation.owner)));
            assertEquals(List.of("partial-sum-released"), names(federation.aggregate(federation.registry)));
            final JsonNode closed = federation.aggregate(federation.owner).getFirst();
            assertEquals("round-closed", closed.get("event").asText());
            assertTrue(closed.get("gasUsed").asLong() < 900_000, closed.toString());
            assertEquals(
                    "model-handed-over",
                    names(federation.aggregate(federation.registry)).getFirst());
            assertEquals(round + 1, federation.status().get("round").asInt());
        }
        assertEquals("finished", federation.status().get("state").asText());
        assertEquals(List.of("model-received", "finished"), names(federation.participate("a")));
        assertEquals(List.of("model-handed-over", "finished"), names(federation.aggregate(federation.owner)));
        forgetsTheSharesOfOthers(federation);
        evaluatesAlike(federation);
        tellsWhoHasNoPart(federation);
        final CommandLine provider = federation.providers.get("a");
        assertEquals(
                "14000000000000000000",
                provider.done("claim", "--campaign", federation.campaign, "--direct")
                        .get("amount")
                        .asText());
    }

    /** Their averages are final. The owner has taken part in other tests. */
    private static void forgetsTheSharesOfOthers(Federation federation) {
        try (Vault vault = Federation.vault(federation.registry)) {
            assertEquals(
                    List.of(),
                    vault.names().stream()
                            .filter(name -> name.startsWith("aggregating/"))
                            .toList());
        }
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
                assertEquals(seat, federation.registry.done(withSchema(federation, arguments)));
            }
        }
    }

    private static Object[] withSchema(Federation federation, Object... arguments) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(arguments),
                        java.util.stream.Stream.of("--schema", federation.rows.resolveSibling("schema.json")))
                .toArray();
    }

    static List<String> names(List<JsonNode> events) {
        return events.stream().map(event -> event.get("event").asText()).toList();
    }

    static long count(List<JsonNode> events, String name) {
        return names(events).stream().filter(name::equals).count();
    }
}
