package dev.belay.postgres.run;

import dev.belay.database.RunLock;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.revision.LeaseTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of a run: a session-level advisory lock on a connection of its own, to the server's database {@code postgres}.
 *
 * <p>Its key is made of the migrated database's name. So it stays while that database is swapped for another one, which
 * ends every session in it, and while it is copied as a template, which needs it free of sessions.
 *
 * <p>The server gives it back by itself when the connection ends, whatever happens to this process. Beside it the run has a
 * fencing token, so that a holder whose connection was cut without its knowing writes no history any more. Thread-safe.
 */
final class AdvisoryRunLock implements RunLock {
    private static final Logger LOG = LoggerFactory.getLogger(AdvisoryRunLock.class);
    /** Shorter than the five minutes after which common firewalls and balancers forget an idle connection. */
    private static final long KEEP_ALIVE_SECONDS = 60;

    private final PostgresEndpoint database;
    private final Connection connection;
    private final LockQueries queries;
    private final int pid;
    private final OptionalLong token;
    private final ScheduledThreadPoolExecutor keepAlive;

    AdvisoryRunLock(
            PostgresEndpoint database, Connection connection, LockQueries queries, int pid, OptionalLong token) {
        this.database = database;
        this.connection = connection;
        this.queries = queries;
        this.pid = pid;
        this.token = token;
        this.keepAlive = Beats.executor("belay-lock-keepalive");
        var unused = keepAlive.scheduleWithFixedDelay(
                this::stayAlive, KEEP_ALIVE_SECONDS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void check() {
        boolean held;
        try {
            held = queries.isHeldBy(connection, pid);
        } catch (SQLException e) {
            throw lost("its connection was cut (SQL state " + e.getSQLState() + ")", e);
        }
        if (!held) {
            throw lost("its session no longer has it", null);
        }
    }

    @Override
    public OptionalLong fencingToken() {
        return token;
    }

    @Override
    public boolean isLatest() throws SQLException {
        if (token.isEmpty()) {
            return true;
        }
        try (Connection own = database.connect("lock")) {
            return LeaseTable.isLatest(own, token.getAsLong());
        }
    }

    private RunLockException lost(String why, @Nullable Throwable cause) {
        return RunLockException.lost(database.location(), why, cause);
    }

    private void stayAlive() {
        try {
            queries.isHeldBy(connection, pid);
        } catch (SQLException e) {
            LOG.debug("The lock's connection to {} is gone; the next check says so", database.location(), e);
        }
    }

    /** Gives it back by closing its connection; harmless when the server has ended that already. */
    @Override
    public void close() {
        keepAlive.shutdownNow();
        shut(connection);
    }

    static void shut(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("The lock's connection was gone before it was closed", e);
        }
    }
}
