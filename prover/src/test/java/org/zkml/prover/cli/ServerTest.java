package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that names other places than its own. */
class ServerTest {

    private HttpServer http;
    private String named;
    private int status = 202;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newCachedThreadPool());
        http.createContext("/", exchange -> {
            if (named != null) {
                exchange.getResponseHeaders().add("Location", named);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private Server.Created post(String prefix) {
        return new Server(url() + prefix).post("/api/v1/contributions", new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void takesNoRedirectForSuccess(int redirect) {
        status = redirect;
        named = "https://server/api/v1/contributions";
        final CommandException failure = assertThrows(CommandException.class, () -> post(""));
        assertEquals(ExitCode.REFUSED, failure.exitCode());
        assertTrue(failure.getMessage().contains(named), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://server//169.254.169.254/latest/meta-data",
                "////169.254.169.254/x",
                "http://169.254.169.254",
                "/api/v1/../../admin",
                "/api/v10",
                "/metrics",
                "mailto:somebody@example.org",
                "http://["
            })
    void followsNoPlaceOutsideTheApi(String elsewhere) {
        named = elsewhere;
        final CommandException failure = assertThrows(CommandException.class, () -> post(""));
        assertEquals(ExitCode.REFUSED, failure.exitCode());
        assertTrue(failure.getMessage().contains("\"" + elsewhere + "\""), failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/contributions/7, ''",
        "contributions/7, ''",
        "http://elsewhere.example/api/v1/contributions/7, ''",
        "//elsewhere.example/api/v1/contributions/7, ''",
        "/zkml/api/v1/contributions/7, /zkml",
        "/api/v1/contributions/7, /zkml"
    })
    void asksItsOwnServerWhateverHostIsNamed(String place, String prefix) {
        named = place;
        final String location = post(prefix).location();
        assertEquals("/api/v1/contributions/7", location);
        assertEquals(0, new Server(url() + prefix).get(location).length);
    }

    @Test
    void refusesAPortThatThereIsNot() {
        assertEquals("http://host:65535", HttpUrl.check("--server", "http://host:65535/"));
        assertThrows(CommandException.class, () -> HttpUrl.check("--server", "http://host:65536"));
    }

    /** Headers at once, and a body that never ends: a byte every tenth of a second. */
    @Test
    void waitsForNoBodyThatDrips() {
        final AtomicBoolean over = new AtomicBoolean();
        http.createContext("/drip", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (!over.get()) {
                    body.write(' ');
                    body.flush();
                    Thread.sleep(100);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        final Server server = new Server(url(), Duration.ofSeconds(1));
        final CommandException failure = assertThrows(CommandException.class, () -> server.get("/drip"));
        over.set(true);
        assertEquals(ExitCode.IO, failure.exitCode());
        assertTrue(failure.getMessage().contains("nothing whole within 1 s"), failure.getMessage());
    }

    /** However slowly each request is answered: the next one is not even begun. */
    @Test
    void spendsNoMoreThanItHasOnAllRequestsTogether() {
        final CountDownLatch over = new CountDownLatch(1);
        http.createContext("/stalls", exchange -> {
            try (exchange) {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        final Server server = new Server(url(), Duration.ofMinutes(1)).within(Duration.ofMillis(500));
        final CommandException first = assertThrows(CommandException.class, () -> server.get("/stalls"));
        over.countDown();
        assertTrue(first.getMessage().contains("nothing whole within 1 s"), first.getMessage());
        final CommandException second = assertThrows(CommandException.class, () -> server.get("/"));
        assertEquals(ExitCode.IO, second.exitCode());
        assertTrue(second.getMessage().contains("no time left"), second.getMessage());
        assertEquals(0, new Server(url(), Duration.ofMinutes(1)).get("/").length);
    }

    @Test
    void takesNoBodyWithoutEnd() {
        http.createContext("/flood", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 65; i++) {
                    body.write(new byte[1 << 20]);
                }
            }
        });
        final CommandException failure = assertThrows(CommandException.class, () -> new Server(url()).get("/flood"));
        assertEquals(ExitCode.IO, failure.exitCode());
    }

    @Test
    void staysWhereItIsWithoutAPlace() {
        assertEquals("/api/v1/contributions", post("").location());
    }
}
