package org.zkml.api.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** A server that does all that the real one behind it does, but for a part of it, where it fails with a status. */
final class FailingServer implements AutoCloseable {

    private static final int NO_FAILURE = 0;

    private final HttpServer http;
    private final String behind;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Pattern part;
    private final Runnable failing;
    private volatile int status;

    private FailingServer(HttpServer http, URI behind, String part, Runnable failing, int status) {
        this.http = http;
        this.part = Pattern.compile(part);
        this.failing = failing;
        this.behind = behind.toString().replaceAll("/$", "");
        this.status = status;
    }

    /**
     * One of which a part fails.
     *
     * @param part a regular expression of what is in its paths
     * @param failing runs before each failure
     */
    static FailingServer start(URI behind, String part, Runnable failing, int status) throws IOException {
        final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        final FailingServer server = new FailingServer(http, behind, part, failing, status);
        http.setExecutor(Executors.newCachedThreadPool());
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    /** One that does all, and something else before a part of it. */
    static FailingServer interrupting(URI behind, String part, Runnable before) throws IOException {
        return start(behind, part, before, NO_FAILURE);
    }

    /** What the part answers from now on. */
    void failWith(int newStatus) {
        status = newStatus;
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            final byte[] body = exchange.getRequestBody().readAllBytes();
            final String path = exchange.getRequestURI().toString();
            if (part.matcher(path).find()) {
                failing.run();
                if (status != NO_FAILURE) {
                    exchange.sendResponseHeaders(status, -1);
                    return;
                }
            }
            final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(behind + path))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            for (String name : List.of("Mailbox-Deadline", "Mailbox-Signature")) {
                exchange.getRequestHeaders()
                        .getOrDefault(name, List.of())
                        .forEach(value -> request.header(name, value));
            }
            if (body.length > 0) {
                request.header("Content-Type", "application/json");
            }
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (name.startsWith("Mailbox-")) {
                    request.header(name, values.getFirst());
                }
            });
            final HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            for (String name : List.of("Location", "Content-Type")) {
                response.headers()
                        .firstValue(name)
                        .ifPresent(value -> exchange.getResponseHeaders().add(name, value));
            }
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
