package dev.belay.run;

import dev.belay.backup.BackupStrategy;
import dev.belay.backup.ProofLevel;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.revision.Route;

/** What a preflight check is passed. @since 0.1 */
public interface PreflightContext extends RunContext {
    /** The database that is going to be changed. */
    Database database();

    /** The engine that will change it. */
    MigrationEngine engine();

    /** What is applied in it. */
    EngineState state();

    /** What is going to run. */
    Route route();

    /** How the backup will be taken; a {@link dev.belay.backup.NoBackup} when it is skipped. */
    BackupStrategy backup();

    /** How far the backup will be proven. */
    ProofLevel proof();

    /** Whether a scratch database will be made: for the proof or for the test run. */
    boolean makesCopies();

    /** Whether the rollback may have to restore beside and rename. */
    boolean mayRestore();
}
