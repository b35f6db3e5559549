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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.ChainConfig;

/** A pause moves deadlines on: what came too late must not look as if it had been there in time. */
@QuarkusTest
@TestProfile(DeployedByCommandLine.class)
class PauseTest {

    private static final String PAUSE = "0x8456cb59";
    private static final String UNPAUSE = "0x3f4ba83a";

    @Inject
    ChainConfig config;

    @TestHTTPResource
    URI server;

    @Test
    void answersNoHonestDisputeOfAShareThatWasPublishedTooLate() throws IOException {
        final Federation federation = Federation.of("pause", List.of("a", "b", "c"), 1, config.rpcUrl(), server);
        for (String name : List.of("b", "c")) {
            federation.participate(name);
        }
        final CommandLine late = federation.providers.get("a");
        final Path settings = late.workspace().resolve("workspace.json");
        Files.writeString(
                settings,
                Files.readString(settings).replaceFirst("\"serverUrl\" : \"[^\"]*\"", "\"serverUrl\" : null"));
        late.done("prove", "--campaign", federation.campaign);
        late.done("submit", "--campaign", federation.campaign, "--direct", "--yes");
        assertEquals(2, count(federation.aggregate(federation.registry), "share-accepted"));
        federation.pass("dispute");
        assertEquals(1, count(federation.aggregate(federation.registry), "share-disputed"));
        // too late: the aggregator has said that it got nothing, and it had not
        final JsonNode published = shares(federation, late).getLast();
        assertEquals(2, published.get("published").asInt());
        assertEquals(0, published.get("settled").asInt());
        administer(federation, PAUSE);
        federation.node().increaseTime(3_600);
        administer(federation, UNPAUSE);
        federation.pass("share");
        assertEquals(List.of("dispute-left-open", "shares"), names(shares(federation, late)));
        federation.pass("aggregation");
        final JsonNode ended = federation.owner.done("campaign", "finish", federation.campaign);
        assertEquals(
                Federation.account(late),
                ended.get("excluded").get(0).get("provider").asText());
        assertEquals("cancelled", ended.get("state").asText());
    }

    private static List<JsonNode> shares(Federation federation, CommandLine provider) {
        return provider.run("shares", "--campaign", federation.campaign, "--yes")
                .events();
    }

    private static void administer(Federation federation, String data) {
        federation
                .node()
                .call(
                        "eth_sendTransaction",
                        Map.of(
                                "from",
                                Federation.OWNER,
                                "to",
                                Federation.deployment().trainingCampaigns().toString(),
                                "data",
                                data));
    }
}
