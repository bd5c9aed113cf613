package dev.belay.postgres.lossless;

import dev.belay.context.Cancellation;
import dev.belay.database.Database;
import dev.belay.engine.EngineContext;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run without a pipeline that keeps what is lost, and remembers what it is told. */
record LosslessContext(Database database, boolean lossless, Cancellation cancellation, List<String> notes)
        implements EngineContext {
    LosslessContext(Database database, boolean lossless) {
        this(database, lossless, Cancellation.withoutTimeout(), new CopyOnWriteArrayList<>());
    }

    @Override
    public String runId() {
        return "run1";
    }

    @Override
    public void progress(String activity, long done, long total, String unit) {
        // nobody looks
    }

    @Override
    public void note(String message) {
        notes.add(message);
    }

    @Override
    public Duration lockTimeout() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Duration statementTimeout() {
        return Duration.ZERO;
    }

    @Override
    public void beforeCommit(Connection connection) {
        // nothing is checked
    }

    @Override
    public void checkLock() {
        // there is none
    }
}
