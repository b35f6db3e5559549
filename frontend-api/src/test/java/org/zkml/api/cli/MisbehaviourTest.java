package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.zkml.api.cli.FederatedRoundsTest.count;
import static org.zkml.api.cli.FederatedRoundsTest.names;
import static org.zkml.api.cli.FederatedRoundsTest.with;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ContributorSet;
import org.zkml.prover.averaging.ReleasedSums;
import org.zkml.prover.averaging.SecondPartialSumException;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.Identity;
import org.zkml.prover.cli.Mailbox;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.MessageSigner;
import org.zkml.prover.cli.chain.RoundsContract;
import org.zkml.prover.cli.chain.TransactionSender;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.vault.Vault;

/** A round with everybody in it that the rules are there for; it finishes all the same. What is dishonest is done here, with the keys of those who do it: the tools have no switch for it. */
@QuarkusTest
@TestProfile(DeployedByCommandLine.class)
class MisbehaviourTest {

    @Inject
    ChainConfig config;

    @TestHTTPResource
    URI server;

    private Federation federation;
    private Deployment deployment;
    private Chain chain;
    private RoundsContract rounds;
    private CampaignEvents events;
    private RoundId round;

    @Test
    void finishesWithTheHonest() throws IOException {
        final List<String> all = List.of("honest", "unreached", "wrong", "silent", "third");
        federation = Federation.of("misbehaviour", all, 1, config.rpcUrl(), server);
        deployment = Federation.deployment();
        final BigInteger campaign = new BigInteger(federation.campaign);
        round = deployment.round(campaign, 0);
        try (Chain opened = Chain.at(config.rpcUrl().toString(), deployment.chainId())) {
            chain = opened;
            rounds = new RoundsContract(chain, deployment.trainingCampaigns());
            events = new CampaignEvents(chain, deployment, campaign, 0);
            contributes();
            leavesSharesOut();
            settlesDisputes();
            averages();
        }
    }

    /** The honest contribute, once; nobody with another's proof. */
    private void contributes() throws IOException {
        assertEquals(4, federation.participate("honest").size());
        final CommandLine.Run again =
                federation.providers.get("honest").run("submit", "--campaign", federation.campaign, "--yes");
        assertTrue(again.json().get("repeated").asBoolean());

        final CommandLine thief = federation.providers.get("third");
        final Path stolen = federation.files(federation.providers.get("honest"));
        final CommandLine.Run theft =
                thief.run("submit", "--campaign", federation.campaign, "--yes", "--from", stolen.resolve("round-0"));
        assertEquals(4, theft.exitCode(), theft.err());
        assertTrue(theft.err().contains("the contract's statement has another contributor"), theft.err());
        takesNoOtherDataSet(thief);
        federation.participate("third");
        provesNoWeightsAgain(thief);

        sendsAWrongShare("wrong");
        final CommandLine.Run warned = federation
                .providers
                .get("wrong")
                .run("participate", "--campaign", federation.campaign, "--once", "--yes");
        assertTrue(warned.err().contains("the mailbox has another share"), warned.err());
        for (String name : List.of("unreached", "silent")) {
            contributesWithoutServer(federation.providers.get(name));
        }
    }

    /** Told before anything is trained, as are accounts that are none. */
    private void takesNoOtherDataSet(CommandLine provider) throws IOException {
        final Path rows = provider.workspace().resolve("rows.csv");
        provider.done("commit", rows, "--schema", federation.rows.resolveSibling("schema.json"), "--name", "other");
        final Object[] participate = {"participate", "--campaign", federation.campaign, "--once", "--yes"};
        final CommandLine.Run other = provider.run(with(participate, "--name", "other"));
        assertEquals(7, other.exitCode(), other.err());
        assertTrue(other.err().contains("name the one that joined with --name"), other.err());
        final CommandLine.Run mistyped =
                provider.run(with(participate, "--trusted-aggregators", Federation.OWNER + ",0xf39"));
        assertEquals(2, mistyped.exitCode(), mistyped.err());
        assertTrue(mistyped.err().contains("--trusted-aggregators 0xf39"), mistyped.err());
    }

    /** As if they had been contributed to another round: they are refused once they are known, not when they are proved. */
    private void provesNoWeightsAgain(CommandLine provider) throws IOException {
        final byte[] where = replaceContributed(provider, new byte[32]);
        final CommandLine.Run proved = provider.run("prove", "--campaign", federation.campaign, "--force");
        assertEquals(7, proved.exitCode(), proved.err());
        replaceContributed(provider, where);
        final Path proof = federation.files(provider).resolve("round-0").resolve("proof.bin");
        assertFalse(prove(provider));
        Files.delete(proof);
        assertTrue(prove(provider));
        assertTrue(Files.exists(proof));
    }

    /** Whether something was proved that was not there. */
    private boolean prove(CommandLine provider) {
        return !provider.done("prove", "--campaign", federation.campaign)
                .get("repeated")
                .asBoolean();
    }

    /** What the vault had about the only weights that were contributed. */
    private static byte[] replaceContributed(CommandLine provider, byte[] round) {
        try (Vault vault = Federation.vault(provider)) {
            final String name = vault.names().stream()
                    .filter(one -> one.startsWith("contributed/"))
                    .findFirst()
                    .orElseThrow();
            final byte[] before = vault.get(name);
            vault.remove(name);
            vault.putSaved(name, round);
            return before;
        }
    }

    /** A share of the right size that opens nothing, in the place of the one for the registry. */
    private void sendsAWrongShare(String name) throws IOException {
        final Identity liar = Federation.identity(federation.providers.get(name));
        final CampaignEvents.Recipient registry = events.aggregators().get(1);
        final MessageContext context = new MessageContext(
                round,
                MessageKind.SHARE,
                account(federation.providers.get(name)).toBigInteger(),
                registry.account().toBigInteger());
        new Mailbox(server.toString().replaceAll("/$", ""), chain, liar)
                .send(context, new byte[Math.toIntExact(MessageKind.SHARE.payloadBytes(2))], registry.keys());
    }

    private void contributesWithoutServer(CommandLine provider) throws IOException {
        final Path settings = provider.workspace().resolve("workspace.json");
        Files.writeString(
                settings,
                Files.readString(settings).replaceFirst("\"serverUrl\" : \"[^\"]*\"", "\"serverUrl\" : null"));
        provider.done("prove", "--campaign", federation.campaign);
        final JsonNode submitted = provider.done("submit", "--campaign", federation.campaign, "--direct", "--yes");
        assertEquals(0, submitted.get("sharesSent").asInt());
    }

    /** Aggregators take in what there is; one provider is cut off, and publishes. */
    private void leavesSharesOut() {
        assertEquals(3, count(federation.aggregate(federation.owner), "share-accepted"));
        assertEquals(2, count(federation.aggregate(federation.registry), "share-accepted"));
        federation.participate("honest");
        federation.participate("third");
        federation.pass("contribution");
        final JsonNode published = federation
                .providers
                .get("unreached")
                .run("shares", "--campaign", federation.campaign, "--yes")
                .events()
                .getLast();
        assertEquals(2, published.get("published").asInt());
        assertEquals(1, count(federation.aggregate(federation.owner), "share-accepted"));
        assertEquals(1, count(federation.aggregate(federation.registry), "share-accepted"));
    }

    /** Missing and wrong shares are disputed, and a good one by an aggregator that lies. */
    private void settlesDisputes() throws IOException {
        federation.pass("dispute");
        assertEquals(1, count(federation.aggregate(federation.owner), "share-disputed"));
        assertEquals(2, count(federation.aggregate(federation.registry), "share-disputed"));
        final Identity registry = Federation.identity(federation.registry);
        final Address honest = account(federation.providers.get("honest"));
        rounds.disputeShare(
                        sender(registry),
                        round,
                        honest,
                        1,
                        new MessageSigner(registry, deployment).dispute(round, honest, chain.tomorrow()))
                .await();
        federation.pass("share");
        federation.takeEther("honest"); // the server pays
        assertEquals(List.of("dispute-answered"), names(federation.participate("honest")));
        // a receipt that it did not have before disputes began does not count
        assertEquals(List.of("dispute-left-open"), names(federation.participate("wrong")));
        assertEquals(List.of(), names(federation.aggregate(federation.owner)));
        federation.pass("answer");
        final CommandLine.Run asked =
                federation.owner.run("aggregate", "run", "--campaign", federation.campaign, "--once");
        assertEquals(4, asked.exitCode(), asked.err());
        assertTrue(asked.err().contains("--allow-exclusions"), asked.err());
        assertEquals(
                2,
                asked.out()
                        .lines()
                        .filter(line -> line.contains("\"excluded\""))
                        .count());
        assertEquals(List.of("excluded"), names(federation.participate("wrong")));
    }

    /** Of the three that are left; not without asking, not twice, not another average, and without the owner. */
    private void averages() throws IOException {
        assertEquals(
                List.of("partial-sum-released"), names(federation.aggregate(federation.owner, "--allow-exclusions")));
        assertEquals(
                List.of("partial-sum-released"),
                names(federation.aggregate(federation.registry, "--allow-exclusions", "--takeover", 3600)));
        events.refresh();
        refusesASecondSum();
        refusesAWrongAverage();
        signsButDoesNotClose();
        assertEquals(
                List.of("round-closed"),
                names(federation.aggregate(federation.registry, "--allow-exclusions", "--takeover", 0)));
        assertEquals(List.of("model-handed-over", "finished"), names(federation.aggregate(federation.registry)));
        final JsonNode status = federation.status();
        assertEquals("finished", status.get("state").asText());
        assertEquals(3, status.get("rounds").get(0).get("contributions").asInt());
        assertEquals(2, status.get("rounds").get(0).get("excluded").asInt());
        assertEquals(List.of("model-received", "finished"), names(federation.participate("honest")));
        assertEquals("7000000000000000000", claimed("honest"));
        assertEquals("0", claimed("silent"));
    }

    private String claimed(String provider) {
        return federation
                .providers
                .get(provider)
                .done("claim", "--campaign", federation.campaign)
                .get("amount")
                .asText();
    }

    private void refusesASecondSum() throws IOException {
        final List<Contributor> heavier = new ArrayList<>(events.settledContributors(0));
        final Contributor first = heavier.getFirst();
        heavier.set(0, new Contributor(first.account(), first.weight() + 1, first.out(), first.shares()));
        final ContributorSet other = new ContributorSet(round, 2, 3, heavier);
        try (Vault vault = Federation.vault(federation.registry)) {
            final ReleasedSums released = new ReleasedSums(vault);
            assertThrows(SecondPartialSumException.class, () -> released.release(other, 1, Map.of(), null));
        }
    }

    /** The registry signs for a model of its own, and for the owner; the contract knows the owner's signature. */
    private void refusesAWrongAverage() throws IOException {
        final Identity registry = Federation.identity(federation.registry);
        final RoundsContract.Sums sums = rounds.sums(round.campaignId(), 0);
        final G1Affine wrong = sums.sum();
        final byte[] signature = new MessageSigner(registry, deployment).close(round, sums.sum(), wrong);
        final CommandException refused = assertThrows(
                CommandException.class,
                () -> rounds.closeRound(sender(registry), round, wrong, new byte[32], List.of(signature, signature)));
        assertTrue(refused.getMessage().contains("SignatureRejected"), refused.getMessage());
    }

    /** The owner's consent goes to the registry, and then the owner is gone: its node refuses its transaction, which costs too much. */
    private void signsButDoesNotClose() {
        final CommandLine.Run run = federation.owner.run(
                "aggregate",
                "run",
                "--campaign",
                federation.campaign,
                "--once",
                "--allow-exclusions",
                "--max-fee-per-gas",
                "0.000000001");
        assertEquals(4, run.exitCode(), run.out());
        assertTrue(run.err().contains("--max-fee-per-gas"), run.err());
    }

    private static Address account(CommandLine who) {
        return Address.parse(Federation.account(who));
    }

    private TransactionSender sender(Identity identity) {
        return Federation.sender(chain, identity);
    }
}
