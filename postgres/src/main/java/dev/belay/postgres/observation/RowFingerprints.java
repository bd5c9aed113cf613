package dev.belay.postgres.observation;

import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import dev.belay.database.TableFingerprint;
import dev.belay.postgres.snapshot.SharedSnapshot;
import dev.belay.postgres.snapshot.Together;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and hashes every table of a snapshot, several at a time. Thread-safe. */
public final class RowFingerprints {
    private static final Logger LOG = LoggerFactory.getLogger(RowFingerprints.class);

    private static final long CANCEL_AGAIN_MILLIS = 100;

    private final SharedSnapshot snapshot;
    private final RunContext context;
    private final Known known;
    private volatile boolean stopped;
    private volatile Runnable stopping = () -> {};

    /** For a snapshot that stays open meanwhile. */
    public RowFingerprints(SharedSnapshot snapshot, RunContext context) {
        this(snapshot, context, (statement, table) -> Optional.empty());
    }

    /** As the other, but for tables whose fingerprints are known without a look at every value. */
    RowFingerprints(SharedSnapshot snapshot, RunContext context, Known known) {
        this.snapshot = snapshot;
        this.context = context;
        this.known = known;
    }

    /** Fingerprints that can be had cheaper. */
    interface Known {
        /** A table's fingerprint, by queries on a statement of the snapshot; empty where it must be computed. */
        Optional<TableFingerprint> fingerprint(Statement statement, String table) throws SQLException;
    }

    /** How many sessions are worth it: as many as processors here, at least two and at most four. */
    public static int sessions() {
        return Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));
    }

    /**
     * Every table's fingerprint, sorted by table.
     *
     * @param sessions the number of connections, that of the snapshot among them
     */
    public List<TableFingerprint> compute(int sessions) throws SQLException {
        return compute(TableShapes.read(snapshot.connection()), sessions);
    }

    List<TableFingerprint> compute(List<TableShape> tables, int sessions) throws SQLException {
        List<TableShape> bySize = new ArrayList<>(tables);
        bySize.sort(Comparator.comparingLong(TableShape::bytes).reversed());
        Work work = new Work(bySize);
        stopping = work::stop;
        if (stopped) {
            work.stop();
        }
        int useful = Math.max(1, Math.min(sessions, tables.size()));
        List<Callable<Void>> workers = new ArrayList<>();
        workers.add(() -> work.through(snapshot.connection()));
        for (int i = 1; i < useful; i++) {
            workers.add(() -> {
                try (Connection joined = snapshot.join()) {
                    return work.through(joined);
                }
            });
        }
        try (Cancellation.Registration ignored = context.cancellation().onCancel(work::stop)) {
            Together.run("belay-rows", workers, work::stop);
        }
        List<TableFingerprint> all = new ArrayList<>(work.found.values());
        all.sort(Comparator.comparing(TableFingerprint::table));
        return all;
    }

    /** The tables that are left, taken by whichever session is free. */
    private final class Work {
        private final Queue<TableShape> left;
        private final ConcurrentHashMap<String, TableFingerprint> found = new ConcurrentHashMap<>();
        private final java.util.Set<Statement> running = ConcurrentHashMap.newKeySet();
        private final AtomicLong done = new AtomicLong();
        private final long total;

        Work(List<TableShape> tables) {
            this.left = new ConcurrentLinkedQueue<>(tables);
            this.total = tables.stream().mapToLong(TableShape::bytes).sum();
        }

        Void through(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                running.add(statement);
                try {
                    for (TableShape table = left.poll(); table != null; table = left.poll()) {
                        context.cancellation().check();
                        found.put(table.name(), fingerprint(statement, table));
                        context.progress("row fingerprints", done.addAndGet(table.bytes()), total, "bytes");
                    }
                } finally {
                    running.remove(statement);
                }
            }
            return null;
        }

        private TableFingerprint fingerprint(Statement statement, TableShape table) throws SQLException {
            try {
                Optional<TableFingerprint> before = known.fingerprint(statement, table.name());
                return before.isPresent() ? before.get() : computed(statement, table);
            } catch (SQLException e) {
                context.cancellation().check();
                throw e;
            }
        }

        private TableFingerprint computed(Statement statement, TableShape table) throws SQLException {
            String query = table.fingerprintQuery(snapshot.facts().serverVersion());
            try (ResultSet result = statement.executeQuery(query)) {
                result.next();
                return new TableFingerprint(table.name(), result.getLong(1), String.valueOf(result.getString(2)));
            }
        }

        /** One session failed: what the others compute is no longer wanted. */
        void stop() {
            left.clear();
            Thread canceller = new Thread(this::cancelUntilEnded, "belay-rows-stop");
            canceller.setDaemon(true);
            canceller.start();
        }

        /** Again and again: a cancellation that comes just before a statement starts does nothing to it. */
        private void cancelUntilEnded() {
            try {
                while (!running.isEmpty()) {
                    running.forEach(RowFingerprints::cancel);
                    Thread.sleep(CANCEL_AGAIN_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Makes the computation that is going on fail soon, because it is no longer wanted. */
    public void stop() {
        stopped = true;
        stopping.run();
    }

    static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOG.debug("A statement could not be cancelled; its connection is closed soon", e);
        }
    }
}
