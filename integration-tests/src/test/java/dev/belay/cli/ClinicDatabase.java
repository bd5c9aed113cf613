package dev.belay.cli;

import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A small database for one test. */
final class ClinicDatabase implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PostgresServer server = PostgresServers.shared();
    private final String name = server.createUniqueDatabase("cli");

    ClinicDatabase() {
        execute("CREATE TABLE patients (id int PRIMARY KEY, name text NOT NULL, email text);"
                + "INSERT INTO patients SELECT n, 'Patient ' || n, CASE WHEN n % 2 = 0 THEN 'mail' END"
                + " FROM generate_series(1, 100) n");
    }

    String name() {
        return name;
    }

    String url() {
        return server.libpqUrl(name);
    }

    PostgresServer server() {
        return server;
    }

    void execute(String sql) {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The first column. */
    List<String> query(String sql) {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    List<String> columns() {
        return query("SELECT column_name FROM information_schema.columns WHERE table_name = 'patients' ORDER BY 1");
    }

    /** The databases that runs of this one have made beside it. */
    List<String> besides() {
        return query("SELECT datname FROM pg_database WHERE datname LIKE '" + name + "\\_%' ORDER BY 1");
    }

    /** Sessions of the program that are left. */
    List<String> sessions() {
        return lingering("SELECT application_name || ' ' || state FROM pg_stat_activity"
                + " WHERE application_name LIKE 'belay%' AND datname LIKE '" + name + "%'");
    }

    /** What a query still gives after a while: the server ends a session some moments after its client has ended. */
    List<String> lingering(String sql) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> found = query(sql);
        while (!found.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            found = query(sql);
        }
        return found;
    }

    @Override
    public void close() {
        besides().forEach(server::dropDatabase);
        server.dropDatabase(name);
    }
}
