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

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer proxy;
    private final URI server;
    private volatile Consumer<ObjectNode> lie = answer -> {};
    private volatile boolean silent;

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

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            final byte[] body = exchange.getRequestBody().readAllBytes();
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
            final byte[] told = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(response.statusCode(), told.length);
            exchange.getResponseBody().write(told);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        proxy.stop(0);
    }
}
