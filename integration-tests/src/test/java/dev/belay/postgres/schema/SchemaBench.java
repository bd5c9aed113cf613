package dev.belay.postgres.schema;

import dev.belay.context.Cancellation;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.sql.StatementReader;
import dev.belay.postgres.tools.ClientProcess;
import dev.belay.postgres.tools.ClientProgram;
import dev.belay.postgres.tools.ClientProgramMissingException;
import dev.belay.postgres.tools.ClientPrograms;
import dev.belay.testkit.server.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A server prepared for schemas: the roles and the tablespace that they name, and pg_dump where there is one for it. */
final class SchemaBench implements AutoCloseable {
    private static final List<String> ROLES = List.of("schema_reader", "schema_writer");
    private static final String TABLESPACE = "schema_space";

    private final PostgresServer server;
    private final Optional<ClientProgram> dump;
    private final AtomicInteger copies = new AtomicInteger();

    SchemaBench(PostgresServer server) throws SQLException {
        this.server = server;
        this.dump = program("pg_dump", server);
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String role : ROLES) {
                if (isMissing(statement, "pg_roles WHERE rolname = '" + role + "'")) {
                    statement.execute("CREATE ROLE " + role);
                }
            }
            if (isMissing(statement, "pg_tablespace WHERE spcname = '" + TABLESPACE + "'")) {
                statement.execute("SET allow_in_place_tablespaces = on");
                statement.execute("CREATE TABLESPACE " + TABLESPACE + " LOCATION ''");
            }
        }
    }

    private static boolean isMissing(Statement statement, String what) throws SQLException {
        try (var row = statement.executeQuery("SELECT NOT EXISTS (SELECT FROM " + what + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** One that is no older than the server; a server that only has embedded binaries may have none. */
    private static Optional<ClientProgram> program(String name, PostgresServer server) {
        try {
            return Optional.of(ClientPrograms.installed().find(name, server.majorVersion()));
        } catch (ClientProgramMissingException e) {
            return Optional.empty();
        }
    }

    PostgresServer server() {
        return server;
    }

    /** Copies a database to which nobody is connected. */
    String copy(String template) throws SQLException {
        String copy = template + "_" + copies.incrementAndGet();
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + copy + " TEMPLATE " + template);
        }
        return copy;
    }

    /** Executes a script as psql would, statement by statement. */
    static void execute(Connection connection, String script) throws SQLException {
        try (StatementReader statements = StatementReader.of(script, "script");
                Statement statement = connection.createStatement()) {
            while (statements.hasNext()) {
                String sql = statements.next().text();
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new SQLException(e.getMessage() + " in: " + sql, e.getSQLState(), e);
                }
            }
        }
    }

    void execute(String database, String script) throws SQLException {
        try (Connection connection = server.connect(database)) {
            execute(connection, script);
        }
    }

    SchemaSnapshot snapshot(String database) throws SQLException {
        try (Connection connection = server.connect(database)) {
            return SchemaSnapshot.of(connection);
        }
    }

    /** Dumps a database and restores the dump into an empty one, of this server or of another; false where it has no pg_dump. */
    boolean carry(String database, SchemaBench to, String into, Path directory) {
        Optional<ClientProgram> restore = program("pg_restore", server);
        if (dump.isEmpty() || restore.isEmpty()) {
            return false;
        }
        Path file = directory.resolve(into + ".dump");
        ClientProcess.of(dump.get(), List.of("--format=custom", "--file=" + file))
                .connectedTo(PostgresEndpoint.of(PostgresDatabase.at(server.libpqUrl(database))))
                .run(Cancellation.withoutTimeout());
        ClientProcess.of(restore.get(), List.of("--exit-on-error", "--dbname=" + into, file.toString()))
                .connectedTo(PostgresEndpoint.of(PostgresDatabase.at(to.server.libpqUrl(into))))
                .run(Cancellation.withoutTimeout());
        return true;
    }

    /** What pg_dump shows of a schema; empty where there is no pg_dump for this server. */
    Optional<String> dump(String database) {
        StringBuilder text = new StringBuilder();
        dump.ifPresent(program -> ClientProcess.of(program, List.of("--schema-only"))
                .connectedTo(PostgresEndpoint.of(PostgresDatabase.at(server.libpqUrl(database))))
                .output(output -> text.append(read(output)))
                .run(Cancellation.withoutTimeout()));
        return dump.map(program -> text.toString());
    }

    /** Without the lines that have a random token. */
    private static String read(InputStream output) throws IOException {
        return new String(output.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
                .collect(Collectors.joining("\n"));
    }

    /** To be called when no database names the roles any more. */
    @Override
    public void close() throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLESPACE " + TABLESPACE);
            for (String role : ROLES) {
                statement.execute("DROP ROLE " + role);
            }
        }
    }
}
