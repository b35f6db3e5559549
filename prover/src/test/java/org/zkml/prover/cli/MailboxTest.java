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
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.LyingNode;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.RoundId;

/** A server that keeps a tool busy. */
class MailboxTest {

    private static final RoundId ROUND = new RoundId(BigInteger.ONE, BigInteger.TWO, BigInteger.ONE, 0);

    @Test
    void readsNoListWithoutEnd() throws IOException {
        final AtomicLong page = new AtomicLong();
        final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            final byte[] body = "{\"items\": [], \"next\": \"%d\"}"
                    .formatted(page.incrementAndGet())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        try (LyingNode node = LyingNode.start(1, request -> LyingNode.Answer.result("\"0x\""));
                Chain chain = node.chain()) {
            final Mailbox mailbox = new Mailbox(
                    new Server("http://127.0.0.1:" + http.getAddress().getPort()),
                    chain,
                    Identity.create(),
                    Duration.ofMillis(200));
            final CommandException failure = assertThrows(
                    CommandException.class,
                    () -> mailbox.received(ROUND, MessageKind.SHARE, 2, List.of(Address.of(BigInteger.TEN))));
            assertEquals(ExitCode.IO, failure.exitCode());
            assertTrue(failure.getMessage().contains("has no end"), failure.getMessage());
        } finally {
            http.stop(0);
        }
    }
}
