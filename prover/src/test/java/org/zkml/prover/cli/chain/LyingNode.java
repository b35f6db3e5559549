package org.zkml.prover.cli.chain;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** A node that answers each request as it is told: what none of a real chain would say. */
public final class LyingNode implements AutoCloseable {

    private final HttpServer http;

    private LyingNode(HttpServer http) {
        this.http = http;
    }

    /**
     * What it says.
     *
     * @param status of HTTP
     * @param member of the answer: {@code "result": ..} or {@code "error": ..}
     */
    public record Answer(int status, String member) {
        public static Answer result(String json) {
            return new Answer(200, "\"result\": " + json);
        }

        public static Answer error(int code, String message, String data) {
            return new Answer(
                    200, "\"error\": {\"code\": %d, \"message\": \"%s\", \"data\": %s}".formatted(code, message, data));
        }
    }

    /** @param answers by the request's JSON, but for the chain's id */
    public static LyingNode start(long chainId, Function<String, Answer> answers) throws IOException {
        final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            final String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            final String id = request.replaceAll(".*\"id\":([0-9]+).*", "$1");
            final Answer answer = request.contains("eth_chainId")
                    ? Answer.result("\"0x%x\"".formatted(chainId))
                    : answers.apply(request);
            final byte[] body = "{\"jsonrpc\": \"2.0\", \"id\": %s, %s}"
                    .formatted(id, answer.member())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        return new LyingNode(http);
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    public Chain chain() {
        return Chain.at(url());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
