package dev.belay.postgres.engine;

import dev.belay.database.Database;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.connection.internal.TransactionPooler;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.UUID;
import org.postgresql.jdbc.PgConnection;

/**
 * The server's process that serves a connection. Behind a pooler in transaction mode it is another one for each transaction;
 * then a name that the connection bears, which the pooler passes on, lets it be found while it is at work.
 */
final class Backend {
    private static final String BY_NAME = """
            select pid from pg_catalog.pg_stat_activity
            where application_name = ? and state <> 'idle' order by state_change desc limit 1""";

    private final OptionalInt pid;
    private final String name;

    private Backend(OptionalInt pid, String name) {
        this.pid = pid;
        this.name = name;
    }

    static Backend of(Database database, PgConnection connection) throws SQLException {
        int pid = TransactionPooler.pid(connection);
        boolean shared = pid != connection.getBackendPID()
                && database instanceof PostgresEndpoint endpoint
                && TransactionPooler.isBefore(endpoint);
        if (!shared) {
            return new Backend(OptionalInt.of(pid), "");
        }
        String name = "belay session " + UUID.randomUUID();
        connection.setClientInfo("ApplicationName", name);
        return new Backend(OptionalInt.empty(), name);
    }

    /** Whether the next transaction may be served by another process. */
    boolean shared() {
        return pid.isEmpty();
    }

    /** The process, when it is the same for good. */
    OptionalInt pid() {
        return pid;
    }

    /** The process that is at work now; only for looking: a pooler may have passed it on the instant after. */
    OptionalInt find(Connection other) throws SQLException {
        if (pid.isPresent()) {
            return pid;
        }
        try (PreparedStatement query = other.prepareStatement(BY_NAME)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
            }
        }
    }

    @Override
    public String toString() {
        return pid.isPresent() ? "Session " + pid.getAsInt() : "A session behind the pooler";
    }
}
