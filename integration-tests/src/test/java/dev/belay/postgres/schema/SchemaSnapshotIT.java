package dev.belay.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.database.SchemaDifference;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a snapshot is: complete, canonical, and readable again. */
class SchemaSnapshotIT {
    private static final PostgresServer SERVER = PostgresServers.shared();
    private static final String CLINIC = """
            CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
            CREATE TABLE rooms (id int PRIMARY KEY, name text NOT NULL DEFAULT 'x' CHECK (name <> ''));
            CREATE TABLE visits (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, room int REFERENCES rooms, how mood);
            CREATE INDEX visits_room_idx ON visits (room);
            CREATE VIEW busy AS SELECT room, count(*) FROM visits GROUP BY room;
            COMMENT ON COLUMN rooms.name IS 'as on the door';
            """;

    private final String name = SERVER.createUniqueDatabase("snapshot");
    private final PostgresDatabase database = PostgresDatabase.at(SERVER.libpqUrl(name));

    @BeforeEach
    void create() throws SQLException {
        execute(CLINIC);
    }

    @AfterEach
    void drop() {
        SERVER.dropDatabase(name);
    }

    @Test
    void namesObjectAndAttribute() throws SQLException {
        SchemaSnapshot before = SchemaSnapshot.of(database);
        execute("ALTER TABLE rooms ALTER COLUMN name DROP DEFAULT; DROP INDEX visits_room_idx;"
                + " CREATE TABLE beds (id int PRIMARY KEY)");

        List<SchemaDifference> differences = before.differencesTo(SchemaSnapshot.of(database));

        assertThat(differences)
                .extracting(SchemaDifference::toString)
                .containsExactly(
                        "table public.beds is new",
                        "column public.rooms.name: default is missing (was: 'x'::text)",
                        "index public.visits_room_idx is missing");
    }

    @Test
    void tellsTheOrderOfColumnsApart() throws SQLException {
        SchemaSnapshot before = SchemaSnapshot.of(database);
        execute("ALTER TABLE rooms DROP COLUMN name;"
                + " ALTER TABLE rooms ADD COLUMN floor int;"
                + " ALTER TABLE rooms ADD COLUMN name text NOT NULL DEFAULT 'x' CHECK (name <> '');"
                + " COMMENT ON COLUMN rooms.name IS 'as on the door'");
        execute("ALTER TABLE rooms DROP COLUMN floor; ALTER TABLE rooms ADD COLUMN floor int");
        assertThat(before.differencesTo(SchemaSnapshot.of(database)))
                .extracting(SchemaDifference::toString)
                .containsExactly("column public.rooms.floor is new");

        SchemaSnapshot wider = SchemaSnapshot.of(database);
        execute("ALTER TABLE rooms DROP CONSTRAINT rooms_name_check, DROP COLUMN name;"
                + " ALTER TABLE rooms ADD COLUMN name text NOT NULL DEFAULT 'x' CHECK (name <> '');"
                + " COMMENT ON COLUMN rooms.name IS 'as on the door'");
        List<SchemaDifference> reordered = wider.differencesTo(SchemaSnapshot.of(database));
        assertThat(reordered).singleElement().matches(SchemaDifference::isColumnOrder);
        assertThat(SchemaDifference.ignoringColumnOrder(reordered)).isEmpty();
    }

    @Test
    void isTheSameThroughAnOpenTransactionAndLeavesItsSettings() throws SQLException {
        SchemaSnapshot snapshot = SchemaSnapshot.of(database);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET search_path = public, pg_temp; CREATE TABLE beds (id int)");
            assertThat(snapshot.differencesTo(SchemaSnapshot.of(connection)))
                    .containsExactly(SchemaDifference.added("table", "public.beds"));
            try (var row = statement.executeQuery("SHOW search_path")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("public, pg_temp");
            }
            connection.rollback();
        }
        try (Connection connection = database.connect()) {
            assertThat(SchemaSnapshot.of(connection)).isEqualTo(snapshot);
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @Test
    void survivesAFile(@TempDir Path directory) throws Exception {
        SchemaSnapshot snapshot = SchemaSnapshot.of(database);
        Path file = directory.resolve("schema.json");
        snapshot.write(file);
        assertThat(SchemaSnapshot.read(file)).isEqualTo(snapshot);
        assertThat(Files.readString(file)).isEqualTo(snapshot.toJson()).contains("\"kind\":\"view\"");
        assertThat(directory).isDirectoryContaining(file::equals);

        Files.writeString(file, "{\"belay-schema\": 2}");
        assertThatThrownBy(() -> SchemaSnapshot.read(file))
                .isInstanceOf(SnapshotFileException.class)
                .hasMessageContaining("schema.json")
                .hasMessageContaining("version 2");
        assertThatThrownBy(() -> SchemaSnapshot.read(directory.resolve("none.json")))
                .hasMessageContaining("there is no such file");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
