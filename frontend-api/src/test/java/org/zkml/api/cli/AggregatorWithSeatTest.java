package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.zkml.api.cli.FederatedRoundsTest.count;
import static org.zkml.api.cli.FederatedRoundsTest.names;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.prover.cli.Address;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;

/** A site that trusts nobody: it has a seat and is an aggregator, with one workspace, and its processes take turns. And one that comes late. */
@QuarkusTest
@TestProfile(DeployedByCommandLine.class)
class AggregatorWithSeatTest {

    @Inject
    ChainConfig config;

    @TestHTTPResource
    URI server;

    private Federation federation;

    @Test
    void needsNoMessageToItself() throws IOException {
        federation = Federation.of("both", List.of("a", "b", Federation.REGISTRY, "late"), 2, config.rpcUrl(), server);
        for (String name : List.of("a", "b")) {
            assertEquals(2, count(federation.participate(name), "share-sent"));
        }
        assertEquals(
                List.of("proved", "contributed", "share-sent"), names(federation.participate(Federation.REGISTRY)));
        assertEquals(3, count(ownerWithout(MessageKind.RECEIPT, "a"), "share-accepted"));
        assertEquals(3, count(federation.aggregate(federation.registry), "share-accepted"));
        assertEquals(1, count(federation.participate("a"), "share-acknowledged"));
        assertEquals(2, count(federation.participate("b"), "share-acknowledged"));
        assertEquals(List.of(), names(federation.aggregate(federation.owner)));
        assertEquals(1, count(federation.participate("a"), "share-acknowledged"));
        assertEquals(List.of("share-acknowledged"), names(federation.participate(Federation.REGISTRY)));
        federation.passPart(1, 2);
        assertEquals(List.of(), names(federation.participate(Federation.REGISTRY)));
        assertEquals(List.of("too-late"), names(federation.participate("late")));
        federation.pass("share");
        assertEquals(List.of("partial-sum-released"), names(ownerWithout("/messages$"))); // the sum does not leave
        assertEquals(List.of(), names(federation.aggregate(federation.owner)));
        assertEquals(List.of("partial-sum-released"), names(federation.aggregate(federation.registry)));
        assertEquals(
                "round-closed", names(federation.aggregate(federation.owner)).getFirst());
        assertEquals(1, federation.status().get("round").asInt());
        assertEquals(List.of("waiting"), names(federation.participate("late")));
        // the model of the round before comes while this one goes on, also to who was not there
        final JsonNode handedOver = ownerWithout(MessageKind.MODEL, "a").getFirst();
        assertEquals("model-handed-over", handedOver.get("event").asText());
        assertEquals(3, handedOver.get("seats").asInt());
        assertEquals(
                List.of("proved", "contributed", "share-sent"), names(federation.participate(Federation.REGISTRY)));
        assertEquals(
                List.of("model-received", "proved", "contributed", "share-sent", "share-sent"),
                names(federation.participate("late")));
    }

    /** What the owner does though its server fails with its messages of a kind to somebody. */
    private List<JsonNode> ownerWithout(MessageKind kind, String recipient) throws IOException {
        final MessageContext context = new MessageContext(
                Federation.deployment().round(new BigInteger(federation.campaign), 0),
                kind,
                Address.parse(Federation.OWNER).toBigInteger(),
                Address.parse(Federation.account(federation.providers.get(recipient)))
                        .toBigInteger());
        return ownerWithout(HexFormat.of().formatHex(context.place()));
    }

    /** @param part a regular expression of the paths that fail */
    private List<JsonNode> ownerWithout(String part) throws IOException {
        try (FailingServer failing = FailingServer.start(server, part, () -> {}, 503)) {
            federation.owner.done("connect", "--server", failing.url());
            final CommandLine.Run run =
                    federation.owner.run("aggregate", "run", "--campaign", federation.campaign, "--once");
            assertEquals(5, run.exitCode(), run.err());
            return run.events().stream().filter(event -> event.has("event")).toList();
        } finally {
            federation.owner.done("connect", "--server", server);
        }
    }
}
