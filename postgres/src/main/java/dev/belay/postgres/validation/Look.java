package dev.belay.postgres.validation;

import dev.belay.context.Cancellation;
import dev.belay.postgres.validation.internal.ServerWords;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks through a connection without leaving a trace on it: not in the data, the settings or the transaction. */
final class Look {
    private static final Logger LOG = LoggerFactory.getLogger(Look.class);

    /** Row level security must not hide rows from a check: a role that it applies to gets an error instead. */
    static final String SETTINGS = "SET LOCAL row_security = off";

    private Look() {}

    /** A piece of looking. */
    @FunctionalInterface
    interface Work<T> {
        T at(Connection connection) throws SQLException;
    }

    /**
     * What the work finds on the context's connection; a failed query is a finding of its own, so that {@code minor()} holds
     * for it too.
     */
    static List<Finding> at(ValidationContext context, String validator, Work<List<Finding>> work) throws SQLException {
        try {
            return through(context, work);
        } catch (SQLException e) {
            context.cancellation().check();
            return List.of(failed(validator, ServerWords.of(e)));
        }
    }

    /** What a check reports that could not be made; the words hold no data. */
    static Finding failed(String validator, String words) {
        return Finding.critical(
                validator, "could not be checked: " + words + ".", "Correct the check or the role's privileges.");
    }

    /** Runs the work read-only, and takes back whatever it set. */
    static <T> T through(ValidationContext context, Work<T> work) throws SQLException {
        Connection connection = context.connection();
        try (var registration = cancelling(context.cancellation(), connection)) {
            return connection.getAutoCommit() ? inTransaction(connection, work) : inSavepoint(connection, work);
        }
    }

    private static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            return readOnly(connection, work);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** The savepoint also heals the transaction when a query of the check fails. */
    static <T> T inSavepoint(Connection connection, Work<T> work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            return readOnly(connection, work);
        } finally {
            connection.rollback(before);
            connection.releaseSavepoint(before);
        }
    }

    private static <T> T readOnly(Connection connection, Work<T> work) throws SQLException {
        execute(connection, "SET TRANSACTION READ ONLY");
        execute(connection, SETTINGS);
        return work.at(connection);
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A single number, by a statement that was put together from quoted names. */
    static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet result = statement.executeQuery(sql)) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** Cancels what runs on the connection when the run is cancelled, as long as the registration is open. */
    static Cancellation.Registration cancelling(Cancellation cancellation, Connection connection) throws SQLException {
        PGConnection session = connection.unwrap(PGConnection.class);
        AtomicBoolean open = new AtomicBoolean(true);
        Cancellation.Registration registration = cancellation.onCancel(() -> {
            if (open.get()) {
                cancel(session);
            }
        });
        return () -> {
            open.set(false);
            registration.close();
        };
    }

    private static void cancel(PGConnection session) {
        try {
            session.cancelQuery();
        } catch (SQLException e) {
            LOG.warn("A check's query could not be cancelled; it ends by itself: {}", ServerWords.of(e));
        }
    }
}
