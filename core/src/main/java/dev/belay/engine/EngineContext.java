package dev.belay.engine;

import dev.belay.context.RunContext;
import dev.belay.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;

/** What an engine is passed when it runs revisions. @since 0.1 */
public interface EngineContext extends RunContext {
    /** Where the revisions run: production or a copy. */
    Database database();

    /** How long a statement may wait for a lock; set anew for every attempt. */
    Duration lockTimeout();

    /** How long a statement may run; zero means as long as the run. */
    Duration statementTimeout();

    /**
     * Called inside the last transaction, before its commit, where the engine runs the whole route in one transaction; an
     * exception rolls everything back. Engines without such a transaction never call it.
     */
    void beforeCommit(Connection connection) throws SQLException;

    /**
     * Whether what a revision destroys is kept, so that its undoing can give it back; by default it isn't. Engines that can't keep
     * it ignore this.
     */
    default boolean lossless() {
        return false;
    }

    /** Goes on, or throws when this run no longer holds its lock; asked before each commit. */
    void checkLock();

    /** What each write of the history has to prove in its own transaction to be the latest; empty on a copy. */
    default OptionalLong fencingToken() {
        return OptionalLong.empty();
    }
}
