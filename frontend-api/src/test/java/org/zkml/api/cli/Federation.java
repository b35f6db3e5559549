package org.zkml.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.zkml.backend.market.HardhatNode;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.Identity;
import org.zkml.prover.cli.JsonFile;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.TransactionSender;
import org.zkml.prover.vault.Vault;

/** A campaign with providers and two aggregators, the owner and a registry, each with a workspace of its own; the chain's time is moved by hand. */
final class Federation {

    static final String OWNER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

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

    /** The second aggregator; as a provider's name it has a seat too. */
    static final String REGISTRY = "registry";

    private static final String PASSPHRASE = "correct horse battery staple";
    /** Most for a gas, wei. */
    private static final BigInteger FEE = BigInteger.valueOf(200_000_000_000L);

    private static final String ETHER = "0x56bc75e2d63100000"; // 100

    final CommandLine owner = new CommandLine(DeployedByCommandLine.FOLDER.resolve("owner"));
    final CommandLine registry;
    final Map<String, CommandLine> providers = new LinkedHashMap<>();
    final String campaign;
    final Path rows;

    private final Path folder;
    private final HardhatNode node;
    private final URI server;

    private Federation(String name, List<String> names, int rounds, URI rpc, URI server) throws IOException {
        folder = Files.createDirectories(DeployedByCommandLine.FOLDER.resolve(name));
        node = HardhatNode.at(rpc.toString());
        this.server = server;
        owner.done("connect", "--server", server);
        registry = member(REGISTRY);
        for (String provider : names) {
            providers.put(provider, provider.equals(REGISTRY) ? registry : member(provider));
        }
        rows = folder.resolve("rows.csv");
        Files.writeString(rows, ROWS);
        Files.writeString(folder.resolve("schema.json"), SCHEMA);
        campaign = open(rounds);
        int seed = 40;
        for (CommandLine provider : providers.values()) {
            seat(provider, seed++);
        }
    }

    /** Opens a campaign in which all named providers have a seat. */
    static Federation of(String name, List<String> providers, int rounds, URI rpc, URI server) throws IOException {
        return new Federation(name, providers, rounds, rpc, server);
    }

    private CommandLine member(String name) {
        final CommandLine member = new CommandLine(folder.resolve(name));
        final String account = member.done("init").get("account").asText();
        node.call("hardhat_setBalance", account, ETHER);
        member.done(
                "connect",
                "--deployment",
                DeployedByCommandLine.FOLDER.resolve("deployment.json"),
                "--rpc",
                node.url(),
                "--server",
                server,
                "--setup",
                DeployedByCommandLine.FOLDER.resolve("dev.srs"));
        return member;
    }

    static String account(CommandLine member) {
        return member.done("status").get("account").asText();
    }

    private String open(int rounds) throws IOException {
        final Path schema = folder.resolve("schema.json");
        final Path consent = folder.resolve("consent.json");
        registry.done("campaign", "consent", "--owner", OWNER, "--schema", schema, "--out", consent);
        final String entries = providers.values().stream()
                .map(provider -> "{\"account\": \"%s\", \"rowCap\": 10}".formatted(account(provider)))
                .collect(Collectors.joining(", "));
        final Path plan = folder.resolve("campaign.json");
        Files.writeString(plan, """
                {"format": "zkml-campaign/1", "schema": "schema.json", "rate": "1/2", "decay": "0", "steps": 2, "batches": 1,
                 "rounds": %d, "minProviders": 3, "maxProviders": %d, "rowCap": 10, "ownerShareBasisPoints": 2000,
                 "rewardPerRowTokens": "1", "floorPricePerQueryTokens": "0", "allowList": {"entries": [%s]},
                 "windowsSeconds": {"join": 3600, "contribution": 3600, "share": 1200, "answer": 600, "aggregation": 6000}}
                """.formatted(rounds, providers.size(), entries));
        owner.done("campaign", "grant", "--owner", OWNER, "--tokens", 10 * rounds * providers.size());
        return owner.done("campaign", "open", plan, "--consent", consent, "--yes")
                .get("id")
                .asText();
    }

    private void seat(CommandLine provider, int age) throws IOException {
        final Path own = provider.workspace().resolve("rows.csv");
        Files.writeString(own, ROWS + age + ",0.0,0\n");
        provider.done("commit", own, "--schema", folder.resolve("schema.json"));
        provider.done("register", "--yes");
        provider.done("join", "--campaign", campaign, "--yes");
    }

    /** Runs the only round to its end: everybody is honest and on time. */
    void finish() {
        providers.keySet().forEach(this::participate);
        aggregate(owner);
        aggregate(registry);
        providers.keySet().forEach(this::participate);
        pass("share");
        aggregate(owner);
        aggregate(registry);
        aggregate(owner);
        aggregate(registry);
        aggregate(owner);
    }

    /** What a provider's process does when it looks. */
    List<JsonNode> participate(String provider) {
        return events(providers.get(provider), "participate", "--campaign", campaign, "--once", "--yes");
    }

    /** What an aggregator's process does when it looks. */
    List<JsonNode> aggregate(CommandLine aggregator, Object... more) {
        return events(
                aggregator,
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("aggregate", "run", "--campaign", campaign, "--once"),
                                java.util.stream.Stream.of(more))
                        .toArray());
    }

    private static List<JsonNode> events(CommandLine who, Object... arguments) {
        final CommandLine.Run run = who.run(arguments);
        if (run.exitCode() != 0) {
            throw new AssertionError(List.of(arguments) + " ended with " + run.exitCode() + "\n" + run.err());
        }
        return run.events();
    }

    /** Moves the chain on to a moment of the present round: {@code contribution}, {@code dispute}, {@code share}, {@code answer} or {@code aggregation}. */
    void pass(String deadline) {
        final Instant end =
                Instant.parse(status().get("deadlines").get(deadline).asText());
        passSeconds(Math.max(1, end.getEpochSecond() - time() + 1));
    }

    void passSeconds(long seconds) {
        node.increaseTime(seconds);
    }

    /** The chain's, Unix seconds. */
    long time() {
        return Long.decode(node.call("eth_getBlockByNumber", "latest", false)
                .get("timestamp")
                .asText());
    }

    String rpc() {
        return node.url();
    }

    /** Moves the chain on so far into the time between a round's contributions and the begin of disputes. */
    void passPart(int numerator, int denominator) {
        pass("contribution");
        final JsonNode deadlines = status().get("deadlines");
        final long begin = Instant.parse(deadlines.get("contribution").asText()).getEpochSecond();
        final long end = Instant.parse(deadlines.get("dispute").asText()).getEpochSecond();
        node.increaseTime((end - begin) * numerator / denominator);
    }

    /** A provider that can pay for nothing from now on. */
    void takeEther(String provider) {
        node.call("hardhat_setBalance", account(providers.get(provider)), "0x0");
    }

    /** The chain's node. */
    HardhatNode node() {
        return node;
    }

    static Deployment deployment() {
        return Deployment.read(JsonFile.read(DeployedByCommandLine.FOLDER.resolve("deployment.json")));
    }

    /** Where a workspace has the files of the campaign. */
    Path files(CommandLine who) {
        return who.workspace().resolve("campaigns").resolve(deployment().name()).resolve(campaign);
    }

    /** The keys of somebody, to do with them what the tools do not. */
    static Identity identity(CommandLine who) {
        try (Vault vault = vault(who)) {
            return new Identity(
                    vault.get("keys/ethereum"), vault.get("keys/x25519"), vault.get("keys/ml-kem-768-seed"));
        }
    }

    /** Sends as somebody what the tools do not; what is under way is in a vault of its own. */
    static TransactionSender sender(Chain chain, Identity identity) {
        final Path file = DeployedByCommandLine.FOLDER.resolve("sender-" + UUID.randomUUID() + ".zkml");
        return new TransactionSender(chain, identity, Vault.create(file, PASSPHRASE.toCharArray()), FEE, line -> {});
    }

    static Vault vault(CommandLine who) {
        return Vault.open(who.workspace().resolve("vault.zkml"), PASSPHRASE.toCharArray());
    }

    /** Whether an aggregator's vault has what providers have sent it. */
    boolean hasSharesOfOthers(CommandLine aggregator) {
        try (Vault vault = vault(aggregator)) {
            return vault.names().stream().anyMatch(name -> name.startsWith("aggregating/"));
        }
    }

    JsonNode status() {
        return owner.done("campaign", "status", campaign);
    }
}
