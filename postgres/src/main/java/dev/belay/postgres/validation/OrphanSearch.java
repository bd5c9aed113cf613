package dev.belay.postgres.validation;

import dev.belay.postgres.validation.internal.ServerWords;
import dev.belay.validation.ValidationContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Looks for the orphans of foreign keys, the biggest first: on one connection, or on several that see one snapshot. */
final class OrphanSearch {
    /**
     * Room for the hash of some millions of keys without a file (PostgreSQL docs, 20.4.1; doubled by hash_mem_multiplier since
     * 15). The queries are simple: compiling them takes longer than it gains.
     */
    private static final List<String> PLANNER = List.of("SET LOCAL work_mem = '128MB'", "SET LOCAL jit = off");

    private static final int BLOCK = 8192;

    private final ValidationContext context;
    private final List<ForeignKey> keys;
    private final long blocks;
    private final AtomicLong blocksDone = new AtomicLong();
    private final Queue<ForeignKey> left;
    private final Collection<OrphanCount> counts = new ConcurrentLinkedQueue<>();

    OrphanSearch(ValidationContext context, List<ForeignKey> keys) {
        this.context = context;
        this.keys = keys.stream().filter(key -> !key.temporal()).toList();
        this.left = new ConcurrentLinkedQueue<>(this.keys);
        this.blocks = this.keys.stream().mapToLong(key -> key.bytes() / BLOCK).sum();
    }

    /** The counts in the order of the keys; {@code connection} is used where it alone sees the change. */
    List<OrphanCount> run(Connection connection) throws SQLException {
        int connections = Math.min(context.parallelism(), keys.size());
        // Small databases are done before further connections are open.
        if (connections <= 1 || blocks < 1000) {
            work(connection);
        } else {
            together(connections);
        }
        return counts.stream()
                .sorted(java.util.Comparator.comparingInt(count -> keys.indexOf(count.key())))
                .toList();
    }

    private void together(int connections) throws SQLException {
        ExecutorService threads = Executors.newFixedThreadPool(connections, task -> {
            Thread thread = new Thread(task, "belay-foreign-keys");
            thread.setDaemon(true);
            return thread;
        });
        try (Connection exporter = context.database().connect()) {
            String snapshot = export(exporter);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                futures.add(threads.submit(() -> {
                    workOnOwn(snapshot);
                    return true;
                }));
            }
            await(futures);
        } finally {
            threads.shutdown();
        }
    }

    private static String export(Connection connection) throws SQLException {
        Look.execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT pg_export_snapshot()")) {
            result.next();
            return result.getString(1);
        }
    }

    /** Waits for all of them, also when one fails: nothing may run on when this returns. */
    private void await(List<Future<?>> futures) throws SQLException {
        SQLException first = null;
        boolean interrupted = false;
        for (Future<?> future : futures) {
            boolean ended = false;
            while (!ended) {
                try {
                    future.get();
                    ended = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                    left.clear();
                } catch (ExecutionException e) {
                    ended = true;
                    left.clear();
                    first = e.getCause() instanceof SQLException sql ? sql : new SQLException(e.getCause());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        context.cancellation().check();
        if (first != null) {
            throw first;
        }
        if (interrupted) {
            throw new SQLException("interrupted", "57014");
        }
    }

    private void workOnOwn(String snapshot) throws SQLException {
        try (Connection connection = context.database().connect();
                var registration = Look.cancelling(context.cancellation(), connection)) {
            connection.setAutoCommit(false);
            Look.execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            Look.execute(connection, "SET TRANSACTION SNAPSHOT '" + snapshot + "'");
            Look.execute(connection, Look.SETTINGS);
            work(connection);
            connection.rollback();
        }
    }

    private void work(Connection connection) throws SQLException {
        for (String setting : PLANNER) {
            Look.execute(connection, setting);
        }
        for (ForeignKey key = left.poll(); key != null; key = left.poll()) {
            context.cancellation().check();
            counts.add(count(connection, key));
            long done = blocksDone.addAndGet(key.bytes() / BLOCK);
            context.progress("foreign keys", done, blocks, "blocks");
        }
    }

    private OrphanCount count(Connection connection, ForeignKey key) throws SQLException {
        try {
            long orphans = Look.inSavepoint(connection, c -> Look.count(c, key.countOfOrphans()));
            return new OrphanCount(key, orphans, Optional.empty());
        } catch (SQLException e) {
            context.cancellation().check();
            if (connection.isClosed()) {
                throw e;
            }
            return new OrphanCount(key, 0, Optional.of(ServerWords.of(e)));
        }
    }
}
