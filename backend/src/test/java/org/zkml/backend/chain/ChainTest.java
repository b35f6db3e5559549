package org.zkml.backend.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider that is up and serves no node: it answers every request with an error page that repeats the request's address. */
class ChainTest {

    private static final int CALLERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch all = new CountDownLatch(CALLERS);
    private volatile boolean answersOnlyAll;
    private HttpServer provider;
    private URI url;
    private Chain chain;

    @BeforeEach
    void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.setExecutor(Executors.newCachedThreadPool());
        provider.createContext("/", exchange -> {
            try (exchange) {
                requests.incrementAndGet();
                all.countDown();
                if (answersOnlyAll) {
                    all.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                }
                final byte[] page = ("Cannot POST " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(404, page.length);
                exchange.getResponseBody().write(page);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        provider.start();
        url = URI.create("http://user:secret@127.0.0.1:" + provider.getAddress().getPort() + "/v3/secret?key=secret");
        final ChainConfig config = new SmallRyeConfigBuilder()
                .withMapping(ChainConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValue("zkml.chain.rpc-url", url.toString())
                .withDefaultValue("zkml.chain.chain-id", "1")
                .withDefaultValue("zkml.chain.registry", "0x" + "11".repeat(20))
                .withDefaultValue("zkml.chain.campaigns", "0x" + "22".repeat(20))
                .withDefaultValue("zkml.chain.inference", "0x" + "33".repeat(20))
                .withDefaultValue("zkml.chain.metrics", "0x" + "44".repeat(20))
                .build()
                .getConfigMapping(ChainConfig.class);
        final EthereumNode node = node(url);
        chain = new Chain(config, node, new MarketContracts(node), Duration.ofHours(1));
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    @Test
    void showsWhereTheNodeIsWithoutPasswordAndKey() {
        final String shown = "http://127.0.0.1:" + provider.getAddress().getPort();
        final String refused =
                assertThrows(ChainUnavailableException.class, chain::deployment).getMessage();
        assertTrue(refused.contains(shown), refused);
        assertTrue(refused.contains("404"), refused);
        assertFalse(refused.contains("secret"), refused);

        stop();
        final String absent = assertThrows(
                        ChainUnavailableException.class, () -> node(url).latest())
                .getMessage();
        assertTrue(absent.contains(shown), absent);
        assertFalse(absent.contains("secret"), absent);
    }

    @Test
    void letsNobodyWaitForAnotherOne() throws Exception {
        answersOnlyAll = true;
        final List<Callable<ChainUnavailableException>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(() -> assertThrows(ChainUnavailableException.class, chain::deployment));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            for (Future<ChainUnavailableException> refused : threads.invokeAll(callers)) {
                assertTrue(
                        refused.get().getMessage().contains("404"),
                        refused.get().getMessage());
            }
        }
        assertEquals(CALLERS, requests.get());
    }

    @Test
    void asksAgainOnlyAfterAWhileOrWhenToldTo() {
        final String first =
                assertThrows(ChainUnavailableException.class, chain::deployment).getMessage();
        assertEquals(
                first,
                assertThrows(ChainUnavailableException.class, chain::deployment).getMessage());
        assertEquals(1, requests.get());
        chain.reconnect();
        assertThrows(ChainUnavailableException.class, chain::deployment);
        assertEquals(2, requests.get());
    }

    private static EthereumNode node(URI url) {
        return new EthereumNode(url, PATIENCE.multipliedBy(6), new ContractErrors());
    }
}
