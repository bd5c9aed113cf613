package dev.belay.postgres.run;

import dev.belay.database.AuditTrail;
import dev.belay.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The record of runs in the table {@code belay.audit} of the database, which is made with the first entry. Entries are only ever
 * added. Thread-safe.
 *
 * @since 0.1
 */
public final class PostgresAuditTrail implements AuditTrail {
    /** undefined_table and invalid_schema_name. */
    private static final Set<String> MISSING = Set.of("42P01", "3F000");
    /** duplicate_table, duplicate_schema and unique_violation: another session made it in the same instant. */
    private static final Set<String> MADE_MEANWHILE = Set.of("42P07", "42P06", "23505");

    private static final int BATCH = 500;

    private static final String INSERT = """
            INSERT INTO belay.audit (id, run_id, at, event, details)
            VALUES (?, ?, ?, ?, jsonb_object(?::text[], ?::text[]))
            """;

    private static final String COPY_IN = """
            INSERT INTO belay.audit (id, run_id, at, event, details, login)
            VALUES (?, ?, ?, ?, ?::jsonb, ?) ON CONFLICT (id) DO NOTHING
            """;

    private static final List<String> CREATE = List.of(
            "CREATE SCHEMA IF NOT EXISTS belay",
            """
            CREATE TABLE IF NOT EXISTS belay.audit (
                id uuid PRIMARY KEY,
                run_id text NOT NULL,
                at timestamptz NOT NULL,
                event text NOT NULL,
                details jsonb NOT NULL,
                login text NOT NULL DEFAULT session_user)
            """,
            "COMMENT ON TABLE belay.audit IS 'What Belay did in this database. Rows are only ever added.'");

    /** It keeps nothing. */
    public PostgresAuditTrail() {}

    @Override
    public void write(Database database, List<Entry> entries) throws SQLException {
        try (Connection connection = database.connect()) {
            withTable(connection, () -> insert(connection, entries));
        }
    }

    private static void insert(Connection connection, List<Entry> entries) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (Entry entry : entries) {
                Map<String, String> details = new TreeMap<>(entry.details());
                statement.setObject(1, UUID.randomUUID());
                statement.setString(2, entry.runId());
                statement.setObject(3, OffsetDateTime.ofInstant(entry.at(), ZoneOffset.UTC));
                statement.setString(4, entry.event());
                statement.setArray(
                        5, connection.createArrayOf("text", details.keySet().toArray()));
                statement.setArray(
                        6, connection.createArrayOf("text", details.values().toArray()));
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
        } finally {
            // harmless after the commit; a pooled connection goes back as it came
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    @Override
    public boolean hasEnded(Database database, String runId) throws SQLException {
        try (Connection connection = database.connect()) {
            return exists(connection) && hasEnded(connection, runId);
        }
    }

    private static boolean hasEnded(Connection connection, String runId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT EXISTS (SELECT FROM belay.audit WHERE run_id = ? AND event = 'run-ended')")) {
            statement.setString(1, runId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    @Override
    public void carryOver(Database kept, Database restored) throws SQLException {
        try (Connection from = kept.connect();
                Connection into = restored.connect()) {
            if (exists(from)) {
                withTable(into, () -> copy(from, into));
            }
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('belay.audit') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void copy(Connection from, Connection into) throws SQLException {
        from.setAutoCommit(false); // pgjdbc reads in portions only inside a transaction
        into.setAutoCommit(false);
        try (Statement reading = from.createStatement();
                PreparedStatement writing = into.prepareStatement(COPY_IN)) {
            reading.setFetchSize(BATCH);
            try (ResultSet rows = reading.executeQuery(
                    "SELECT id, run_id, at, event, details::text, login FROM belay.audit ORDER BY at")) {
                copyRows(rows, writing);
            }
            into.commit();
        } finally {
            from.rollback();
            into.rollback();
            into.setAutoCommit(true);
        }
    }

    private static void copyRows(ResultSet rows, PreparedStatement writing) throws SQLException {
        int waiting = 0;
        while (rows.next()) {
            writing.setObject(1, rows.getObject(1, UUID.class));
            writing.setString(2, rows.getString(2));
            writing.setObject(3, rows.getObject(3, OffsetDateTime.class));
            for (int column = 4; column <= 6; column++) {
                writing.setString(column, rows.getString(column));
            }
            writing.addBatch();
            if (++waiting % BATCH == 0) {
                writing.executeBatch();
            }
        }
        writing.executeBatch();
    }

    /** A piece of work on the table. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    /** Makes the table only when it turns out to be missing: each entry but the first costs one statement. */
    private static void withTable(Connection connection, Work work) throws SQLException {
        try {
            work.run();
        } catch (SQLException e) {
            if (!isMissing(e)) {
                throw e;
            }
            create(connection);
            work.run();
        }
    }

    /** A batch's failure has the server's own behind it. */
    private static boolean isMissing(SQLException e) {
        for (Throwable cause : e) {
            if (cause instanceof SQLException sql && MISSING.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static void create(Connection connection) throws SQLException {
        for (String sql : CREATE) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                if (!MADE_MEANWHILE.contains(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }
}
