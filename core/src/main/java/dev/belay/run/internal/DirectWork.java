package dev.belay.run.internal;

import dev.belay.backup.Backup;
import dev.belay.context.Cancellation;
import dev.belay.database.RunLock;
import dev.belay.revision.Target;
import dev.belay.rollback.RollbackResult;
import dev.belay.rollback.RollbackStrategy;
import dev.belay.run.Platform;
import dev.belay.run.Step;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext.Phase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pieces of the pipeline that can be asked for alone: validate, stamp, backup, restore. */
public final class DirectWork {
    private final Settings settings;
    private final Platform database;
    private final Recorder run;

    public DirectWork(Settings settings, String runId, Cancellation cancellation) {
        this.settings = settings;
        this.database = settings.database();
        this.run = new Recorder(settings, runId, cancellation);
    }

    /** What the validators find on the database as it is; it should be at the heads it says it is at. */
    public List<Finding> validate() throws SQLException {
        var graph = settings.engine().graph();
        List<String> heads =
                graph.heads().stream().map(revision -> revision.id()).toList();
        return new Validation(settings, run, database).remember().look(Phase.COMMITTED, heads);
    }

    /** Records a target without running anything. */
    public void stamp(Target target) throws SQLException {
        try (RunLock lock = database.lock(run)) {
            lock.check();
            settings.engine()
                    .stamp(target, new Contexts.ForEngine(run, settings, database, Optional.of(lock), unused -> {}));
            run.startAudit(Map.of("stamped", target.toString()));
            run.audit("run-ended", Map.of("outcome", "stamped"));
            run.writeAudit();
        }
    }

    /** Takes a backup and proves it; needs the lock, so that no change is under way. */
    public Backup backup() throws SQLException {
        try (RunLock lock = database.lock(run)) {
            lock.check();
            database.copies().dropLeftovers(database, run);
            var state = settings.engine().state(database);
            Backup taken =
                    run.step(Step.BACKUP, () -> settings.backup().take(new Contexts.ForBackup(run, settings, state)));
            try (Proof proof = Proof.of(settings, run, taken)) {
                return run.step(Step.PROOF, proof::prove);
            }
        }
    }

    /** Restores beside, compares with what the backup should hold, swaps. */
    public RollbackResult restore(Backup backup) throws SQLException {
        try (RunLock lock = database.lock(run)) {
            lock.check();
            database.copies().dropLeftovers(database, run);
            run.startAudit(Map.of("restore", backup.location()));
            try {
                RollbackResult result = run.step(Step.RESTORE, () -> {
                    settings.backup().check(backup, run);
                    return RollbackStrategy.restore().rollback(new RestoreOnRequest(settings, run, backup));
                });
                run.audit(
                        "run-ended",
                        Map.of(
                                "outcome",
                                "restored",
                                "kept",
                                result.keptDatabase().orElse("")));
                return result;
            } finally {
                run.writeAudit();
            }
        }
    }
}
