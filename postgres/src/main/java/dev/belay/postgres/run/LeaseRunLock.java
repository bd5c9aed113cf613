package dev.belay.postgres.run;

import dev.belay.database.RunLock;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.revision.LeaseTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of a run behind a pooler in transaction mode: the row of {@code belay.lease}, where a thread counts up every three
 * seconds. Whoever waits and sees the number stand still for 15 seconds takes over. Thread-safe.
 */
final class LeaseRunLock implements RunLock {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseRunLock.class);
    private static final Duration BEAT = Duration.ofSeconds(3);

    private final PostgresEndpoint database;
    private final long token;
    private final ScheduledThreadPoolExecutor beats = Beats.executor("belay-lease");
    private volatile boolean overtaken;
    private volatile long lastBeat = System.nanoTime();

    LeaseRunLock(PostgresEndpoint database, long token) {
        this.database = database;
        this.token = token;
        var unused = beats.scheduleWithFixedDelay(this::keep, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void keep() {
        try {
            beat();
        } catch (SQLException | RuntimeException e) {
            LOG.debug(
                    "A heartbeat did not get through to {}: {}",
                    database.location(),
                    e.getClass().getSimpleName());
        }
    }

    private void beat() throws SQLException {
        long sent = System.nanoTime();
        try (Connection connection = database.connect("lease")) {
            if (LeaseTable.beat(connection, token)) {
                lastBeat = sent;
            } else {
                overtaken = true;
            }
        }
    }

    @Override
    public void check() {
        if (!overtaken && System.nanoTime() - lastBeat > 2 * BEAT.toNanos()) {
            try {
                beat();
            } catch (SQLException e) {
                throw RunLockException.lost(
                        database.location(),
                        "its heartbeat did not get through (SQL state " + e.getSQLState() + ")",
                        e);
            }
        }
        if (overtaken) {
            throw RunLockException.overtaken(database.location());
        }
    }

    @Override
    public OptionalLong fencingToken() {
        return OptionalLong.of(token);
    }

    @Override
    public boolean isLatest() throws SQLException {
        try (Connection connection = database.connect("lease")) {
            return LeaseTable.isLatest(connection, token);
        }
    }

    /** Gives it back; where that fails, the next run waits until the silence has lasted long enough. */
    @Override
    public void close() {
        beats.shutdownNow();
        try (Connection connection = database.connect("lease")) {
            LeaseTable.release(connection, token);
        } catch (SQLException | RuntimeException e) {
            LOG.debug(
                    "The lease on {} could not be given back: {}",
                    database.location(),
                    e.getClass().getSimpleName());
        }
    }
}
