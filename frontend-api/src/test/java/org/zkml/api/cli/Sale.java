package org.zkml.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.JsonFile;

/** A finished campaign whose model the server sells; the buyer is a provider, with the tokens that its contribution earned. */
final class Sale {

    /** Ten rows for a token, three for a price that does not divide by them, and many for nothing, the last for long. */
    static final List<String> TIERS = List.of("10:1d:1", "3:1h:0.000000000000000010", "1000:1d:0", "1000:90d:0");

    private static Sale shared;

    final Federation federation;
    final CommandLine owner;
    final CommandLine buyer;
    final String model;
    final String seller;
    final Deployment deployment;

    private final URI server;

    private Sale(String name, URI rpc, URI server) throws IOException {
        this.server = server;
        federation = Federation.of(name, List.of("a", "b", "c"), 1, rpc, server);
        federation.finish();
        owner = federation.owner;
        buyer = federation.providers.get("a");
        model = federation.campaign;
        deployment = Deployment.read(JsonFile.read(DeployedByCommandLine.FOLDER.resolve("deployment.json")));
        seller = owner.done(
                        "model",
                        "export",
                        "--campaign",
                        model,
                        "--out",
                        DeployedByCommandLine.SELLER,
                        "--schema",
                        schema())
                .get("seller")
                .asText();
        list(TIERS);
        buyer.done("claim", "--campaign", model, "--direct");
    }

    static Sale of(String name, URI rpc, URI server) throws IOException {
        return new Sale(name, rpc, server);
    }

    /** One for all tests that only need one. */
    static Sale shared(URI rpc, URI server) throws IOException {
        if (shared == null || !shared.server.equals(server)) {
            shared = of("shared", rpc, server);
        }
        return shared;
    }

    Path schema() {
        return federation.rows.resolveSibling("schema.json");
    }

    /** Offers the model at these tiers instead. */
    void list(List<String> tiers) {
        list(seller, server.toString(), tiers);
    }

    /** Offers the model for another seller, or elsewhere; what the command warned of. */
    String list(String account, String endpoint, List<String> tiers) {
        final CommandLine.Run run = owner.run(Stream.concat(
                        Stream.of("model", "list", "--campaign", model, "--seller", account, "--endpoint", endpoint),
                        tiers.stream().flatMap(tier -> Stream.of("--tier", tier)))
                .toArray());
        if (run.exitCode() != 0) {
            throw new AssertionError(tiers + " ended with " + run.exitCode() + "\n" + run.err());
        }
        return run.err();
    }

    /** Buys a pass, and tells its number. */
    String buy(int tier) {
        return buyer.done("pass", "buy", "--model", model, "--tier", tier, "--yes")
                .get("passId")
                .asText();
    }

    /** A file of so many rows without targets. */
    Path rows(String name, int count) throws IOException {
        final StringBuilder csv = new StringBuilder("name,age,dose\n");
        for (int i = 0; i < count; i++) {
            csv.append("patient ")
                    .append(i)
                    .append(',')
                    .append(40 + i)
                    .append(',')
                    .append(i % 4)
                    .append(".5\n");
        }
        final Path file = buyer.workspace().resolve(name);
        Files.writeString(file, csv);
        return file;
    }

    /** Asks, which must succeed. */
    List<JsonNode> ask(Path rows, String pass, Object... more) {
        final CommandLine.Run run = tryToAsk(rows, pass, more);
        if (run.exitCode() != 0) {
            throw new AssertionError(Arrays.toString(more) + " ended with " + run.exitCode() + "\n" + run.err());
        }
        return run.events();
    }

    CommandLine.Run tryToAsk(Path rows, String pass, Object... more) {
        return buyer.run(Stream.concat(Stream.of("ask", rows, "--pass", pass, "--yes"), Stream.of(more))
                .toArray());
    }

    /** Where the model is listed. */
    String endpoint() {
        return server.toString();
    }

    /** The file of a query with its answer. */
    Path answer(String pass, int count) {
        return record(pass, count + ".json");
    }

    /** A file of a pass. */
    Path record(String pass, String name) {
        return buyer.workspace()
                .resolve("passes")
                .resolve(deployment.name())
                .resolve(pass)
                .resolve(name);
    }

    /** Checks an answer file as somebody without a workspace. */
    CommandLine.Run verify(Path answer, Object... more) {
        return CommandLine.execute(Stream.concat(
                        Stream.of(
                                "verify-prediction",
                                answer,
                                "--rpc",
                                federation.rpc(),
                                "--deployment",
                                DeployedByCommandLine.FOLDER.resolve("deployment.json"),
                                "--setup",
                                DeployedByCommandLine.FOLDER.resolve("dev.srs"),
                                "--json"),
                        Stream.of(more))
                .toArray());
    }
}
