package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** The mailbox, and what brings shares to the chain. */
    private static final String MAILBOX = "/(messages|shares|answers)";

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
        final AtomicBoolean slow = new AtomicBoolean();
        final Runnable takesItsTime = () -> {
            if (slow.getAndSet(false)) {
                federation.passPart(1, 8);
            }
        };
        try (FailingServer ofProvider = FailingServer.start(server, MAILBOX, takesItsTime, 500);
                FailingServer ofAggregator = FailingServer.start(server, MAILBOX, () -> {}, 404)) {
            federation.providers.get("a").done("connect", "--server", ofProvider.url());
            federation.registry.done("connect", "--server", ofAggregator.url());
            assertEquals(List.of("proved", "contributed"), names(participate()));
            for (String name : List.of("b", "c", "silent")) {
                assertEquals(2, count(federation.participate(name), "share-sent"));
            }
            assertEquals(3, count(federation.aggregate(federation.owner), "share-accepted"));
            assertEquals(List.of(), names(aggregate()));

            federation.takeEther("b"); // whose server works
            federation.passPart(1, 8);
            ofProvider.failWith(404);
            assertEquals(List.of(), names(participate()));
            slow.set(true); // until shares without a receipt have to be published
            assertEquals(List.of("share-published", "share-published"), names(participate()));
            federation.passPart(1, 8); // for the others
            for (String name : List.of("b", "c")) {
                assertEquals(List.of("share-acknowledged", "share-published"), names(federation.participate(name)));
            }
            assertEquals(1, count(federation.aggregate(federation.owner), "share-accepted"));
            assertEquals(3, count(aggregate(), "share-accepted"));

            federation.pass("dispute");
            assertEquals(List.of("share-disputed"), names(aggregate()));
            ofProvider.failWith(503);
            neverShowsTheLastShare();
            lies(federation.owner, 0);
            federation.pass("share");
            assertEquals(List.of("dispute-answered"), names(participate()));
            federation.pass("answer");
            assertEquals(List.of("excluded", "partial-sum-released"), names(aggregate())); // which does not leave
            federation.pass("aggregation");
            assertEquals(List.of("lapsed"), names(aggregate()));
            assertEquals("cancelled", federation.status().get("state").asText());
            assertEquals(List.of("finished"), names(federation.aggregate(federation.registry)));
            assertFalse(federation.hasSharesOfOthers(federation.registry));
            assertEquals("7000000000000000000", claimed("c")); // the owner was gone before it signed anything
            assertEquals("0", claimed("silent"));
        }
    }

    /** The first aggregator's share is out; its dispute is undone, and the other one disputes. */
    private void neverShowsTheLastShare() {
        final String before = federation.node().snapshot();
        lies(federation.owner, 0);
        federation.pass("share");
        assertEquals(List.of("dispute-answered"), names(participate()));
        federation.node().revert(before);
        final String again = federation.node().snapshot();
        lies(federation.registry, 1);
        federation.pass("share");
        assertEquals(List.of("dispute-left-open"), names(participate()));
        federation.node().revert(again);
    }

    private String claimed(String provider) {
        return federation
                .providers
                .get(provider)
                .done("claim", "--campaign", federation.campaign)
                .get("amount")
                .asText();
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
            assertTrue(events.stream()
                    .filter(event -> event.get("event").asText().equals("failed"))
                    .allMatch(event -> event.get("round").asInt(-1) == 0));
            assertEquals(1, count(events, "proved"));
            assertEquals(0, count(events, "contributed"));
        }
    }

    /** An aggregator has the share of the first provider, and disputes it. */
    private void lies(CommandLine aggregator, int place) {
        final Deployment deployment = Federation.deployment();
        final Identity liar = Federation.identity(aggregator);
        final RoundId round = deployment.round(new BigInteger(federation.campaign), 0);
        final Address provider = Address.parse(Federation.account(federation.providers.get("a")));
        try (Chain chain = Chain.at(config.rpcUrl().toString(), deployment.chainId())) {
            new RoundsContract(chain, deployment.trainingCampaigns())
                    .disputeShare(
                            Federation.sender(chain, liar),
                            round,
                            provider,
                            place,
                            new MessageSigner(liar, deployment).dispute(round, provider, chain.tomorrow()))
                    .await();
        }
    }
}
