package org.zkml.backend.database;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** Runs a Quarkus test as the server runs in production: built for PostgreSQL, on a real one. */
public final class PostgresqlProfile implements QuarkusTestProfile {
    @Override
    public String getConfigProfile() {
        return "postgresql";
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.log.category.\"io.zonky\".level", "WARN");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(EmbeddedPostgresqlResource.class));
    }
}
