package dev.belay.postgres.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.database.TableFingerprint;
import dev.belay.database.WriteMark;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not read again is what cannot have changed. A hash that was never computed shows which tables were not read. */
class UnwrittenTablesIT {
    private static final PostgresServer SERVER = PostgresServers.shared();
    private static final String NOT_READ = "not read";

    private final String name = SERVER.createUniqueDatabase("unwritten");
    private final PostgresDatabase database = PostgresDatabase.at(SERVER.libpqUrl(name));

    @BeforeEach
    void fill() throws SQLException {
        execute("""
                CREATE SCHEMA s;
                CREATE TYPE mood AS ENUM ('sad', 'glad');
                CREATE TYPE pair AS (a int, b int);
                CREATE TABLE t (id int PRIMARY KEY, a text, b text, m mood);
                INSERT INTO t VALUES (1, 'a', 'b', 'sad'), (2, 'c', 'd', 'glad');
                CREATE TABLE s.t (p pair);
                INSERT INTO s.t VALUES ('(1,2)');
                """);
    }

    @AfterEach
    void drop() {
        SERVER.dropDatabase(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT",
                "VACUUM FREEZE t",
                "ANALYZE",
                "CREATE INDEX ON t (a)",
                "INSERT INTO s.t VALUES ('(3,4)')",
                "BEGIN; DELETE FROM t; UPDATE s.t SET p = NULL; ROLLBACK",
            })
    void aTableThatWasNotWrittenToIsNotRead(String act) throws SQLException {
        assertThat(hashOfTAfter(act)).isEqualTo(NOT_READ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE t SET a = 'x' WHERE id = 1",
                "UPDATE t SET a = a",
                "DELETE FROM t WHERE id = 1",
                "DELETE FROM t WHERE id = 1; INSERT INTO t VALUES (3, 'x', 'y', 'sad')",
                "TRUNCATE t",
                "ALTER TABLE t DROP COLUMN a; ALTER TABLE t ADD COLUMN a text",
                "ALTER TABLE t DROP COLUMN a; ALTER TABLE t ADD COLUMN a text DEFAULT 'x'",
                "ALTER TABLE t RENAME a TO x; ALTER TABLE t RENAME b TO a; ALTER TABLE t RENAME x TO b",
                "ALTER TABLE t ALTER b TYPE varchar(10)",
                "ALTER TABLE t RENAME TO u; CREATE TABLE t (LIKE u); INSERT INTO t VALUES (1, 'x', 'y', 'sad'), (2, 'x', 'y', 'sad')",
                "ALTER TABLE t RENAME TO u; CREATE TABLE t (LIKE u); INSERT INTO t SELECT * FROM u",
                "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'",
                "ALTER TABLE t SET SCHEMA s_new",
            })
    void aTableThatMayHoldSomethingElseIsRead(String act) throws SQLException {
        execute("CREATE SCHEMA s_new; CREATE TABLE s_new.u (x int)");
        String hash = hashOfTAfter(act);
        assertThat(hash).isNotEqualTo(NOT_READ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT",
                "ALTER TYPE pair DROP ATTRIBUTE b; ALTER TYPE pair ADD ATTRIBUTE b int",
            })
    void aTableWithACompositeIsAlwaysRead(String act) throws SQLException {
        List<TableFingerprint> since = since(act);
        assertThat(since)
                .filteredOn(table -> table.table().equals("s.t"))
                .isEqualTo(database.observations().rows(database, new QuietContext()).stream()
                        .filter(table -> table.table().equals("s.t"))
                        .toList());
    }

    private String hashOfTAfter(String act) throws SQLException {
        return since(act).stream()
                .filter(table -> table.table().equals("public.t"))
                .map(TableFingerprint::hash)
                .findFirst()
                .orElse("gone");
    }

    private List<TableFingerprint> since(String act) throws SQLException {
        var observations = database.observations();
        QuietContext context = new QuietContext();
        List<TableFingerprint> before = observations.rows(database, context).stream()
                .map(table -> new TableFingerprint(table.table(), table.rows(), NOT_READ))
                .toList();
        WriteMark mark = observations.mark(database, context);
        execute(act);
        return observations.rowsSince(database, context, mark, before);
    }

    private void execute(String script) throws SQLException {
        try (Connection connection = SERVER.connect(name);
                Statement statement = connection.createStatement()) {
            for (String one : script.split(";")) {
                statement.execute(one);
            }
        }
    }
}
