package dev.belay.postgres.run;

import dev.belay.postgres.connection.PostgresEndpoint;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * Finds out whether a pooler in transaction mode stands between.
 *
 * <p>A pooler makes up the process id that a client is told when it connects, since backends come and go behind it. Where that id
 * is the true one there is no pooler, at the price of one statement. Otherwise a second connection holds a transaction open: if
 * it got the first one's backend, or the first now has another, sessions are shared.
 */
final class PoolerCheck {
    private PoolerCheck() {}

    static void refuse(PostgresEndpoint endpoint, Connection connection) throws SQLException {
        int pid = pid(connection);
        if (pid == connection.unwrap(PGConnection.class).getBackendPID()) {
            return;
        }
        try (Connection second = endpoint.connect("pooler check")) {
            second.setAutoCommit(false);
            boolean shared = pid(second) == pid || pid(connection) != pid;
            second.rollback();
            if (shared) {
                throw new PoolerException(endpoint.location());
            }
        }
    }

    static int pid(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
