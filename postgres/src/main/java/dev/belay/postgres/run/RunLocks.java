package dev.belay.postgres.run;

import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.database.RunLock;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.connection.internal.TransactionPooler;
import dev.belay.postgres.revision.SafeError;
import dev.belay.run.Platform.Need;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The locks that make the runs on a database come one after the other: a session-level advisory lock, and behind a pooler in
 * transaction mode, where sessions hold nothing, a lease. The two respect each other. Either comes with a fencing token from
 * the table {@code belay.lease}, which is made with the first lock.
 *
 * <p>A lock is asked for again and again instead of waited for inside the server: a session that waits holds a snapshot, which
 * would stop a CREATE INDEX CONCURRENTLY of the run that it waits for. Thread-safe.
 *
 * <p>Limitation: where there is no database {@code postgres}, or the user isn't let in, the advisory lock is in the migrated
 * database itself, and a swap ends it. Advisory locks of different databases don't see each other: let either all users who
 * run Belay on a server connect to {@code postgres}, or none.
 *
 * @since 0.1
 */
public final class RunLocks {
    private static final Logger LOG = LoggerFactory.getLogger(RunLocks.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    /** Whether anything is left to do is asked at pauses from this on: not at once, but about each second. */
    private static final long ASK_FROM_MILLIS = 400;

    private RunLocks() {}

    /**
     * Waits for the lock, and notes who holds it.
     *
     * @param need asked now and then while another has the lock; empty comes back when it says no
     * @throws RunLockException when the connection is cut meanwhile, or the server refuses
     * @throws dev.belay.context.RunCancelledException when the run is cancelled before
     */
    public static Optional<RunLock> await(Database database, RunContext context, Need need) {
        return with(database, context, candidate -> poll(candidate, context, need));
    }

    /** The lock if it is free. */
    public static Optional<RunLock> tryOnce(Database database, RunContext context) {
        return with(database, context, Candidate::tryOnce);
    }

    /** What is asked of a candidate. */
    @FunctionalInterface
    private interface Asking {
        Optional<RunLock> of(Candidate candidate) throws SQLException;
    }

    private static Optional<RunLock> with(Database database, RunContext context, Asking asking) {
        PostgresEndpoint endpoint = PostgresEndpoint.of(database);
        context.cancellation().check();
        try (Candidate candidate = candidate(endpoint, context)) {
            return asking.of(candidate);
        } catch (SQLException e) {
            throw new RunLockException(
                    "The lock of a run on " + endpoint.location()
                            + " could not be asked for: " + SafeError.describe(e, "")
                            + ". Nothing was changed. Try again when the server is well.",
                    e);
        }
    }

    private static Candidate candidate(PostgresEndpoint database, RunContext context) throws SQLException {
        LockQueries queries = new LockQueries(database.name());
        Turn turn = new Turn(database, context, ThisProcess.name());
        String purpose = "run " + context.runId();
        LockPlace place = LockPlace.of(database, purpose);
        if (!isDirect(place)) {
            // Whoever looks for a pooler's mode needs two connections. Were this one kept, many that start at once
            // would
            // have one each, fill the pool with them, and wait for the others for ever.
            AdvisoryRunLock.shut(place.connection());
            if (TransactionPooler.isBefore(place.endpoint(), database)) {
                return new LeaseCandidate(database, queries, turn);
            }
            place = LockPlace.of(database, purpose);
        }
        return new SessionCandidate(database, place.connection(), queries, pid(place), turn);
    }

    /** Whether no pooler is between: one makes up the process id that it tells. */
    private static boolean isDirect(LockPlace place) throws SQLException {
        return pid(place) == TransactionPooler.announced(place.connection());
    }

    private static int pid(LockPlace place) throws SQLException {
        try {
            return TransactionPooler.pid(place.connection());
        } catch (SQLException e) {
            AdvisoryRunLock.shut(place.connection());
            throw e;
        }
    }

    private static Optional<RunLock> poll(Candidate candidate, RunContext context, Need need) throws SQLException {
        Optional<RunLock> lock = candidate.tryOnce();
        if (lock.isPresent()) {
            return lock;
        }
        Cancellation cancellation = context.cancellation();
        CountDownLatch cancelled = new CountDownLatch(1);
        String shown = "";
        try (Cancellation.Registration registered = cancellation.onCancel(cancelled::countDown)) {
            for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2)) {
                String holder = candidate.holder();
                if (!holder.isEmpty() && !holder.equals(shown)) {
                    context.note("Waiting for another run on this database to end: " + holder + ".");
                    shown = holder;
                }
                // Half of it at random: a dozen instances that start together shall not ask together.
                long millis = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
                pause(cancelled, millis, cancellation);
                lock = candidate.tryOnce();
                if (lock.isPresent() || pause >= ASK_FROM_MILLIS && !isThere(need)) {
                    return lock;
                }
            }
        }
    }

    private static boolean isThere(Need need) {
        try {
            return need.isThere();
        } catch (SQLException | RuntimeException e) {
            LOG.debug(
                    "Whether anything is left to do could not be asked: {}",
                    e.getClass().getSimpleName());
            return true;
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
}
