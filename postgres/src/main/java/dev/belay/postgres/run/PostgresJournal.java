package dev.belay.postgres.run;

import dev.belay.database.Database;
import dev.belay.database.Journal;
import dev.belay.postgres.revision.JournalTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * The journal in the table {@code belay.journal}, which has at most one row. Written with synchronous_commit on, since an entry that
 * the server could forget again is none. Thread-safe.
 *
 * @since 0.1
 */
public final class PostgresJournal implements Journal {
    private static final String WRITE = """
            INSERT INTO belay.journal (run_id, entry) VALUES (?, ?::jsonb)
            ON CONFLICT (single) DO UPDATE SET run_id = excluded.run_id, entry = excluded.entry, at = excluded.at
            """;

    private static final List<String> CREATE = List.of(
            "CREATE SCHEMA IF NOT EXISTS belay",
            """
            CREATE TABLE IF NOT EXISTS belay.journal (
                single boolean PRIMARY KEY DEFAULT true CHECK (single),
                run_id text NOT NULL,
                entry jsonb NOT NULL,
                at timestamptz NOT NULL DEFAULT clock_timestamp())
            """,
            "COMMENT ON TABLE belay.journal IS 'What the run under way is about to do; empty when none is.'");

    /** It keeps nothing. */
    public PostgresJournal() {}

    @Override
    public Optional<String> read(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            if (!exists(statement)) {
                return Optional.empty();
            }
            try (ResultSet row = statement.executeQuery(JournalTable.ENTRY)) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    @Override
    public void write(Database database, String runId, String entry) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL synchronous_commit = on");
                if (!exists(statement)) {
                    for (String sql : CREATE) {
                        statement.execute(sql);
                    }
                }
                insert(connection, runId, entry);
                connection.commit();
            } finally {
                // harmless after the commit; a pooled connection goes back as it came
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static void insert(Connection connection, String runId, String entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            statement.setString(1, runId);
            statement.setString(2, entry);
            statement.executeUpdate();
        }
    }

    @Override
    public void erase(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            if (exists(statement)) {
                statement.execute("DELETE FROM belay.journal");
            }
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT " + JournalTable.EXISTS)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
