package dev.belay.postgres.preflight;

import dev.belay.backup.BackupStrategy;
import dev.belay.backup.ProofLevel;
import dev.belay.context.Cancellation;
import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.postgres.engine.BelayEngine;
import dev.belay.revision.Direction;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Route;
import dev.belay.run.PreflightContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A run that is about to begin, with a plan that a test makes up. */
record TestPreflightContext(
        Database database,
        MigrationEngine engine,
        EngineState state,
        BackupStrategy backup,
        boolean makesCopies,
        boolean mayRestore,
        Cancellation cancellation)
        implements PreflightContext {

    /** A plan with a backup, a copy and a restore, and nothing applied. */
    static TestPreflightContext of(Database database, BackupStrategy backup) {
        return new TestPreflightContext(
                database,
                BelayEngine.of(List::of, database),
                new EngineState(List.of(), Optional.empty()),
                backup,
                true,
                true,
                Cancellation.withoutTimeout());
    }

    TestPreflightContext with(EngineState applied, RevisionSource revisions) {
        return new TestPreflightContext(
                database, BelayEngine.of(revisions, database), applied, backup, makesCopies, mayRestore, cancellation);
    }

    TestPreflightContext withoutCopies() {
        return new TestPreflightContext(
                database, engine, state, BackupStrategy.none("a test"), false, false, cancellation);
    }

    @Override
    public Route route() {
        return new Route(Direction.UP, List.of(), Set.of(), Set.of());
    }

    @Override
    public ProofLevel proof() {
        return ProofLevel.COMPARED;
    }

    @Override
    public String runId() {
        return "test";
    }

    @Override
    public void progress(String activity, long done, long total, String unit) {
        // nobody watches
    }

    @Override
    public void note(String message) {
        // nobody reads
    }
}
