package dev.belay.postgres.engine;

import dev.belay.engine.EngineContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/**
 * The advisory lock that another tool takes while it works in its history table, so that the two never work at once. It is
 * polled for: a session that waits inside the server for it would hold a snapshot and stop CREATE INDEX CONCURRENTLY.
 */
final class ToolLock {
    private static final long POLL_MILLIS = 200;

    private final Connection connection;
    private final OptionalLong key;

    private ToolLock(Connection connection, OptionalLong key) {
        this.connection = connection;
        this.key = key;
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
