package dev.belay.backup;

import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import java.util.Optional;

/** What a backup strategy is passed. @since 0.1 */
public interface BackupContext extends RunContext {
    /** The database to back up. */
    Database database();

    /** What is applied in it, for the record. */
    EngineState state();

    /** How far the backup will be proven; {@link ProofLevel#COMPARED} asks the strategy for fingerprints. */
    ProofLevel requestedProof();

    /**
     * The snapshot that the backup must be taken from, so that what is written after it can be carried over by a restore; empty where
     * nothing is. A strategy that doesn't ask for it can't be carried over onto. The default is empty.
     */
    default Optional<String> snapshot() {
        return Optional.empty();
    }

    /** For a backup that is thrown away again: nothing is recorded of it, and it isn't going to be proven. */
    static BackupContext throwaway(RunContext run, Database database) {
        return new ThrowawayBackupContext(run, database);
    }
}
