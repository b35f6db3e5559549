package org.zkml.backend.database;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(PostgresqlProfile.class)
class PostgresqlSchemaMigrationTest extends SchemaMigrationTest {
    @Override
    String expectedDatabase() {
        return "PostgreSQL";
    }
}
