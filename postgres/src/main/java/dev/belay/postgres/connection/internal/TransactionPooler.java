package dev.belay.postgres.connection.internal;

import dev.belay.postgres.connection.PostgresEndpoint;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * Finds out whether a pooler in transaction mode stands between.
 *
 * <p>A pooler makes up the process id that a client is told when it connects, since backends come and go behind it. Where that id
 * is the true one there is no pooler. Otherwise a second connection opens a transaction again and again: if it ever gets the
 * first one's backend, or the first now has another, sessions are shared.
 */
public final class TransactionPooler {
    /** A pooler hands out the backend that was given back last; another client may be quicker now and then. */
    private static final int ROUNDS = 8;

    private TransactionPooler() {}

    /** Whether one is there for one of these databases of one server: a pooler has a mode for each. */
    public static boolean isBefore(PostgresEndpoint one, PostgresEndpoint other) throws SQLException {
        return isBefore(other) || !one.name().equals(other.name()) && isBefore(one);
    }

    /** Whether one is there. */
    public static boolean isBefore(PostgresEndpoint database) throws SQLException {
        try (Connection connection = database.connect("pooler check")) {
            int pid = pid(connection);
            if (pid == announced(connection)) {
                return false;
            }
            try (Connection second = database.connect("pooler check")) {
                second.setAutoCommit(false);
                for (int round = 0; round < ROUNDS; round++) {
                    boolean shared = pid(second) == pid || pid(connection) != pid;
                    second.rollback();
                    if (shared) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** The process that serves this connection now. */
    public static int pid(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** The process id that the client was told. */
    public static int announced(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }
}
