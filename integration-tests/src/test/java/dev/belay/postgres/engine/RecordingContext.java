package dev.belay.postgres.engine;

import dev.belay.context.Cancellation;
import dev.belay.database.Database;
import dev.belay.engine.EngineContext;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A run without a pipeline, which remembers what it is told. */
final class RecordingContext implements EngineContext, AutoCloseable {
    final List<String> notes = new CopyOnWriteArrayList<>();
    final List<String> progress = new CopyOnWriteArrayList<>();
    final Cancellation cancellation;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Database database;
    private final Duration lockTimeout;
    int asked;

    RecordingContext(Database database) {
        this(database, Duration.ofSeconds(3), Duration.ofMinutes(2));
    }

    RecordingContext(Database database, Duration lockTimeout, Duration timeout) {
        this.database = database;
        this.lockTimeout = lockTimeout;
        this.cancellation = Cancellation.after(timeout);
        var unused = clock.schedule(
                () -> cancellation.cancel(Cancellation.Reason.TIMEOUT), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public String runId() {
        return "run1";
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void progress(String activity, long done, long total, String unit) {
        progress.add(activity);
    }

    @Override
    public void note(String message) {
        notes.add(message);
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Duration lockTimeout() {
        return lockTimeout;
    }

    @Override
    public Duration statementTimeout() {
        return Duration.ZERO;
    }

    @Override
    public void beforeCommit(Connection connection) {
        asked++;
    }

    @Override
    public void checkLock() {}

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
