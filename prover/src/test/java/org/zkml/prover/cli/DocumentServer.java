package org.zkml.prover.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A server that takes documents or does not, as it is told. */
final class DocumentServer implements AutoCloseable {

    private final HttpServer http;
    private final List<String> taken = new ArrayList<>();
    private int status = 201;

    private DocumentServer(HttpServer http) {
        this.http = http;
    }

    static DocumentServer start() throws IOException {
        final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        final DocumentServer server = new DocumentServer(http);
        http.createContext("/api/v1/", exchange -> {
            final String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(server.take(body), -1);
            exchange.close();
        });
        http.start();
        return server;
    }

    private synchronized int take(String document) {
        if (status == 201) {
            taken.add(document);
        }
        return status;
    }

    /** What it answers from now on. */
    synchronized void answer(int newStatus) {
        status = newStatus;
    }

    /** What it was given while it answered 201. */
    synchronized List<String> taken() {
        return List.copyOf(taken);
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
