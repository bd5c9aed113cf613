package dev.belay.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What moves a fingerprint and what doesn't; that each change of a schema does is tested with the list of changes. */
class SchemaFingerprintIT {
    private static final PostgresServer SERVER = PostgresServers.shared();

    private final String name = SERVER.createUniqueDatabase("fingerprint");
    private final PostgresDatabase database = PostgresDatabase.at(SERVER.libpqUrl(name));

    @BeforeEach
    void create() throws SQLException {
        execute("CREATE TABLE rooms (id int PRIMARY KEY, floor int NOT NULL DEFAULT 1 CHECK (floor < 9))");
        execute("CREATE INDEX rooms_floor ON rooms (floor)");
        execute("CREATE VIEW ground AS SELECT id FROM rooms WHERE floor = 0");
    }

    @AfterEach
    void drop() {
        SERVER.dropDatabase(name);
    }

    @Test
    void staysWhileRowsAndMaintenanceComeAndGo() throws SQLException {
        SchemaFingerprint writes = SchemaFingerprint.ofWrites(database);
        SchemaFingerprint contents = SchemaFingerprint.ofContents(database);
        for (String sql : List.of(
                "INSERT INTO rooms SELECT g, g % 5 FROM generate_series(1, 1000) g",
                "VACUUM ANALYZE",
                "CREATE TEMP TABLE notes (id serial PRIMARY KEY, note text CHECK (note <> ''))",
                "TRUNCATE rooms",
                "REINDEX TABLE rooms",
                "VACUUM FULL rooms")) {
            execute(sql);
            assertThat(SchemaFingerprint.ofWrites(database)).as(sql).isEqualTo(writes);
            assertThat(SchemaFingerprint.ofContents(database)).as(sql).isEqualTo(contents);
        }
    }

    @Test
    void ofContentsIsBackWhenAChangeIsTakenBackAndOfWritesIsNot() throws SQLException {
        SchemaFingerprint writes = SchemaFingerprint.ofWrites(database);
        SchemaFingerprint contents = SchemaFingerprint.ofContents(database);
        for (List<String> change : List.of(
                List.of("ALTER TABLE rooms ADD COLUMN name text DEFAULT 'x'", "ALTER TABLE rooms DROP COLUMN name"),
                List.of("CREATE TABLE beds (id serial, room int REFERENCES rooms)", "DROP TABLE beds"),
                List.of("CREATE INDEX one ON rooms ((id + 1)) WHERE floor > 1", "DROP INDEX one"),
                List.of("COMMENT ON TABLE rooms IS 'x'", "COMMENT ON TABLE rooms IS NULL"),
                List.of("CREATE VIEW top AS SELECT * FROM rooms", "DROP VIEW top"))) {
            execute(change.get(0));
            assertThat(SchemaFingerprint.ofContents(database)).as(change.get(0)).isNotEqualTo(contents);
            execute(change.get(1));
            assertThat(SchemaFingerprint.ofContents(database)).as(change.get(1)).isEqualTo(contents);
            assertThat(SchemaFingerprint.ofWrites(database)).as(change.get(1)).isNotEqualTo(writes);
        }
    }

    @Test
    void ofContentsIsTheSameInACopyAndOfWritesIsNot() throws SQLException {
        String copy = name + "_copy";
        try (Connection connection = SERVER.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + copy + " TEMPLATE " + name);
        }
        try {
            PostgresDatabase other = PostgresDatabase.at(SERVER.libpqUrl(copy));
            assertThat(SchemaFingerprint.ofContents(other)).isEqualTo(SchemaFingerprint.ofContents(database));
            assertThat(SchemaFingerprint.ofWrites(other)).isNotEqualTo(SchemaFingerprint.ofWrites(database));
        } finally {
            SERVER.dropDatabase(copy);
        }
    }

    @Test
    void seesWhatTheTransactionHasChangedAndLeavesItsSettings() throws SQLException {
        SchemaFingerprint before = SchemaFingerprint.ofContents(database);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET search_path = public, pg_temp; ALTER TABLE rooms ADD COLUMN name text");
            assertThat(SchemaFingerprint.ofContents(connection)).isNotEqualTo(before);
            try (var row = statement.executeQuery("SHOW search_path")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("public, pg_temp");
            }
            connection.rollback();
        }
        assertThat(SchemaFingerprint.ofContents(database)).isEqualTo(before);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
