package org.zkml.backend.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SchemaMigrationTest {
    private static final Path RESOURCES = Path.of("src/main/resources");

    @Inject
    Flyway flyway;

    @Inject
    DataSource dataSource;

    /** The name that the driver gives its database. */
    String expectedDatabase() {
        return "H2";
    }

    @Test
    void runsOnTheDatabaseItIsBuiltFor() throws SQLException {
        try (var connection = dataSource.getConnection()) {
            assertEquals(expectedDatabase(), connection.getMetaData().getDatabaseProductName());
        }
    }

    @Test
    void hasAppliedEveryMigrationAtStart() throws IOException, SQLException {
        Set<String> applied = Stream.of(flyway.info().applied())
                .filter(migration -> migration.getState().isApplied()
                        && !migration.getState().isFailed())
                .map(MigrationInfo::getScript)
                .collect(Collectors.toSet());
        assertEquals(scripts(), applied);
        assertEquals(applied.size(), recordedInTheDatabase());
    }

    private static Set<String> scripts() throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve("db/migration"))) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .map(file -> RESOURCES.relativize(file).toString())
                    .collect(Collectors.toSet());
        }
    }

    private int recordedInTheDatabase() throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select count(*) from flyway_schema_history where success and version is not null")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
