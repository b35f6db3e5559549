package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.InferenceContract;

/** From an empty chain to paid providers, by commands alone, on a real node with the real contracts. Each test goes on where the one before ended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProviderFlowIT {

    private static final List<String> PROVIDERS = List.of("a", "b", "c");

    @TempDir
    private static Path folder;

    private static HardhatNode node;
    private static SmallCampaign files;

    @BeforeAll
    static void startChain() throws IOException, InterruptedException {
        node = HardhatNode.start(folder.resolve("hardhat.log"));
        files = new SmallCampaign(folder);
        Cli.run("setup", "dev", "--power", 9, files.setup()).requireDone();
    }

    @AfterAll
    static void stopChain() {
        if (node != null) {
            node.close();
        }
    }

    private static Path workspace(String name) {
        return folder.resolve("workspace-" + name);
    }

    /** Where a workspace has the files of campaign 1. */
    private static Path campaign(String name) {
        return Workspace.open(workspace(name)).campaignFolder(BigInteger.ONE);
    }

    private static Address init(String name) {
        final String account = Cli.run("init", "-w", workspace(name), "--json")
                .requireDone()
                .json()
                .get("account")
                .asText();
        final Address address = Address.parse(account);
        node.fund(address);
        return address;
    }

    /** Run by whoever's workspace it is. */
    private static Cli.Run by(String name, Object... arguments) {
        final List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-w", workspace(name), "--json"));
        return Cli.run(all.toArray());
    }

    private static JsonNode done(String name, Object... arguments) {
        return by(name, arguments).requireDone().json();
    }

    private static void connect(String name) {
        done(name, "connect", "--deployment", files.deployment(), "--rpc", node.url(), "--setup", files.setup());
    }

    @Test
    @Order(1)
    void deploys() throws IOException {
        Files.delete(files.deployment());
        init("owner");
        done("owner", "deploy", "--setup", files.setup(), "--rpc", node.url(), "--out", files.deployment());
        assertEquals(7, by("owner", "deploy", "--out", files.deployment()).exitCode());
        connect("owner");
    }

    @Test
    @Order(2)
    void refusesADeploymentFileOfOtherContracts() throws IOException {
        final Path wrong = folder.resolve("wrong.json");
        final JsonNode contracts = JsonFile.read(files.deployment()).node().get("contracts");
        Files.writeString(
                wrong,
                Files.readString(files.deployment())
                        .replace(
                                contracts.get("datasetRegistry").asText(),
                                contracts.get("rewardToken").asText()));
        final Cli.Run run = by("owner", "connect", "--deployment", wrong);
        assertEquals(4, run.exitCode());
        assertTrue(run.err().contains("the campaigns' registry is"), run.err());
    }

    @Test
    @Order(2)
    void sellsInferenceForTheRewardTokenUnlessToldOtherwise() throws IOException {
        final Deployment first = Deployment.read(JsonFile.read(files.deployment()));
        final Address account =
                Address.parse(done("owner", "status").get("account").asText());
        assertPaidIn(first, first.rewardToken(), account);

        final Address seller = init("seller");
        final Path other = folder.resolve("other-deployment.json");
        final Address treasury = Address.parse("0x00000000000000000000000000000000000000fe");
        done(
                "seller",
                "deploy",
                "--setup",
                files.setup(),
                "--rpc",
                node.url(),
                "--out",
                other,
                "--payment-token",
                first.rewardToken(),
                "--treasury",
                treasury);
        final Deployment second = Deployment.read(JsonFile.read(other));
        assertNotEquals(first.rewardToken(), second.rewardToken());
        assertPaidIn(second, first.rewardToken(), treasury);

        final Cli.Run run = by("seller", "deploy", "--force", "--out", other, "--payment-token", seller);
        assertEquals(4, run.exitCode());
        assertTrue(run.err().contains("--payment-token: there is no contract at " + seller), run.err());
        final Address sixDecimals = Address.of(BigInteger.valueOf(0x6dec));
        node.call(
                "hardhat_setCode",
                sixDecimals.toString(),
                "0x600660005260206000f3"); // answers 6 to whatever it is asked
        final Cli.Run six = by("seller", "deploy", "--force", "--out", other, "--payment-token", sixDecimals);
        assertEquals(4, six.exitCode());
        assertTrue(six.err().contains(sixDecimals + " has 6 decimals"), six.err());
        for (String option : List.of("--payment-token", "--treasury", "--governance")) {
            final Cli.Run malformed = by("seller", "deploy", "--force", "--out", other, option, "0x12");
            assertEquals(2, malformed.exitCode(), option);
            assertTrue(malformed.err().contains(option), malformed.err());
        }
    }

    private static void assertPaidIn(Deployment deployment, Address token, Address treasury) {
        try (Chain chain = Chain.at(node.url())) {
            final InferenceContract inference = new InferenceContract(chain, deployment.inferenceMarket());
            assertEquals(token, inference.token());
            assertEquals(treasury, inference.treasury());
        }
    }

    @Test
    @Order(3)
    void opensACampaign() throws IOException {
        final List<Address> accounts =
                PROVIDERS.stream().map(ProviderFlowIT::init).toList();
        final Address owner =
                Address.parse(done("owner", "status").get("account").asText());
        init("helper");
        connect("helper");
        final Path consent = folder.resolve("consent.json");
        done("helper", "campaign", "consent", "--owner", owner, "--schema", files.schema(), "--out", consent);
        final Path plan = folder.resolve("campaign.json");
        Files.writeString(plan, plan(accounts));
        final Cli.Run early = by("owner", "campaign", "open", plan, "--consent", consent, "--yes");
        assertEquals(4, early.exitCode());
        assertTrue(early.err().contains("the campaign could mint 18 ("), early.err());
        done("owner", "campaign", "grant", "--owner", owner, "--tokens", "20");
        final Cli.Run unsure = by("owner", "campaign", "open", plan, "--consent", consent);
        assertEquals(2, unsure.exitCode());
        assertTrue(unsure.err().contains("accounts of the allow-list"), unsure.err());
        assertTrue(unsure.err().contains("nobody is there to ask whether to open this campaign"), unsure.err());
        assertTrue(
                by("owner", "campaign", "status", "1").err().contains("there is no campaign 1 at"), "none was opened");
        final JsonNode campaign;
        try (DocumentServer server = DocumentServer.start()) {
            server.answer(503);
            done("owner", "connect", "--server", server.url());
            final Cli.Run run = by("owner", "campaign", "open", plan, "--consent", consent, "--yes");
            campaign = run.requireDone().json();
            assertFalse(campaign.get("published").asBoolean());
            assertTrue(run.err().contains("run \"zkml campaign publish 1\""), run.err());
            assertEquals(5, by("owner", "campaign", "publish", "1").exitCode());
            server.answer(201);
            final Path other = folder.resolve("other.json");
            Files.writeString(other, plan(accounts.subList(0, 2)));
            assertEquals(
                    4, by("owner", "campaign", "publish", "1", "--from", other).exitCode());
            assertEquals(List.of(), server.taken());
            done("owner", "campaign", "publish", "1");
            done("owner", "campaign", "publish", "1", "--from", plan);
            final Path documents = campaign("owner");
            final List<String> both = List.of(
                    Files.readString(documents.resolve("schema.json")),
                    Files.readString(documents.resolve("allow-list.json")));
            assertEquals(List.of(both.get(0), both.get(1), both.get(0), both.get(1)), server.taken());
        }
        assertEquals("1", campaign.get("id").asText());
        assertEquals("open", campaign.get("state").asText());
        assertEquals("1/2", campaign.get("rate").asText());
        assertEquals(2, campaign.get("aggregators").size());
        assertEquals(
                campaign.get("schemaHash"),
                done("owner", "campaign", "status", "1").get("schemaHash"));
    }

    private static String plan(List<Address> accounts) {
        final String entries = accounts.stream()
                .map(account -> "{\"account\": \"%s\", \"rowCap\": 10}".formatted(account))
                .collect(Collectors.joining(", "));
        return """
                {"format": "zkml-campaign/1", "schema": "schema.json", "rate": "1/2", "decay": "1/100", "steps": 3, "batches": 1,
                 "rounds": 1, "minProviders": 3, "maxProviders": 3, "rowCap": 12, "ownerShareBasisPoints": 2000,
                 "rewardPerRowTokens": "0.5", "floorPricePerQueryTokens": "0.01", "allowList": {"entries": [%s]},
                 "windowsSeconds": {"join": 3600, "contribution": 3600, "share": 600, "answer": 600, "aggregation": 600}}
                """.formatted(entries);
    }

    @Test
    @Order(4)
    void providersRegisterAndJoin() throws IOException {
        for (String name : PROVIDERS) {
            connect(name);
            final Path rows = folder.resolve(name + ".csv");
            Files.writeString(rows, SmallCampaign.CSV.replace("40,1.0,0", "40," + (name.charAt(0) - 'a') + ",0"));
            done(name, "commit", rows, "--schema", files.schema());
            final Cli.Run silent = by(name, "register", "--direct");
            assertEquals(2, silent.exitCode());
            assertTrue(silent.err().contains("leaves your site"), silent.err());
            assertTrue(silent.err().contains("pays the gas, at most 200 gwei"), silent.err());
            assertFalse(
                    done(name, "register", "--direct", "--yes").get("repeated").asBoolean());
            assertTrue(
                    done(name, "register", "--direct", "--yes").get("repeated").asBoolean());
            final Cli.Run tooEarly = by(name, "submit", "--campaign", "1", "--direct", "--yes");
            assertEquals(7, tooEarly.exitCode());
            assertTrue(tooEarly.err().contains("has no seat in campaign 1"), tooEarly.err());
            final Path list = campaign("owner").resolve("allow-list.json");
            final Path forged = folder.resolve("forged.json");
            Files.writeString(forged, Files.readString(list).replace("\"rowCap\" : 10", "\"rowCap\" : 11"));
            final Cli.Run greedy = by(name, "join", "--campaign", "1", "--allow-list", forged, "--direct", "--yes");
            assertEquals(4, greedy.exitCode());
            assertTrue(greedy.err().contains("this allow-list has the hash 0x"), greedy.err());
            assertEquals(4, by(name, "prove", "--campaign", "1").exitCode());
            final JsonNode seat = done(name, "join", "--campaign", "1", "--allow-list", list, "--direct", "--yes");
            assertEquals(10, seat.get("weight").asInt());
            assertTrue(done(name, "join", "--campaign", "1", "--direct", "--yes")
                    .get("repeated")
                    .asBoolean());
        }
        assertEquals(
                "running", done("owner", "campaign", "status", "1").get("state").asText());
    }

    @Test
    @Order(5)
    void tellsWhatTheContractRefused() {
        final Cli.Run train = by("a", "train", "--campaign", "2");
        assertEquals(4, train.exitCode());
        assertTrue(train.err().contains("there is no campaign 2 at"), train.err());
        final Cli.Run claim = by("a", "claim", "--campaign", "2");
        assertEquals(4, claim.exitCode());
        assertTrue(claim.err().contains("the contract refused: CampaignUnknown(2)"), claim.err());
    }

    @Test
    @Order(6)
    void proveWhatTheContractWillVerify() {
        for (String name : PROVIDERS) {
            assertEquals(4, done(name, "train", "--campaign", "1").get("steps").size());
            done(name, "prove", "--campaign", "1");
            final Path proofs = campaign(name).resolve("round-0");
            Cli.run(
                            "verify",
                            "--proof",
                            proofs.resolve("proof.bin"),
                            "--statement",
                            proofs.resolve("statement.json"),
                            "--setup",
                            files.setup())
                    .requireDone();
        }
    }

    @Test
    @Order(7)
    void refusesToSubmitWhatIsNotTheContractsStatement() throws IOException {
        final Path proofs = folder.resolve("offline");
        final Path task = folder.resolve("task.json");
        Files.writeString(task, SmallCampaign.task("1", 3).replace("\"campaignId\": \"7\"", "\"campaignId\": \"1\""));
        done("a", "prove", "--task", task, "--out", proofs);
        final Cli.Run run = by("a", "submit", "--campaign", "1", "--from", proofs, "--direct", "--yes");
        assertEquals(4, run.exitCode());
        assertTrue(run.err().contains("the contract's statement has another c: "), run.err());
        // what the next test submits is still what was proved before: the vault has not lost it
    }

    @Test
    @Order(8)
    void contributeAndArePaid() throws IOException {
        final Cli.Run unknown = by("a", "participate", "--campaign", "7");
        assertEquals(4, unknown.exitCode(), "before it asks whether anything may leave");
        assertTrue(unknown.err().contains("there is no campaign 7 at"), unknown.err());
        assertTrue(unknown.err().contains("which has 1;"), unknown.err());
        assertEquals(7, by("a", "submit", "--campaign", "1").exitCode(), "no server, and nobody is asked");
        assertTrue(by("a", "campaign", "status", "1").err().contains("disputes until 20"), "every deadline is shown");
        for (String name : PROVIDERS) {
            final JsonNode receipt = done(name, "submit", "--campaign", "1", "--direct", "--yes");
            assertTrue(receipt.get("gasUsed").asLong() > 500_000, receipt.toString());
            assertTrue(done(name, "submit", "--campaign", "1", "--direct", "--yes")
                    .get("repeated")
                    .asBoolean());
        }
        assertEquals(
                "0",
                done("a", "claim", "--campaign", "1", "--direct").get("amount").asText());
        assertEquals(4, by("owner", "campaign", "end", "1").exitCode());
        node.pass(3 * 3600);
        assertEquals(
                "cancelled", done("owner", "campaign", "end", "1").get("state").asText());
        believesNoServerThatItWasPaid();
        for (String name : PROVIDERS) {
            assertEquals(
                    "5000000000000000000",
                    done(name, "claim", "--campaign", "1", "--direct")
                            .get("amount")
                            .asText());
            final JsonNode status = done(name, "status");
            assertEquals("5000000000000000000", status.get("balance").asText());
            assertEquals("registered", status.at("/datasets/0/state").asText());
            assertTrue(status.at("/seats/0/contributed").asBoolean());
        }
    }

    /** A server that says that everything is mined, and sends nothing. */
    private static void believesNoServerThatItWasPaid() throws IOException {
        final HttpServer liar = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        liar.createContext("/", exchange -> {
            final byte[] answer = """
                    {"status": "mined", "transactionHash": "0x01", "blockNumber": 1, "gasUsed": 1}
                    """.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(202, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        liar.start();
        try {
            done(
                    "a",
                    "connect",
                    "--server",
                    "http://127.0.0.1:" + liar.getAddress().getPort());
            final Cli.Run run = by("a", "claim", "--campaign", "1");
            assertEquals(4, run.exitCode(), run.out());
            assertTrue(run.err().contains("transaction 0x01 did not pay"), run.err());
        } finally {
            liar.stop(0);
        }
    }

    @Test
    @Order(9)
    void offersNoMoreForGasThanIsAllowed() {
        final Object[] grant = {
            "campaign",
            "grant",
            "--owner",
            done("owner", "status").get("account").asText(),
            "--tokens",
            "1"
        };
        final Cli.Run cheap = by("owner", grant).requireDone();
        assertTrue(cheap.err().contains("the transaction costs at most 0.000"), cheap.err());
        node.call("hardhat_setNextBlockBaseFeePerGas", "0x45d964b800"); // 300 gwei
        node.call("evm_mine");
        final Cli.Run dear = by("owner", grant);
        assertEquals(4, dear.exitCode());
        assertTrue(dear.err().contains("asks for 300 gwei a gas"), dear.err());
        final List<Object> allowed = new ArrayList<>(List.of(grant));
        allowed.addAll(List.of("--max-fee-per-gas", "301.5"));
        final Cli.Run paid = by("owner", allowed.toArray()).requireDone();
        assertTrue(paid.err().contains("gas at up to 301.5 gwei"), paid.err());
        assertEquals(
                2,
                by("owner", "campaign", "grant", "--owner", grant[3], "--tokens", "1", "--max-fee-per-gas", "many")
                        .exitCode());
    }

    @Test
    @Order(10)
    void saysThatNobodyAnswers() {
        done("a", "connect", "--rpc", "http://127.0.0.1:9");
        final Cli.Run run = by("a", "status");
        assertEquals(5, run.exitCode());
        assertTrue(run.err().contains("http://127.0.0.1:9: the node does not answer"), run.err());
        assertTrue(by("a", "register").err().contains("the node does not answer"));
    }
}
