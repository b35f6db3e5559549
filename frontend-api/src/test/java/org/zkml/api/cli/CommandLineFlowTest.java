package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.zkml.api.Await;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.market.HardhatNode;

/** Providers that use the command line, and have no gas: the server relays all that they send. */
@QuarkusTest
@TestProfile(DeployedByCommandLine.class)
class CommandLineFlowTest {

    private static final Path FOLDER = DeployedByCommandLine.FOLDER;
    private static final String OWNER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

    private static final String SCHEMA = """
            {
              "format": "zkml-schema/1", "name": "small", "model": "logistic", "limbBits": 8,
              "target": {"column": "ill", "kind": "binary", "negative": "0", "positive": "1"},
              "features": [
                {"column": "age", "kind": "numeric", "mean": 53, "scale": 9},
                {"column": "dose", "kind": "numeric", "mean": 2, "scale": 1}
              ]
            }
            """;

    private static final String ROWS = """
            age,dose,ill
            42,1.5,0
            45,0.5,0
            50,1.0,0
            52,2.5,1
            55,3.0,1
            60,3.5,1
            """;

    @Inject
    ChainConfig config;

    @TestHTTPResource
    URI server;

    @Test
    void paysProvidersWithoutGas() throws IOException {
        try (RelayingNode behind = RelayingNode.start(config.rpcUrl(), new LateAnswers())) {
            paysProvidersWithoutGas(behind.url());
        }
    }

    /** @param behind a node that is behind: the last provider's */
    private void paysProvidersWithoutGas(URI behind) throws IOException {
        final CommandLine owner = new CommandLine(FOLDER.resolve("owner"));
        owner.done("connect", "--server", server);
        final List<CommandLine> providers = Stream.of("a", "b", "c")
                .map(name -> new CommandLine(FOLDER.resolve(name)))
                .toList();
        final List<String> accounts = providers.stream()
                .map(provider -> provider.done("init").get("account").asText())
                .toList();
        final Path schema = FOLDER.resolve("schema.json");
        Files.writeString(schema, SCHEMA);
        final String campaign = open(owner, schema, accounts);

        for (int i = 0; i < providers.size(); i++) {
            final CommandLine provider = providers.get(i);
            connect(provider, i == providers.size() - 1 ? behind : config.rpcUrl());
            provider.done(
                    "campaign",
                    "documents",
                    campaign,
                    "--out",
                    provider.workspace().resolve("documents"));
            final Path rows = FOLDER.resolve(i + ".csv");
            Files.writeString(rows, ROWS + (40 + i) + ",0.0,0\n");
            provider.done("commit", rows, "--schema", provider.workspace().resolve("documents/schema.json"));
            assertFalse(provider.done("register", "--yes").get("repeated").asBoolean());
            assertTrue(provider.done("register", "--yes").get("repeated").asBoolean());
            assertEquals(
                    7,
                    provider.done("join", "--campaign", campaign, "--yes")
                            .get("weight")
                            .asInt());
        }
        for (CommandLine provider : providers) {
            provider.done("prove", "--campaign", campaign);
            final JsonNode submitted = provider.done("submit", "--campaign", campaign, "--report", "--yes");
            assertTrue(submitted.get("gasUsed").asLong() > 500_000, submitted.toString());
        }
        isPaid(owner, providers.getFirst(), campaign);
    }

    @Test
    void tellsWhyTheServerRefuses() throws IOException {
        final CommandLine stranger = new CommandLine(FOLDER.resolve("stranger"));
        stranger.done("init");
        connect(stranger, config.rpcUrl());
        final CommandLine.Run run = stranger.run("claim", "--campaign", "99");
        assertEquals(4, run.exitCode());
        assertTrue(run.err().contains("CampaignUnknown(99)"), run.err());
    }

    private void connect(CommandLine who, URI rpc) {
        who.done(
                "connect",
                "--deployment",
                FOLDER.resolve("deployment.json"),
                "--rpc",
                rpc,
                "--server",
                server,
                "--setup",
                FOLDER.resolve("dev.srs"));
    }

    private String open(CommandLine owner, Path schema, List<String> accounts) throws IOException {
        final CommandLine helper = new CommandLine(FOLDER.resolve("helper"));
        helper.done("init");
        connect(helper, config.rpcUrl());
        final Path consent = FOLDER.resolve("consent.json");
        helper.done("campaign", "consent", "--owner", OWNER, "--schema", schema, "--out", consent);
        final String entries = accounts.stream()
                .map(account -> "{\"account\": \"%s\", \"rowCap\": 10}".formatted(account))
                .collect(Collectors.joining(", "));
        final Path plan = FOLDER.resolve("campaign.json");
        Files.writeString(plan, """
                {"format": "zkml-campaign/1", "schema": "schema.json", "rate": "1/2", "decay": "0", "steps": 2, "batches": 1,
                 "rounds": 1, "minProviders": 3, "maxProviders": 3, "rowCap": 10, "ownerShareBasisPoints": 2000,
                 "rewardPerRowTokens": "1", "floorPricePerQueryTokens": "0", "allowList": {"entries": [%s]},
                 "windowsSeconds": {"join": 3600, "contribution": 3600, "share": 600, "answer": 600, "aggregation": 600}}
                """.formatted(entries));
        owner.done("campaign", "grant", "--owner", OWNER, "--tokens", "30");
        return owner.done("campaign", "open", plan, "--consent", consent, "--yes")
                .get("id")
                .asText();
    }

    private void isPaid(CommandLine owner, CommandLine provider, String campaign) {
        HardhatNode.at(config.rpcUrl().toString()).increaseTime(4 * 3600);
        owner.done("campaign", "finish", campaign);
        Await.until(() -> assertEquals(
                "7000000000000000000",
                provider.done("claim", "--campaign", campaign).get("amount").asText()));
        assertEquals(
                "7000000000000000000", provider.done("status").get("balance").asText());
    }
}
