package dev.belay.postgres.engine;

import dev.belay.engine.EngineContext;
import dev.belay.postgres.revision.Busy;
import dev.belay.postgres.revision.FailedStatement;
import dev.belay.postgres.revision.Place;
import dev.belay.postgres.sql.SqlStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from a second connection at a session that waits for its server: who blocks it, how far its index build is.
 * The connection is only opened when a statement takes long.
 */
final class ServerWatch implements Busy, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);
    /** query_canceled and lock_not_available (PostgreSQL docs, appendix A). */
    private static final String CANCELED = "57014";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String BLOCKERS = """
            select b.pid, coalesce(a.application_name, ''), coalesce(a.usename, '?'), coalesce(a.state, 'state not visible'),
                   coalesce(extract(epoch from pg_catalog.clock_timestamp() - a.xact_start), 0)::bigint
            from (select distinct pg_catalog.unnest(pg_catalog.pg_blocking_pids(?)) as pid) b
            left join pg_catalog.pg_stat_activity a using (pid)
            order by 1""";
    private static final String BUILD =
            "select blocks_done, blocks_total from pg_catalog.pg_stat_progress_create_index where pid = ?";

    private final Backend backend;
    private final PgConnection session;
    private final EngineContext context;
    private final long tickMillis;
    private final ScheduledExecutorService clock;

    private volatile @Nullable Place running;
    private volatile long since;
    private volatile List<Blocker> blockers = List.of();
    private volatile boolean limited;
    private volatile boolean waitedTooLong;
    private long blockedSince; // these two by the clock's thread alone
    private boolean blocked;
    private @Nullable Connection connection; // used by the clock's thread alone

    ServerWatch(EngineContext context, Backend backend, PgConnection session) {
        this.context = context;
        this.backend = backend;
        this.session = session;
        // several looks within one lock_timeout, or the blocker is gone from sight before it was seen
        this.tickMillis = Math.max(20, Math.min(500, context.lockTimeout().toMillis() / 4));
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "belay-watch");
            thread.setDaemon(true);
            return thread;
        });
        var unused = clock.scheduleWithFixedDelay(this::look, tickMillis, tickMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void begin(Place place) {
        since = System.nanoTime();
        running = place;
    }

    @Override
    public void end() {
        running = null;
        limited = false;
    }

    /** What is sent next is ended from here when it waits for a lock or runs for too long: the server wasn't told to. */
    void limitNext() {
        waitedTooLong = false;
        limited = true;
    }

    /** A failure that was brought about from here, as the server would have told it. */
    FailedStatement explained(FailedStatement failed) {
        if (!waitedTooLong || !failed.state().equals(CANCELED)) {
            return failed;
        }
        waitedTooLong = false;
        return new FailedStatement(
                failed.place(), new SQLException("canceling statement due to lock timeout", LOCK_NOT_AVAILABLE));
    }

    /** Whoever was last seen to block; and forgets them. */
    List<Blocker> takeBlockers() {
        List<Blocker> seen = blockers;
        blockers = List.of();
        return seen;
    }

    private void look() {
        Place place = running;
        blocked &= place != null;
        if (place == null || System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(tickMillis)) {
            return;
        }
        try {
            Connection own = connection;
            if (own == null || own.isClosed()) {
                own = context.database().connect();
                connection = own;
            }
            OptionalInt pid = backend.find(own);
            if (pid.isPresent()) {
                lookForBlockers(own, pid.getAsInt());
                lookForBuild(own, pid.getAsInt(), place);
            }
            if (limited) {
                endWhenTooLong();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug(
                    "The server could not be asked what it waits for: {}",
                    e.getClass().getSimpleName());
        }
    }

    private void endWhenTooLong() throws SQLException {
        long now = System.nanoTime();
        boolean lock = blocked && now - blockedSince > context.lockTimeout().toNanos();
        boolean time = !context.statementTimeout().isZero()
                && now - since > context.statementTimeout().toNanos();
        if (lock || time) {
            waitedTooLong = lock;
            session.cancelQuery(); // by the key that a pooler gave out: it knows which session is meant
        }
    }

    private void lookForBlockers(Connection own, int pid) throws SQLException {
        List<Blocker> seen = new ArrayList<>();
        try (PreparedStatement query = own.prepareStatement(BLOCKERS)) {
            query.setInt(1, pid);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    seen.add(new Blocker(
                            row.getInt(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5)));
                }
            }
        }
        if (!seen.isEmpty()) {
            blockers = List.copyOf(seen);
        }
        if (!seen.isEmpty() && !blocked) {
            blockedSince = System.nanoTime();
        }
        blocked = !seen.isEmpty();
    }

    private void lookForBuild(Connection own, int pid, Place place) throws SQLException {
        try (PreparedStatement query = own.prepareStatement(BUILD)) {
            query.setInt(1, pid);
            try (ResultSet row = query.executeQuery()) {
                if (row.next() && row.getLong(2) > 0) {
                    String name = place.sql().length() > 10_000
                            ? ""
                            : SqlStatement.of(place.sql()).concurrentIndexName().orElse("");
                    context.progress(("create index " + name).strip(), row.getLong(1), row.getLong(2), "blocks");
                }
            }
        }
    }

    @Override
    public void close() {
        clock.execute(this::closeConnection);
        clock.shutdown();
        try {
            if (!clock.awaitTermination(2, TimeUnit.SECONDS)) {
                clock.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeConnection() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debug("The watching connection did not close cleanly: SQLSTATE {}", e.getSQLState());
        }
    }
}
