package org.zkml.prover.cli.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.ExitCode;

/** A node that says what it likes about the time. */
class ChainTimeTest {

    private static final long DAY = 86_400;

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    /** Until when a message would be good that is signed now. */
    private static BigInteger tomorrow(long chainId, BigInteger blockTime) throws IOException {
        final HttpServer node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.createContext("/", exchange -> {
            final String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            final String id = request.replaceAll(".*\"id\":([0-9]+).*", "$1");
            final String result = request.contains("eth_chainId")
                    ? "\"0x%x\"".formatted(chainId)
                    : "{\"timestamp\": \"0x%s\"}".formatted(blockTime.toString(16));
            final byte[] answer = "{\"jsonrpc\": \"2.0\", \"id\": %s, \"result\": %s}"
                    .formatted(id, result)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        node.start();
        try (Chain chain = Chain.at("http://127.0.0.1:" + node.getAddress().getPort())) {
            return chain.tomorrow();
        } finally {
            node.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_500, 0, 3_500})
    void signsForADayByTheLaterClock(long ahead) throws IOException {
        final long before = now();
        final BigInteger end = tomorrow(1, BigInteger.valueOf(before + ahead));
        final long expected = before + Math.max(0, ahead) + DAY;
        assertTrue(end.longValueExact() >= expected && end.longValueExact() <= expected + 60, end.toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {-4_000, 4_000, 1L << 62})
    void signsNothingForANodeWithAnotherTime(long ahead) {
        final CommandException failure = assertThrows(
                CommandException.class,
                () -> tomorrow(1, BigInteger.valueOf(now()).add(BigInteger.valueOf(ahead))));
        assertEquals(ExitCode.REFUSED, failure.exitCode());
        assertTrue(failure.getMessage().contains("more than an hour apart"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {4_000, 400_000})
    void followsTheTimeOfADevelopmentChain(long ahead) throws IOException {
        final BigInteger block = BigInteger.valueOf(now() + ahead);
        assertEquals(block.add(BigInteger.valueOf(DAY)), tomorrow(31337, block));
    }
}
