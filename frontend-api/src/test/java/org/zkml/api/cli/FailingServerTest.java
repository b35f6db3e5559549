package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.zkml.api.cli.FederatedRoundsTest.count;
import static org.zkml.api.cli.FederatedRoundsTest.names;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.Identity;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.MessageSigner;
import org.zkml.prover.cli.chain.RoundsContract;
import org.zkml.prover.envelope.RoundId;

/** Servers whose mailbox fails: nobody is excluded for it who can reach the chain, and a round that cannot be closed is ended. */
@QuarkusTest
@TestProfile(DeployedByCommandLine.class)
class FailingServerTest {

    @Inject
    ChainConfig config;

    @TestHTTPResource
    URI server;

    private Federation federation;

    /** What was done though it failed. */
    private List<JsonNode> failing(CommandLine who, Object... arguments) {
        final CommandLine.Run run = who.run(arguments);
        assertTrue(run.exitCode() == 4 || run.exitCode() == 5, run.exitCode() + " " + run.err());
        assertTrue(run.err().contains("the server"), run.err());
        return run.events().stream().filter(event -> event.has("event")).toList();
    }

    private List<JsonNode> participate() {
        return failing(
                federation.providers.get("a"), "participate", "--campaign", federation.campaign, "--once", "--yes");
    }

    private List<JsonNode> aggregate() {
        return failing(
                federation.registry,
                "aggregate",
                "run",
                "--campaign",
                federation.campaign,
                "--once",
                "--allow-exclusions",
                "--takeover",
                "0");
    }

    @Test
    void publishesAnswersDisputesAndLapsesAllTheSame() throws IOException {
        final List<String> names = List.of("a", "b", "c", "silent");
        federation = Federation.of("failing", names, 1, config.rpcUrl(), server);
        try (FailingServer ofProvider = FailingServer.start(server, 500);
                FailingServer ofAggregator = FailingServer.start(server, 404)) {
            federation.providers.get("a").done("connect", "--server", ofProvider.url());
            federation.registry.done("connect", "--server", ofAggregator.url());
            assertEquals(List.of("proved", "contributed"), names(participate()));
            for (String name : List.of("b", "c", "silent")) {
                assertEquals(2, count(federation.participate(name), "share-sent"));
            }
            assertEquals(3, count(federation.aggregate(federation.owner), "share-accepted"));
            assertEquals(List.of(), names(aggregate()));

            federation.takeEther("b"); // whose server works
            federation.passPart(1, 4);
            ofProvider.failWith(404);
            assertEquals(List.of("share-published", "share-published"), names(participate()));
            for (String name : List.of("b", "c")) {
                assertEquals(List.of("share-acknowledged", "share-published"), names(federation.participate(name)));
            }
            assertEquals(1, count(federation.aggregate(federation.owner), "share-accepted"));
            assertEquals(3, count(aggregate(), "share-accepted"));

            federation.pass("dispute");
            assertEquals(List.of("share-disputed"), names(aggregate()));
            lies();
            federation.pass("share");
            ofProvider.failWith(503);
            assertEquals(List.of("dispute-answered"), names(participate()));
            federation.pass("answer");
            assertEquals(List.of("excluded"), names(aggregate()));
            federation.pass("aggregation");
            assertEquals(List.of("lapsed"), names(aggregate()));
            assertEquals("cancelled", federation.status().get("state").asText());
        }
    }

    /** The proof is taken away at each attempt: it would have to be made again, were it not at hand. */
    @Test
    void provesOnceHoweverOftenTheContributionIsRefused() throws IOException, InterruptedException {
        federation = Federation.of("refusing", List.of("a", "b", "c"), 1, config.rpcUrl(), server);
        final CommandLine provider = federation.providers.get("a");
        final Path proofs = federation.files(provider).resolve("round-0");
        final CountDownLatch attempts = new CountDownLatch(3);
        final Runnable takesAway = () -> {
            try {
                Files.deleteIfExists(proofs.resolve("proof.bin"));
                Files.deleteIfExists(proofs.resolve("statement.json"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            attempts.countDown();
        };
        try (FailingServer refusing = FailingServer.start(server, "/contributions", takesAway, 503)) {
            provider.done("connect", "--server", refusing.url());
            final AtomicReference<CommandLine.Run> ended = new AtomicReference<>();
            final Thread process = new Thread(() ->
                    ended.set(provider.run("participate", "--campaign", federation.campaign, "--every", "1", "--yes")));
            process.start();
            attempts.await();
            process.interrupt();
            process.join();
            assertEquals(5, ended.get().exitCode(), ended.get().err());
            final List<JsonNode> events = ended.get().events().stream()
                    .filter(event -> event.has("event"))
                    .toList();
            assertEquals(1, count(events, "proved"));
            assertEquals(0, count(events, "contributed"));
        }
    }

    /** The owner has the share of the first, and disputes it. */
    private void lies() {
        final Deployment deployment = Federation.deployment();
        final Identity owner = Federation.identity(federation.owner);
        final RoundId round = deployment.round(new BigInteger(federation.campaign), 0);
        final Address provider = Address.parse(Federation.account(federation.providers.get("a")));
        try (Chain chain = Chain.at(config.rpcUrl().toString(), deployment.chainId())) {
            new RoundsContract(chain, deployment.trainingCampaigns())
                    .disputeShare(
                            Federation.sender(chain, owner),
                            round,
                            provider,
                            0,
                            new MessageSigner(owner, deployment).dispute(round, provider, chain.tomorrow()))
                    .await();
        }
    }
}
