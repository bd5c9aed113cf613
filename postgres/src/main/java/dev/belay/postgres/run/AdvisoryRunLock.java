package dev.belay.postgres.run;

import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.database.RunLock;
import dev.belay.postgres.connection.PostgresEndpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of a run: a session-level advisory lock on a connection of its own, to the server's database {@code postgres}.
 *
 * <p>Its key is made of the migrated database's name. So it stays while that database is swapped for another one, which
 * ends every session in it, and while it is copied as a template, which needs it free of sessions.
 *
 * <p>It is asked for again and again instead of waited for inside the server: a session that waits holds a snapshot, which
 * would stop a CREATE INDEX CONCURRENTLY of the run that it waits for. The server gives it back by itself when the connection
 * ends, whatever happens to this process. Thread-safe.
 *
 * <p>Limitation: where there is no database {@code postgres}, or the user isn't let in, the lock is in the migrated database
 * itself, and a swap ends it. Advisory locks of different databases don't see each other: let either all users who run
 * Belay on a server connect to {@code postgres}, or none.
 *
 * @since 0.1
 */
public final class AdvisoryRunLock implements RunLock {
    private static final Logger LOG = LoggerFactory.getLogger(AdvisoryRunLock.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    /** Shorter than the five minutes after which common firewalls and balancers forget an idle connection. */
    private static final long KEEP_ALIVE_SECONDS = 60;

    private final Connection connection;
    private final LockQueries queries;
    private final String location;
    private final int pid;
    private final ScheduledThreadPoolExecutor keepAlive;

    private AdvisoryRunLock(Connection connection, LockQueries queries, String location, int pid) {
        this.connection = connection;
        this.queries = queries;
        this.location = location;
        this.pid = pid;
        this.keepAlive = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "belay-lock-keepalive");
            thread.setDaemon(true);
            return thread;
        });
        var unused = keepAlive.scheduleWithFixedDelay(
                this::stayAlive, KEEP_ALIVE_SECONDS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Waits for the lock, and notes who holds it.
     *
     * @throws PoolerException when the connections' pooler would break it
     * @throws RunLockException when the connection is cut meanwhile
     * @throws dev.belay.context.RunCancelledException when the run is cancelled before
     */
    public static RunLock await(Database database, RunContext context) {
        return take(database, context, true).orElseThrow();
    }

    /** The lock if it is free. */
    public static Optional<RunLock> tryOnce(Database database, RunContext context) {
        return take(database, context, false);
    }

    private static Optional<RunLock> take(Database database, RunContext context, boolean wait) {
        PostgresEndpoint endpoint = PostgresEndpoint.of(database);
        LockQueries queries = new LockQueries(database.name());
        context.cancellation().check();
        LockPlace place = LockPlace.of(endpoint, "run " + context.runId());
        Connection connection = place.connection();
        Optional<RunLock> taken = Optional.empty();
        try {
            PoolerCheck.refuse(place.endpoint(), connection);
            boolean free = queries.tryLock(connection);
            if (!free && wait) {
                poll(connection, queries, context);
                free = true;
            }
            if (free) {
                taken = Optional.of(
                        new AdvisoryRunLock(connection, queries, endpoint.location(), PoolerCheck.pid(connection)));
            }
            return taken;
        } catch (SQLException e) {
            throw new RunLockException(
                    "The lock of a run on " + endpoint.location()
                            + " could not be asked for: the connection failed (SQL state " + e.getSQLState()
                            + "). Nothing was changed. Try again when the server is well.",
                    e);
        } finally {
            if (taken.isEmpty()) {
                shut(connection);
            }
        }
    }

    private static void poll(Connection connection, LockQueries queries, RunContext context) throws SQLException {
        Cancellation cancellation = context.cancellation();
        CountDownLatch cancelled = new CountDownLatch(1);
        String shown = "";
        try (Cancellation.Registration registered = cancellation.onCancel(cancelled::countDown)) {
            for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2)) {
                String holder = queries.holder(connection).orElse(shown);
                if (!holder.equals(shown)) {
                    context.note("Waiting for another run on this database to end: " + holder + ".");
                    shown = holder;
                }
                // Half of it at random: a dozen instances that start together shall not ask together.
                long millis = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
                pause(cancelled, millis, cancellation);
                if (queries.tryLock(connection)) {
                    return;
                }
            }
        }
    }

    private static void pause(CountDownLatch cancelled, long millis, Cancellation cancellation) {
        try {
            if (cancelled.await(millis, TimeUnit.MILLISECONDS)) {
                cancellation.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancellation.cancel(Cancellation.Reason.INTERRUPTED);
            cancellation.check();
        }
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

    private RunLockException lost(String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new RunLockException(
                "The lock of this run on " + location + " was lost: " + why
                        + ". The run stops, since another may have begun. Look at the report, then run again.",
                cause);
    }

    private void stayAlive() {
        try {
            queries.isHeldBy(connection, pid);
        } catch (SQLException e) {
            LOG.debug("The lock's connection to {} is gone; the next check says so", location, e);
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
