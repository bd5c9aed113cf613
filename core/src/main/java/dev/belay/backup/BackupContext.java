package dev.belay.backup;

import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.engine.EngineState;

/** What a backup strategy is passed. @since 0.1 */
public interface BackupContext extends RunContext {
    /** The database to back up. */
    Database database();

    /** What is applied in it, for the record. */
    EngineState state();

    /** How far the backup will be proven; {@link ProofLevel#COMPARED} asks the strategy for fingerprints. */
    ProofLevel requestedProof();
}
