package dev.belay.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** However many tables there are, as many queries read them: counted in the server's log. */
class SchemaQueriesIT {
    private static final String TABLES = """
            DO $$ BEGIN FOR i IN 1..%d LOOP
                EXECUTE format('CREATE TABLE t_%%s (id int PRIMARY KEY, parent int REFERENCES t_%%s, name text DEFAULT now())', i, i);
                EXECUTE format('CREATE INDEX ON t_%%s (parent)', i);
                EXECUTE format('CREATE UNIQUE INDEX ON t_%%s (lower(name)) WHERE id > 0', i);
            END LOOP; END $$
            """;

    @Test
    void areAsManyForFiveTablesAsForFiveHundred() throws SQLException, IOException {
        try (PostgresServer server = PostgresServers.search()
                .setting("log_statement", "all")
                .setting("log_line_prefix", "%d|")
                .find()) {
            long few = queries(server, 5);
            assertThat(few).isLessThan(80);
            assertThat(queries(server, 500)).isEqualTo(few);
        }
    }

    private static long queries(PostgresServer server, int tables) throws SQLException, IOException {
        String name = server.createUniqueDatabase("queries");
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES.formatted(tables));
        }
        long before = logged(server, name);
        SchemaSnapshot snapshot = SchemaSnapshot.of(PostgresDatabase.at(server.libpqUrl(name)));
        assertThat(snapshot.objects())
                .filteredOn(object -> object.kind() == ObjectKind.INDEX)
                .hasSize(2 * tables);
        return logged(server, name) - before;
    }

    private static long logged(PostgresServer server, String database) throws IOException {
        return Files.readAllLines(server.logFile().orElseThrow()).stream()
                .filter(line -> line.startsWith(database + "|"))
                .filter(line -> line.contains("statement:") || line.contains("execute "))
                .count();
    }
}
