package org.zkml.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Stands between a buyer and the seller's instance, and changes its answers, or keeps them for itself. */
final class LyingSeller implements AutoCloseable {

    private static final String PAGE = "page";

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer proxy;
    private final URI server;
    private volatile Consumer<ObjectNode> lie = answer -> {};
    private volatile boolean silent;
    private volatile Refusal refusal = request -> null;

    /** What of it is refused: a problem with its status, or null. */
    interface Refusal {
        ObjectNode of(Request request);
    }

    /** What a buyer sends. */
    record Request(String method, String path, JsonNode body) {

        /** Whether it is a query about so many rows. */
        boolean asks(int rows) {
            return body.path("rows").size() == rows;
        }
    }

    LyingSeller(URI server) throws IOException {
        this.server = server;
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(Executors.newCachedThreadPool());
        proxy.createContext("/", this::answer);
        proxy.start();
    }

    String url() {
        return "http://127.0.0.1:" + proxy.getAddress().getPort();
    }

    /** Changes all answers from now on. */
    void lies(Consumer<ObjectNode> how) {
        lie = how;
    }

    /** Whether what the instance answers is lost. */
    void loses(boolean all) {
        silent = all;
    }

    /** Refuses from now on, without the instance, what {@code how} makes a problem of; null is none. */
    void refuses(Refusal how) {
        refusal = how;
    }

    static ObjectNode problem(int status, String type) {
        return ((ObjectNode) TestBuyer.parse("{}"))
                .put("type", "urn:zkml:problem:" + type)
                .put("status", status);
    }

    /** A proxy's refusal, which is no problem document. */
    static ObjectNode page(int status) {
        return problem(status, PAGE);
    }

    private static void tell(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        final byte[] told = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .add("Content-Type", answer.path("type").asText().endsWith(PAGE) ? "text/html" : "application/json");
        exchange.sendResponseHeaders(status, told.length);
        exchange.getResponseBody().write(told);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            final byte[] body = exchange.getRequestBody().readAllBytes();
            final ObjectNode problem = refusal.of(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    TestBuyer.parse(body.length == 0 ? "{}" : new String(body, StandardCharsets.UTF_8))));
            if (problem != null) {
                tell(exchange, problem.get("status").asInt(), problem);
                return;
            }
            final HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (name.startsWith("Content-type") || name.startsWith("Predictions-")) {
                    request.header(name, values.getFirst());
                }
            });
            final HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (silent) {
                return;
            }
            final JsonNode answer = TestBuyer.parse(response.body());
            if (response.statusCode() < 300) {
                lie.accept((ObjectNode) answer);
            }
            tell(exchange, response.statusCode(), answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        proxy.stop(0);
    }
}
