package org.zkml.api.v1;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.zkml.api.v1.Api.CAMPAIGNS;
import static org.zkml.api.v1.Api.DATASETS;
import static org.zkml.api.v1.Api.post;
import static org.zkml.api.v1.Api.problem;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.api.Await;
import org.zkml.api.OnMarket;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.market.TestMarket;
import org.zkml.backend.market.TestProvider;
import org.zkml.backend.verification.ProofVerifier;
import org.zkml.backend.verification.UnprovableStatementException;
import org.zkml.prover.engine.Relation;

/** A server at its limits: what it turns away may be tried again, and what fails in it stays in it. */
@QuarkusTest
@OnMarket
@TestProfile(LimitTest.Narrow.class)
class LimitTest {

    public static final class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "zkml.verification.threads", "1",
                    "zkml.verification.waiting", "0",
                    "zkml.chain.relayer.daily-per-account", "1");
        }
    }

    @Inject
    ChainConfig config;

    @Inject
    ProofVerifier verifier;

    @Inject
    DataSource database;

    private TestMarket market;

    @BeforeEach
    void connect() {
        market = TestMarket.at(
                config.rpcUrl().toString(), config.deploymentFile().orElseThrow());
    }

    @Test
    void relaysNoMoreThanAnAccountsShare() {
        final List<TestProvider> providers = market.providers(3);
        final TestProvider provider = providers.getFirst();
        final var campaign = market.open(providers);
        Await.relayed(post(DATASETS, Requests.of(provider.registration())));
        final var joining = provider.joining(campaign, TestMarket.allowList(providers));
        final String seats = CAMPAIGNS + "/" + campaign + "/seats";
        problem(post(seats, Requests.of(provider.address(), joining)), 429, "too-many-requests")
                .header("Retry-After", equalTo("3600"))
                .body("detail", containsString("1 messages of " + provider.address()));
        problem(get(seats + "/" + provider.address()), 404, "not-found");
    }

    @Test
    void verifiesNoMoreProofsThanItHasThreadsFor() throws InterruptedException {
        final CountDownLatch running = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final Relation slow = slow(running, release);
        final Thread other = Thread.ofVirtual().start(() -> {
            try {
                verifier.require("TRAIN", slow, null, new byte[0]);
            } catch (UnprovableStatementException e) {
                // What it was made for.
            }
        });
        assertTrue(running.await(10, TimeUnit.SECONDS));
        problem(post(DATASETS, Requests.of(market.providers(1).getFirst().registration())), 503, "verifier-busy")
                .header("Retry-After", equalTo("1"));
        release.countDown();
        other.join();
    }

    @Test
    void tellsNothingOfWhatFailedInIt() throws SQLException {
        final String path = "/api/v1/schemas/0x" + "55".repeat(32);
        problem(get(path), 404, "not-found");
        execute("alter table named_document rename to lost");
        try {
            problem(get(path), 500, "internal-error")
                    .body("title", equalTo("The server failed"))
                    .body("detail", matchesPattern("look up [0-9a-f-]{36} in the server's log"));
        } finally {
            execute("alter table lost rename to named_document");
        }
        problem(get(path), 404, "not-found");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A relation whose verification waits for {@code release}, and then finds that its shape cannot be proved. */
    private static Relation slow(CountDownLatch running, CountDownLatch release) {
        return (Relation) Proxy.newProxyInstance(
                Relation.class.getClassLoader(), new Class<?>[] {Relation.class}, (proxy, method, arguments) -> {
                    running.countDown();
                    release.await(60, TimeUnit.SECONDS);
                    throw new IllegalArgumentException("no such shape");
                });
    }
}
