package dev.belay.prove.internal;

import dev.belay.context.Cancellation;
import dev.belay.database.Database;
import dev.belay.engine.EngineContext;
import java.sql.Connection;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run in a database of which nobody else knows: no lock to hold, nothing to be told. */
record ProofContext(String runId, Cancellation cancellation, Database database, boolean lossless)
        implements EngineContext {
    private static final Logger LOG = LoggerFactory.getLogger("dev.belay.prove");
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    @Override
    public Duration lockTimeout() {
        return LOCK_TIMEOUT;
    }

    @Override
    public Duration statementTimeout() {
        return Duration.ZERO;
    }

    @Override
    public void beforeCommit(Connection connection) {
        // every revision may commit here
    }

    @Override
    public void checkLock() {
        // there is none
    }

    @Override
    public void progress(String activity, long done, long total, String unit) {
        // revisions that take long are not proven often
    }

    @Override
    public void note(String message) {
        LOG.debug(message);
    }
}
