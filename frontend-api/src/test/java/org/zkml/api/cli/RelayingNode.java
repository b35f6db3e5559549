package org.zkml.api.cli;

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
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A node before another one, of a real chain: it says what the other one says, or something else. */
final class RelayingNode implements AutoCloseable {

    private final HttpServer http;
    private final URI behind;
    private final Answers answers;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RelayingNode(HttpServer http, URI behind, Answers answers) {
        this.http = http;
        this.behind = behind;
        this.answers = answers;
    }

    /** What it says. */
    interface Answers {
        /**
         * The answer to a request, one after the other.
         *
         * @param behind asks the node behind
         */
        String to(String request, UnaryOperator<String> behind);
    }

    static RelayingNode start(URI behind, Answers answers) throws IOException {
        final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        final RelayingNode node = new RelayingNode(http, behind, answers);
        http.setExecutor(Executors.newCachedThreadPool());
        http.createContext("/", node::answer);
        http.start();
        return node;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            final String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            final byte[] answer;
            synchronized (this) {
                answer = answers.to(request, this::ask).getBytes(StandardCharsets.UTF_8);
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private String ask(String request) {
        try {
            return client.send(
                            HttpRequest.newBuilder(behind)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(request))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
