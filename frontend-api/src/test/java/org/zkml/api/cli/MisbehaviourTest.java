package org.zkml.api.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.prover.averaging.ContributedWeights;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ContributorSet;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.averaging.ShareVerdicts;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.RoundsContract;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.vault.Vault;

/**
 * A round with everybody in it that the rules are there for; it finishes all the same, with the honest. What is dishonest is done with the keys of those who do it, and arrives: at the contract, in the mailbox, at the tools of the
 * honest, by the node that they ask. Vaults are changed where a check holds only against one that lost something.
 */
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
        final List<String> all = List.of("honest", "unreached", "wrong", "betrayed", "third", "fourth");
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

    /** The honest contribute, once; nobody with another's proof, or with weights of another round. */
    private void contributes() throws IOException {
        final Path folder = federation.files(provider("honest")).resolve("round-0");
        provider("honest").done("prove", "--campaign", federation.campaign);
        final Dishonest.Proved first = Dishonest.Proved.in(folder);
        provider("honest").done("prove", "--campaign", federation.campaign, "--force");
        assertFalse(Arrays.equals(first.proof(), Dishonest.Proved.in(folder).proof()));
        stealsAProof(first);
        assertEquals(List.of("contributed", "share-sent", "share-sent"), names(federation.participate("honest")));
        final String again = dishonest(provider("honest")).contributes(first, account("honest"));
        assertTrue(again.contains("AlreadyContributed"), again);

        trustsNoNodeWithOtherKeys();
        takesNoOtherDataSet(provider("third"));
        federation.participate("third");
        provesNoWeightsAgain(provider("third"));
        contributesNoWeightsTwice();
        assertEquals(1, count(federation.participate("fourth"), "contributed"));
        events.aggregators().forEach(aggregator -> dishonest(provider("wrong")).sendsAWrongShare(aggregator));
        final CommandLine.Run warned =
                provider("wrong").run("participate", "--campaign", federation.campaign, "--once", "--yes");
        assertTrue(warned.err().contains("the mailbox has another share"), warned.err());
        for (String name : List.of("unreached", "betrayed")) {
            contributesWithoutServer(provider(name));
        }
    }

    /** The proof is right, of other data: the thief's tool refuses it, and the contract, for the thief's seat and for the owner's of the data. */
    private void stealsAProof(Dishonest.Proved proved) {
        final CommandLine.Run theft = provider("third")
                .run(
                        "submit",
                        "--campaign",
                        federation.campaign,
                        "--yes",
                        "--from",
                        federation.files(provider("honest")).resolve("round-0"));
        assertEquals(4, theft.exitCode(), theft.err());
        assertTrue(theft.err().contains("the contract's statement has another contributor"), theft.err());
        final Dishonest thief = dishonest(provider("third"));
        final String ofOtherData = thief.contributes(proved, account("third"));
        assertTrue(ofOtherData.contains("OpeningEquationFalse"), ofOtherData);
        final String forAnother = thief.contributes(proved, account("honest"));
        assertTrue(forAnother.contains("SignatureRejected"), forAnother);
    }

    private void trustsNoNodeWithOtherKeys() throws IOException {
        final byte[] key = events.aggregators().get(1).x25519Key();
        refuses(
                provider("third"),
                LyingAnswers.otherKey(key),
                4,
                "are not those that the contract stores",
                "participate",
                "--campaign",
                federation.campaign,
                "--once",
                "--yes");
    }

    private void contributesNoWeightsTwice() {
        provider("fourth").done("prove", "--campaign", federation.campaign);
        change(provider("fourth"), vault -> {
            final String trained = vault.names().stream()
                    .filter(name -> name.contains("/trained/"))
                    .findFirst()
                    .orElseThrow();
            new ContributedWeights(vault)
                    .contribute(deployment.round(round.campaignId(), 9), ModelOpening.decode(vault.get(trained)));
        });
        final CommandLine.Run run = provider("fourth").run("submit", "--campaign", federation.campaign, "--yes");
        assertEquals(7, run.exitCode(), run.err());
        change(
                provider("fourth"),
                vault -> vault.names().stream()
                        .filter(name -> name.startsWith("contributed/"))
                        .forEach(vault::remove));
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

    private void contributesWithoutServer(CommandLine provider) throws IOException {
        final Path settings = provider.workspace().resolve("workspace.json");
        Files.writeString(
                settings,
                Files.readString(settings).replaceFirst("\"serverUrl\" : \"[^\"]*\"", "\"serverUrl\" : null"));
        provider.done("prove", "--campaign", federation.campaign);
        final JsonNode submitted = provider.done("submit", "--campaign", federation.campaign, "--direct", "--yes");
        assertEquals(0, submitted.get("sharesSent").asInt());
    }

    /** Aggregators take in what there is, and acknowledge what they have not disputed; two providers are cut off, and publish; a receipt that comes when disputes have begun does not count. */
    private void leavesSharesOut() throws IOException {
        events.refresh();
        change(federation.registry, vault -> {
            final ShareVerdicts verdicts = new ShareVerdicts(vault);
            assertTrue(verdicts.dispute(round, contribution("third")));
            assertTrue(verdicts.acknowledge(round, contribution("wrong")));
        });
        assertEquals(3, count(federation.aggregate(federation.owner), "share-accepted"));
        assertEquals(3, count(federation.aggregate(federation.registry), "share-accepted"));
        assertEquals(2, count(federation.participate("honest"), "share-acknowledged"));
        assertEquals(1, count(federation.participate("third"), "share-acknowledged"));
        federation.pass("contribution");
        for (String name : List.of("unreached", "betrayed")) {
            assertEquals(2, shares(name).getLast().get("published").asInt());
        }
        assertEquals(2, count(federation.aggregate(federation.owner), "share-accepted"));
        assertEquals(2, count(federation.aggregate(federation.registry), "share-accepted"));
        try (FailingServer slow = FailingServer.interrupting(
                server, "kind=" + MessageKind.RECEIPT.id(), () -> federation.pass("dispute"))) {
            provider("fourth").done("connect", "--server", slow.url());
            assertEquals(0, count(federation.participate("fourth"), "share-acknowledged"));
        }
        provider("fourth").done("connect", "--server", server);
    }

    /** Missing and wrong shares are disputed, once that is final, and good ones by aggregators that lie. */
    private void settlesDisputes() {
        assertEquals(List.of(), names(federation.aggregate(federation.owner, "--confirmations", 3)));
        disputesNothingWithoutItsKeys();
        assertEquals(List.of("share-disputed"), names(federation.aggregate(federation.owner)));
        final CommandLine.Run acknowledged =
                federation.registry.run("aggregate", "run", "--campaign", federation.campaign, "--once");
        assertTrue(acknowledged.err().contains("it is not disputed"), acknowledged.err());
        dishonest(federation.registry).disputes(account("honest"), 1);
        dishonest(federation.registry).disputes(account("unreached"), 1);
        dishonest(federation.registry).disputes(account("betrayed"), 1);
        dishonest(federation.owner).disputes(account("betrayed"), 0);
        federation.pass("share");
        federation.takeEther("honest"); // the server pays
        assertEquals(List.of("dispute-answered"), names(federation.participate("honest")));
        assertEquals(1, count(shares("unreached"), "dispute-answered"));
        final List<JsonNode> last = shares("betrayed");
        assertEquals(2, count(last, "dispute-left-open"));
        assertTrue(last.getFirst().get("reason").asText().contains("the last one is never shown"), last.toString());
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

    private void disputesNothingWithoutItsKeys() {
        final byte[][] key = new byte[1][];
        change(federation.owner, vault -> {
            key[0] = vault.get("keys/x25519");
            vault.put("keys/x25519", new byte[32]);
        });
        refuses(federation.owner, 7, "the vault's encryption keys are not those of aggregator 1");
        change(federation.owner, vault -> vault.put("keys/x25519", key[0]));
    }

    /** Of the four that are left; not without asking, not twice, not another average, and without the owner. */
    private void averages() throws IOException {
        assertEquals(
                List.of(), names(federation.aggregate(federation.owner, "--allow-exclusions", "--confirmations", 2)));
        final G1Affine sum = rounds.sums(round.campaignId(), 0).sum();
        final byte[] consent = dishonest(federation.registry).signs(sum, sum); // to an average that is none
        dishonest(federation.registry).sendsConsent(events.aggregators().getFirst(), consent);
        for (CommandLine aggregator : List.of(federation.owner, federation.registry)) {
            assertEquals(
                    List.of("partial-sum-released"),
                    names(federation.aggregate(aggregator, "--allow-exclusions", "--takeover", 3600)));
        }
        events.refresh();
        releasesNoSecondSum();
        refusesAWrongAverage(sum, consent);
        assertEquals(
                List.of("round-closed"),
                names(federation.aggregate(federation.registry, "--allow-exclusions", "--takeover", 0)));
        handsOver();
        final JsonNode status = federation.status();
        assertEquals("finished", status.get("state").asText());
        assertEquals(4, status.get("rounds").get(0).get("contributions").asInt());
        assertEquals(2, status.get("rounds").get(0).get("excluded").asInt());
        assertEquals("7000000000000000000", claimed("honest"));
        assertEquals("0", claimed("betrayed"));
    }

    private String claimed(String provider) {
        return provider(provider)
                .done("claim", "--campaign", federation.campaign)
                .get("amount")
                .asText();
    }

    /** Not where its node hides a contribution, not where the contract seems to have left it out as well, and not from a vault that has forgotten the first. */
    private void releasesNoSecondSum() throws IOException {
        final List<Contributor> all = events.settledContributors(0);
        final Contributor hidden = contribution("honest");
        final ContributorSet others = new ContributorSet(
                round,
                2,
                3,
                all.stream()
                        .filter(one -> !one.account().equals(hidden.account()))
                        .toList());
        final Object[] run = {"aggregate", "run", "--campaign", federation.campaign, "--once", "--allow-exclusions"};
        refuses(federation.owner, LyingAnswers.hiding(hidden), 4, "the contributions in final blocks have", run);
        refuses(
                federation.owner,
                LyingAnswers.hiding(hidden, rounds.sums(round.campaignId(), 0), others),
                4,
                "was released for other contributors",
                run);
        final String name = name(federation.registry, "/released");
        final byte[][] released = new byte[1][];
        change(federation.registry, vault -> {
            released[0] = vault.get(name);
            vault.remove(name);
        });
        refuses(federation.registry, 7, "the mailbox has this account's partial sum");
        change(federation.registry, vault -> vault.put(name, released[0]));
    }

    /**
     * The owner's tool takes no consent to another average, and the owner is gone. The contract takes no average without the owner's signature, and with it none but the one that is proved. Nor does the registry's
     * tool sign for an average when its vault has another one.
     */
    private void refusesAWrongAverage(G1Affine wrong, byte[] own) throws IOException {
        change(
                federation.registry,
                vault -> vault.put(nextModel(), ModelOpening.zero(2).encode()));
        refuses(federation.registry, 7, "the vault has another model");
        change(federation.registry, vault -> vault.remove(nextModel()));

        refuses(federation.owner, 4, "has not signed for the average of all partial sums");
        refuses(federation.registry, 4, "--max-fee-per-gas", "--takeover", 0, "--max-fee-per-gas", "0.000000001");
        final byte[] proof =
                Files.readAllBytes(federation.files(federation.registry).resolve("round-0/average/proof.bin"));
        final Dishonest registry = dishonest(federation.registry);
        final String forged = registry.closes(wrong, proof, List.of(own, own));
        assertTrue(forged.contains("SignatureRejected"), forged);
        final byte[] owners = dishonest(federation.owner).signs(wrong, wrong);
        final String unproved = registry.closes(wrong, proof, List.of(owners, own));
        assertTrue(unproved.contains("OpeningEquationFalse"), unproved);
    }

    /** The owner sends another model first; the seat finds the right one, and its tool uses no other though it be in the vault. A node with other keys of a seat gets none. */
    private void handsOver() throws IOException {
        final CampaignEvents.Recipient seat = events.seats().stream()
                .filter(one -> one.account().equals(account("honest")))
                .findFirst()
                .orElseThrow();
        dishonest(federation.owner).sendsAWrongModel(seat);
        refuses(
                federation.registry,
                LyingAnswers.otherKey(seat.x25519Key()),
                4,
                "are not those that the contract stores",
                "aggregate",
                "run",
                "--campaign",
                federation.campaign,
                "--once");
        assertEquals(List.of("model-handed-over", "finished"), names(federation.aggregate(federation.registry)));
        assertEquals(List.of("model-received", "finished"), names(federation.participate("honest")));
        try (Vault found = Federation.vault(provider("honest"));
                Vault averaged = Federation.vault(federation.registry)) {
            assertArrayEquals(averaged.get(nextModel()), found.get(nextModel()));
        }
        change(
                provider("third"),
                vault -> vault.put(nextModel(), ModelOpening.zero(2).encode()));
        final CommandLine.Run run =
                provider("third").run("participate", "--campaign", federation.campaign, "--once", "--yes");
        assertEquals(7, run.exitCode(), run.err());
        assertTrue(run.err().contains("does not open the commitment of the chain"), run.err());
    }

    /** An aggregator's tool ends with a code and a reason. */
    private void refuses(CommandLine aggregator, int exitCode, String reason, Object... more) {
        final Object[] run = {"aggregate", "run", "--campaign", federation.campaign, "--once", "--allow-exclusions"};
        final Object[] arguments = Arrays.copyOf(run, run.length + more.length);
        System.arraycopy(more, 0, arguments, run.length, more.length);
        requireRefused(aggregator.run(arguments), exitCode, reason);
    }

    /** A tool that asks a node which lies does. */
    private void refuses(CommandLine who, RelayingNode.Answers lies, int exitCode, String reason, Object... arguments)
            throws IOException {
        try (RelayingNode node = RelayingNode.start(config.rpcUrl(), lies)) {
            who.done("connect", "--rpc", node.url());
            requireRefused(who.run(arguments), exitCode, reason);
        }
        who.done("connect", "--rpc", config.rpcUrl());
    }

    private static void requireRefused(CommandLine.Run run, int exitCode, String reason) {
        assertEquals(exitCode, run.exitCode(), run.out() + run.err());
        assertTrue(run.err().contains(reason), run.err());
    }

    private static void change(CommandLine who, Consumer<Vault> change) {
        try (Vault vault = Federation.vault(who)) {
            change.accept(vault);
            vault.save();
        }
    }

    /** Of the vault's secret of this round that ends so. */
    private String name(CommandLine who, String end) {
        try (Vault vault = Federation.vault(who)) {
            return vault.names().stream()
                    .filter(name -> name.contains("/" + round.campaignId() + "/") && name.endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Where vaults have the average. */
    private String nextModel() {
        final byte[] next = deployment.round(round.campaignId(), 1).encode();
        return "campaigns/" + HexFormat.of().formatHex(Keccak256.hash(next)) + "/in";
    }

    private Contributor contribution(String name) {
        return events.contributors(0).stream()
                .filter(one -> Address.of(one.account()).equals(account(name)))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> shares(String name) {
        return provider(name)
                .run("shares", "--campaign", federation.campaign, "--yes")
                .events();
    }

    private CommandLine provider(String name) {
        return federation.providers.get(name);
    }

    private Address account(String name) {
        return Address.parse(Federation.account(provider(name)));
    }

    private Dishonest dishonest(CommandLine member) {
        return new Dishonest(member, deployment, chain, round, server);
    }
}
