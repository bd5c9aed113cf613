package dev.belay.rollback;

import dev.belay.backup.Backup;
import dev.belay.context.RunContext;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import dev.belay.database.Observations;
import dev.belay.engine.EngineState;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** What a rollback strategy is passed. A rollback has no timeout and isn't interrupted. @since 0.1 */
public interface RollbackContext extends RunContext {
    /** The database whose change failed. */
    Database database();

    /** What was applied before the change. */
    EngineState before();

    /** The backup that this run took; empty when it was skipped. */
    Optional<Backup> backup();

    /** Runs the revisions back to {@link #before()}. */
    void downgrade() throws SQLException;

    /** Restores the backup into an empty database, by the strategy that took it. */
    void restore(Backup backup, Database into);

    /**
     * Checks that a database is what it was before the change: the applied revisions, the schema, and the plan's validators.
     *
     * @throws RollbackFailedException when it is not
     */
    void validate(Database database) throws SQLException;

    /** Makes databases beside, and swaps them. */
    Copies copies();

    /** Compares databases. */
    Observations observations();

    /** Takes history and audit entries of this run along into the restored database. */
    void carryOver(Database kept, Database restored) throws SQLException;

    /**
     * Puts a restored and validated database in the place of {@link #database()}, with what was written since the backup where the
     * plan carries it over.
     *
     * @return the old database, kept beside
     */
    default Database swap(Database restored) throws SQLException {
        return copies().swap(database(), restored, this);
    }

    /** The rows of {@code kept} that {@code restored} has not, counted per table. */
    default Map<String, Long> surplus(Database kept, Database restored) throws SQLException {
        return observations().surplus(kept, restored, this);
    }
}
