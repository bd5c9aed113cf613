package dev.belay.postgres.engine;

import dev.belay.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a session does on the server: asks, asks again (a request may come between two statements and is lost then),
 * and after 5 s ends the session itself.
 */
final class Canceller {
    private static final Logger LOG = LoggerFactory.getLogger(Canceller.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long AGAIN_MILLIS = 200;

    private final Database database;
    private final PgConnection session;
    private final OptionalInt pid;
    private final CountDownLatch quiet = new CountDownLatch(1);

    /**
     * @param pid the session's process; empty where a pooler gives each transaction another one
     */
    Canceller(Database database, PgConnection session, OptionalInt pid) {
        this.database = database;
        this.session = session;
        this.pid = pid;
    }

    /** Begins to cancel, on a thread of its own. */
    void cancel() {
        Thread thread = new Thread(this::pursue, "belay-cancel");
        thread.setDaemon(true);
        thread.start();
    }

    /** To be called when the session does nothing any more. */
    void sessionIsQuiet() {
        quiet.countDown();
    }

    private void pursue() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            do {
                try {
                    session.cancelQuery();
                } catch (SQLException e) {
                    LOG.debug("A cancel request did not reach the server: SQLSTATE {}", e.getSQLState());
                }
                if (quiet.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } while (System.nanoTime() < end);
            terminate();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void terminate() {
        if (pid.isEmpty()) {
            LOG.warn(
                    "The statement did not end within {} s of being asked; behind a pooler its session can't be told for sure,"
                            + " and is not ended",
                    PATIENCE.toSeconds());
            return;
        }
        LOG.warn(
                "Session {} did not end its statement within {} s of being asked; the session is ended",
                pid.getAsInt(),
                PATIENCE.toSeconds());
        try (Connection connection = database.connect();
                PreparedStatement end = connection.prepareStatement("select pg_catalog.pg_terminate_backend(?)")) {
            end.setInt(1, pid.getAsInt());
            end.execute();
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "Session {} could not be ended: {}",
                    pid.getAsInt(),
                    e.getClass().getSimpleName());
        }
    }

    /** Waits, longer than {@link #pursue} is patient, until the session is gone from the server or does nothing; false when it goes on. */
    boolean isOver() {
        if (pid.isEmpty()) {
            return false;
        }
        long end = System.nanoTime() + PATIENCE.multipliedBy(2).toNanos();
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(
                        "select 1 from pg_catalog.pg_stat_activity where pid = ? and coalesce(state, '') <> 'idle'")) {
            query.setInt(1, pid.getAsInt());
            do {
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) {
                        return true;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(50);
            } while (System.nanoTime() < end);
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "It could not be seen whether session {} is over: {}",
                    pid.getAsInt(),
                    e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
