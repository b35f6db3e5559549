package org.zkml.backend.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;

/**
 * Stands before a real node as providers do: it can limit the blocks that logs are asked of, be some blocks late, and answer while the
 * chain changes. Calls of its own, besides the node's:
 *
 * <ul>
 *   <li>{@code gate_limitLogBlocks(n)}: questions for logs of more blocks are refused
 *   <li>{@code gate_hideAbove(n)}: blocks with higher numbers are not known yet
 *   <li>{@code gate_lateLogs(n)}: logs are asked of another node than the rest, one that knows no higher blocks yet
 *   <li>{@code gate_beforeBlock(n, [[method, parameters...]...])}: calls to the node before the next question for this block is answered
 *   <li>{@code gate_open()}: none of these any more
 * </ul>
 */
final class ProviderGate implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final URI node;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile long logBlocks;
    private volatile long shownBlocks;
    private volatile long blocksWithLogs;
    private volatile long watchedBlock;
    private volatile JsonNode beforeBlock;

    private ProviderGate(HttpServer server, URI node) {
        this.server = server;
        this.node = node;
        open();
    }

    static ProviderGate start(String nodeUrl) {
        try {
            final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            final ProviderGate gate = new ProviderGate(server, URI.create(nodeUrl));
            server.createContext("/", gate::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return gate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void open() {
        logBlocks = Long.MAX_VALUE;
        shownBlocks = Long.MAX_VALUE;
        blocksWithLogs = Long.MAX_VALUE;
        watchedBlock = -1;
        beforeBlock = MAPPER.createArrayNode();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            final ObjectNode request = (ObjectNode) MAPPER.readTree(exchange.getRequestBody());
            final byte[] body = MAPPER.writeValueAsBytes(answer(request));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private JsonNode answer(ObjectNode request) throws IOException {
        final ArrayNode parameters = request.withArray("params");
        switch (request.get("method").asText()) {
            case "gate_limitLogBlocks" -> logBlocks = parameters.get(0).asLong();
            case "gate_hideAbove" -> shownBlocks = parameters.get(0).asLong();
            case "gate_lateLogs" -> blocksWithLogs = parameters.get(0).asLong();
            case "gate_beforeBlock" -> {
                beforeBlock = parameters.get(1);
                watchedBlock = parameters.get(0).asLong();
            }
            case "gate_open" -> open();
            case "eth_getLogs" -> {
                return logs(request, parameters.get(0));
            }
            case "eth_getBlockByNumber" -> {
                return block(request, parameters);
            }
            default -> {
                return forward(request);
            }
        }
        return result(request);
    }

    private JsonNode logs(ObjectNode request, JsonNode filter) throws IOException {
        final boolean one = filter.has("blockHash");
        final long blocks = one ? 1 : 1 + number(filter.get("toBlock")) - number(filter.get("fromBlock"));
        if (blocks > logBlocks) {
            return error(request, -32005, "more than " + logBlocks + " blocks of logs");
        }
        if (blocksWithLogs == Long.MAX_VALUE) {
            return forward(request);
        }
        if (one) {
            final boolean known = numberOf(request, filter.get("blockHash")) <= blocksWithLogs;
            return known ? forward(request) : error(request, -32000, "unknown block");
        }
        if (number(filter.get("fromBlock")) > blocksWithLogs) {
            final ObjectNode none = result(request);
            none.putArray("result");
            return none;
        }
        final long last = Math.min(number(filter.get("toBlock")), blocksWithLogs);
        ((ObjectNode) filter).put("toBlock", "0x" + Long.toHexString(last));
        return forward(request);
    }

    private long numberOf(ObjectNode request, JsonNode hash) throws IOException {
        final ObjectNode question = request.deepCopy().put("method", "eth_getBlockByHash");
        question.putArray("params").add(hash).add(false);
        return number(forward(question).get("result").get("number"));
    }

    private JsonNode block(ObjectNode request, ArrayNode parameters) throws IOException {
        if (parameters.get(0).asText().equals("0x" + Long.toHexString(watchedBlock))) {
            watchedBlock = -1;
            for (JsonNode call : beforeBlock) {
                final ArrayNode values = call.deepCopy();
                final ObjectNode change =
                        request.deepCopy().put("method", values.remove(0).asText());
                change.set("params", values);
                forward(change);
            }
        }
        if (shownBlocks == Long.MAX_VALUE || parameters.get(0).asText().equals("earliest")) {
            return forward(request);
        }
        if (!parameters.get(0).asText().startsWith("0x")) {
            parameters.set(0, parameters.textNode("0x" + Long.toHexString(shownBlocks)));
        }
        return number(parameters.get(0)) > shownBlocks ? result(request) : forward(request);
    }

    private JsonNode forward(ObjectNode request) throws IOException {
        try {
            return MAPPER.readTree(http.send(
                            HttpRequest.newBuilder(node)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(request)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static ObjectNode result(ObjectNode request) {
        final ObjectNode answer = MAPPER.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", request.get("id"));
        answer.putNull("result");
        return answer;
    }

    private static ObjectNode error(ObjectNode request, int code, String message) {
        final ObjectNode refusal = result(request);
        refusal.remove("result");
        refusal.putObject("error").put("code", code).put("message", message);
        return refusal;
    }

    private static long number(JsonNode hex) {
        return Long.decode(hex.asText());
    }
}
