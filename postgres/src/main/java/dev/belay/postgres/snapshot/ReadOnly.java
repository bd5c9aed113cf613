package dev.belay.postgres.snapshot;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction that sees one snapshot and changes nothing; its settings make values look the same on every server. */
public final class ReadOnly {
    private static final String SETTINGS = """
            SET LOCAL search_path = '';
            SET LOCAL statement_timeout = 0;
            SET LOCAL idle_in_transaction_session_timeout = 0;
            SET LOCAL row_security = off;
            SET LOCAL extra_float_digits = 1;
            SET LOCAL bytea_output = 'hex';
            SET LOCAL DateStyle = 'ISO, YMD';
            SET LOCAL IntervalStyle = 'postgres';
            SET LOCAL TimeZone = 'UTC';
            SET LOCAL lc_monetary = 'C';
            """;
    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n";

    private ReadOnly() {}

    /** Begins it on a connection in autocommit; {@link #end} ends it. */
    public static void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEGIN + SETTINGS);
        }
    }

    /** Begins it with a snapshot that another session exported and still holds. */
    public static void begin(Connection connection, String snapshot) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEGIN + "SET TRANSACTION SNAPSHOT '" + snapshot + "';\n" + SETTINGS);
        }
    }

    /** Its settings alone, for the transaction that is open; the caller takes them back, by a savepoint for instance. */
    public static void settings(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
        }
    }

    /** Ends it. */
    public static void end(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        }
    }
}
