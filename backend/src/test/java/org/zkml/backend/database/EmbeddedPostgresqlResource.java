package org.zkml.backend.database;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A PostgreSQL of its own on a free port, gone with the application under test. Runs its binaries from a jar: no Docker. */
public final class EmbeddedPostgresqlResource implements QuarkusTestResourceLifecycleManager {
    private EmbeddedPostgres postgresql;

    @Override
    public Map<String, String> start() {
        try {
            postgresql = EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
        return Map.of(
                "quarkus.datasource.jdbc.url", postgresql.getJdbcUrl("postgres", "postgres"),
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres");
    }

    @Override
    public void stop() {
        if (postgresql == null) {
            return;
        }
        try {
            postgresql.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }
}
