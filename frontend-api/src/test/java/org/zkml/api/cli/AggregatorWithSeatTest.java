package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.zkml.api.cli.FederatedRoundsTest.count;
import static org.zkml.api.cli.FederatedRoundsTest.names;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.ChainConfig;

/** A site that trusts nobody: it has a seat and is an aggregator, with one workspace, and its processes take turns. And one that comes late. */
@QuarkusTest
@TestProfile(DeployedByCommandLine.class)
class AggregatorWithSeatTest {

    @Inject
    ChainConfig config;

    @TestHTTPResource
    URI server;

    @Test
    void needsNoMessageToItself() throws IOException {
        final Federation federation =
                Federation.of("both", List.of("a", "b", Federation.REGISTRY, "late"), 2, config.rpcUrl(), server);
        for (String name : List.of("a", "b")) {
            assertEquals(2, count(federation.participate(name), "share-sent"));
        }
        assertEquals(
                List.of("proved", "contributed", "share-sent"), names(federation.participate(Federation.REGISTRY)));
        assertEquals(3, count(federation.aggregate(federation.owner), "share-accepted"));
        assertEquals(3, count(federation.aggregate(federation.registry), "share-accepted"));
        for (String name : List.of("a", "b")) {
            assertEquals(2, count(federation.participate(name), "share-acknowledged"));
        }
        assertEquals(List.of("share-acknowledged"), names(federation.participate(Federation.REGISTRY)));
        federation.passPart(1, 2);
        assertEquals(List.of(), names(federation.participate(Federation.REGISTRY)));
        federation.pass("share");
        assertEquals(List.of("partial-sum-released"), names(federation.aggregate(federation.owner)));
        assertEquals(List.of("partial-sum-released"), names(federation.aggregate(federation.registry)));
        assertEquals(
                "round-closed", names(federation.aggregate(federation.owner)).getFirst());
        assertEquals(1, federation.status().get("round").asInt());
        // the model of the round before comes while this one goes on, also to who was not there
        assertEquals(1, count(federation.aggregate(federation.owner), "model-handed-over"));
        assertEquals(
                List.of("proved", "contributed", "share-sent"), names(federation.participate(Federation.REGISTRY)));
        assertEquals(
                List.of("model-received", "proved", "contributed", "share-sent", "share-sent"),
                names(federation.participate("late")));
    }
}
