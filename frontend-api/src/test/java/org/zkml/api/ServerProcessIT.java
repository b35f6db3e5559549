package org.zkml.api;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.http.ContentType;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.zkml.api.v1.Requests;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.market.HardhatNode;
import org.zkml.backend.market.TestMarket;
import org.zkml.backend.market.TestProvider;

/** The packaged server in processes of their own: killed, started again, and two on one database. */
class ServerProcessIT {

    private static HardhatNode node;
    private static Path deployment;
    private static TestMarket market;

    @BeforeAll
    static void startChain() {
        node = HardhatNode.start();
        deployment = TestMarket.deploy(node, Path.of("target").toAbsolutePath());
        market = TestMarket.at(node.url(), deployment);
    }

    @AfterAll
    static void stopChain() {
        node.close();
    }

    @Test
    void goesOnAfterItWasKilledBetweenSendingAndMining() {
        final Path file = Path.of("target", "database-" + UUID.randomUUID()).toAbsolutePath();
        final Map<String, String> configuration = configuration("jdbc:h2:file:" + file + ";DB_CLOSE_ON_EXIT=FALSE");
        final TestProvider provider = market.providers(1).getFirst();
        final long before = relayedTransactions();
        final String path = "/api/v1/datasets/" + Hex.of(provider.datasetId());
        try (ServerProcess killed = ServerProcess.start("killed-server", configuration)) {
            node.setAutomine(false);
            final ObjectNode registration = Requests.of(provider.registration());
            register(killed, registration);
            Await.until(() -> get(killed.url() + path).then().body("status", equalTo("sent")));
            killed.kill();
        } finally {
            node.setAutomine(true);
        }
        node.mine(1);
        try (ServerProcess next = ServerProcess.start("next-server", configuration)) {
            Await.until(() -> get(next.url() + path)
                    .then()
                    .body("status", equalTo("final"))
                    .body("n", equalTo(provider.rows())));
            register(next, Requests.of(provider.registration()));
            assertEquals(before + 1, relayedTransactions());
            assertRegisteredOnce(next, provider);
        }
    }

    @Test
    void sharesItsDatabaseWithAnotherInstance() throws SQLException {
        // H2 would listen on every interface.
        System.setProperty("h2.bindAddress", "127.0.0.1");
        final Server database =
                Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        final Map<String, String> configuration =
                configuration("jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/mem:shared;DB_CLOSE_DELAY=-1");
        final List<TestProvider> providers = market.providers(4);
        final long before = relayedTransactions();
        try (ServerProcess one = ServerProcess.start("server-one", configuration);
                ServerProcess two = ServerProcess.start("server-two", configuration)) {
            final List<ServerProcess> servers = List.of(one, two);
            for (int i = 0; i < providers.size(); i++) {
                final ObjectNode registration = Requests.of(providers.get(i).registration());
                register(servers.get(i % 2), registration);
                register(servers.get((i + 1) % 2), registration);
            }
            for (TestProvider provider : providers) {
                Await.until(() -> get(two.url() + "/api/v1/datasets/" + Hex.of(provider.datasetId()))
                        .then()
                        .body("status", equalTo("final")));
                assertRegisteredOnce(one, provider);
            }
            assertEquals(before + providers.size(), relayedTransactions());
        } finally {
            database.stop();
        }
    }

    private static void register(ServerProcess server, ObjectNode registration) {
        final int status = given().contentType(ContentType.JSON)
                .body(registration)
                .post(server.url() + "/api/v1/datasets")
                .statusCode();
        assertEquals(2, status / 100);
    }

    private static void assertRegisteredOnce(ServerProcess server, TestProvider provider) {
        final List<String> registered =
                new ArrayList<>(get(server.url() + "/api/v1/audit/events?name=DatasetRegistered&limit=200")
                        .<List<String>>path("items.arguments.datasetId"));
        registered.removeIf(id -> !id.equals(Hex.of(provider.datasetId())));
        assertEquals(1, registered.size());
    }

    private static Map<String, String> configuration(String database) {
        return Map.of(
                "quarkus.datasource.jdbc.url",
                database + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000",
                "zkml.chain.rpc-url",
                node.url(),
                "zkml.chain.deployment-file",
                deployment.toString(),
                "zkml.chain.relayer.every",
                "50ms",
                "zkml.chain.indexer.every",
                "50ms");
    }

    private static long relayedTransactions() {
        return Long.decode(
                node.call("eth_getTransactionCount", TestMarket.account(19).getAddress(), "latest")
                        .asText());
    }
}
