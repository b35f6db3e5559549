package org.zkml.backend.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What answers of the version before are worth: an error here is somebody's money. */
class PassUseMigrationTest {

    private static final String URL =
            "jdbc:h2:mem:pass-use;DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

    private static void migrate(String version) {
        Flyway.configure()
                .dataSource(URL, "", "")
                .locations("filesystem:src/main/resources/db/migration")
                .target(version)
                .load()
                .migrate();
    }

    @Test
    void knowsWhatIsRedeemableAndWhosePassesTheyAre() throws SQLException {
        migrate("13");
        try (Connection connection = DriverManager.getConnection(URL, "", "");
                Statement sql = connection.createStatement()) {
            sql.execute(
                    "insert into indexer_cursor (id, chain_id, genesis_hash, registry, campaigns, inference, block_number, head_number,"
                            + " chain_time, reorganisations, updated_at) values (1, 1, '', '', '', '0xmarket', 0, 0, 0, 0, current_timestamp)");
            sql.execute(
                    "insert into inference_pass values (1, 1, '', '0xkey', '', 9, 0, 0, 0, 0, null, null, 0, 0, '', 0, current_timestamp)");
            answers(sql, 1, "PROVED", "PROVED", "ASKED", "PROVED");
            answers(sql, 2, "NONE", "PROVED");
            answers(sql, 3, "PROVED", "PROVED");
            answers(sql, 4);
            migrate("14");
            final List<String> found = new ArrayList<>();
            try (ResultSet rows = sql.executeQuery("select * from pass_use order by pass_id")) {
                while (rows.next()) {
                    found.add(rows.getString("session_key") + " " + rows.getString("market") + " "
                            + rows.getLong("redeemable"));
                }
            }
            assertEquals(List.of("0xkey 0xmarket 2", " 0xmarket 0", " 0xmarket 2", " 0xmarket 0"), found);
        }
    }

    private static void answers(Statement sql, int pass, String... states) throws SQLException {
        sql.execute("insert into pass_use (pass_id, model_id, used) values (" + pass + ", 1, " + states.length + ")");
        for (int i = 0; i < states.length; i++) {
            sql.execute(
                    "insert into prediction (query_id, pass_id, asked, model_id, row_count, inputs_hash, deadline, signature, version, lq,"
                            + " commitment_x, commitment_p, proof_deadline, receipt_signature, proof_state, attempts, due_at, answered_at) values ('"
                            + pass + "-" + i + "', " + pass + ", " + (i + 1)
                            + ", 1, 1, '', 0, x'', 1, 0, x'', x'', 0, x'', '" + states[i]
                            + "', 0, current_timestamp, current_timestamp)");
        }
    }
}
