package dev.belay.testrun;

import dev.belay.backup.Backup;
import dev.belay.context.RunContext;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import java.util.Optional;

/** What a test run strategy is passed. @since 0.1 */
public interface TestRunContext extends RunContext {
    /** The database that is going to be changed. */
    Database database();

    /** The backup that this run took; empty when the backup was skipped. */
    Optional<Backup> backup();

    /**
     * The backup, restored into a database of its own: the one that proved it where the proof restored one, else restored now.
     *
     * @throws dev.belay.backup.BackupFailedException when there is no backup, or it can't be restored
     */
    TestCopy restoredBackup();

    /** Makes and drops scratch databases. */
    Copies copies();
}
