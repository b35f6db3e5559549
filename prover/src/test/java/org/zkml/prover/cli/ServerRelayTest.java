package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server that takes a message and then has its client wait. */
class ServerRelayTest {

    @Test
    void waitsByTheClockAndNotByAnswers() throws IOException {
        final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            final byte[] body = "{\"status\": \"sent\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(202, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        try {
            final Server server =
                    new Server("http://127.0.0.1:" + http.getAddress().getPort());
            final CommandException failure = assertThrows(
                    CommandException.class,
                    () -> new ServerRelay(server, Duration.ofSeconds(1))
                            .claim(BigInteger.ONE, Address.of(BigInteger.TEN)));
            assertEquals(ExitCode.IO, failure.exitCode());
            assertTrue(failure.getMessage().contains("not mined after 1 seconds"), failure.getMessage());
        } finally {
            http.stop(0);
        }
    }
}
