package dev.belay.postgres.engine;

import dev.belay.database.Database;
import dev.belay.engine.EngineContext;
import dev.belay.engine.FailureMark;
import dev.belay.engine.MigrationEngine;
import dev.belay.engine.UnsettledHistoryException;
import dev.belay.postgres.revision.HistoryTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import org.postgresql.jdbc.PgConnection;

/**
 * The advisory lock that another tool takes while it works in its history table, so that the two never work at once. It is
 * polled for: a session that waits inside the server for it would hold a snapshot and stop CREATE INDEX CONCURRENTLY.
 */
final class ToolLock {
    private static final long POLL_MILLIS = 200;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    // objsubid 1 marks a key of one number: see pg_locks in PostgreSQL's documentation
    private static final String HELD = """
            select from pg_catalog.pg_locks
            where locktype = 'advisory' and objsubid = 1 and granted and classid = ?::bigint::oid and objid = ?::bigint::oid
              and database = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())""";

    private final Connection connection;
    private final OptionalLong key;

    private ToolLock(Connection connection, OptionalLong key) {
        this.connection = connection;
        this.key = key;
    }

    /**
     * Takes it in a session of its own, until that is closed.
     *
     * @throws UnsettledHistoryException where sessions are shared, so that a lock keeps nobody away
     */
    static MigrationEngine.Held hold(FailureMark mark, HistoryTable history, EngineContext context)
            throws SQLException {
        Connection connection = context.database().connect();
        try {
            OptionalLong key = history.lock(connection);
            if (key.isPresent()
                    && Backend.of(context.database(), connection.unwrap(PgConnection.class))
                            .shared()) {
                throw new UnsettledHistoryException(
                        mark,
                        "Sessions are shared by a pooler, so that it isn't known whether " + mark.tool()
                                + " is at work now: connect to the server itself.");
            }
            ToolLock lock = take(connection, key, context);
            return () -> {
                try (connection) {
                    lock.release();
                }
            };
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Whether anybody has it. */
    static boolean isHeld(Database database, HistoryTable history) throws SQLException {
        try (Connection connection = database.connect()) {
            OptionalLong key = history.lock(connection);
            return key.isPresent() && isHeld(connection, key.getAsLong());
        }
    }

    private static boolean isHeld(Connection connection, long key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HELD)) {
            statement.setLong(1, key >>> Integer.SIZE);
            statement.setLong(2, key & UNSIGNED);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Takes it in this session, for which it may wait as long as the run may last; without a key it is nothing. */
    static ToolLock take(Connection connection, OptionalLong key, EngineContext context) throws SQLException {
        ToolLock lock = new ToolLock(connection, key);
        if (key.isPresent()) {
            boolean told = false;
            while (!lock.ask("pg_try_advisory_lock")) {
                if (!told) {
                    context.note("Another program has the lock of the history table of "
                            + context.database().location() + ": waiting for it.");
                    told = true;
                }
                context.cancellation().check();
                pause(context);
            }
        }
        return lock;
    }

    /** Whether there is one to be held. */
    boolean held() {
        return key.isPresent();
    }

    private boolean ask(String function) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_catalog." + function + "(" + key.getAsLong() + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void pause(EngineContext context) {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.cancellation().cancel(dev.belay.context.Cancellation.Reason.INTERRUPTED);
            context.cancellation().check();
        }
    }

    /** Gives it back, for a session that goes back into a pool; one that ends gives it back by itself. */
    void release() throws SQLException {
        if (key.isPresent()) {
            ask("pg_advisory_unlock");
        }
    }
}
