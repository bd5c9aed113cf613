package dev.belay.testkit.fault;

import dev.belay.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the server is in the midst of an act.
 *
 * <p>What runs concurrently waits for older sessions: such an act is held by one, with an old snapshot and a lock on every
 * table, until the fault has struck. Of any other act, a moment after it was sent is taken; it may be over by then.
 */
final class Dwell {
    private static final long MOMENT_MILLIS = 15;
    private static final long LONGEST_MILLIS = 10_000;
    private static final String LOCK_ALL = """
            DO $$ DECLARE t regclass; BEGIN
              FOR t IN SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema', 'belay')
              LOOP EXECUTE 'LOCK TABLE ' || t || ' IN ACCESS SHARE MODE'; END LOOP;
            END $$""";

    private Dwell() {}

    static void during(Act act, ProxySession session, PostgresServer server, Runnable strike) {
        if (!act.isConcurrent()) {
            FaultProxy.daemon(
                    () -> {
                        pause(MOMENT_MILLIS);
                        strike.run();
                    },
                    "moment");
            return;
        }
        Connection older = older(server, act.database());
        FaultProxy.daemon(
                () -> {
                    try (older) {
                        awaitWaiting(server, session.pid());
                        strike.run();
                    } catch (SQLException e) {
                        throw new IllegalStateException(act + " could not be held", e);
                    }
                },
                "hold");
    }

    private static Connection older(PostgresServer server, String database) {
        try {
            Connection connection = server.connect(database);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                statement.execute(LOCK_ALL);
            }
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException("no session that would hold what runs concurrently", e);
        }
    }

    private static void awaitWaiting(PostgresServer server, int pid) throws SQLException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS);
        try (Connection connection = server.connect("postgres");
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT FROM pg_stat_activity WHERE pid = ? AND wait_event_type = 'Lock'")) {
            statement.setInt(1, pid);
            boolean waits = false;
            while (!waits && System.nanoTime() < end) {
                pause(5);
                try (ResultSet rows = statement.executeQuery()) {
                    waits = rows.next();
                }
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
