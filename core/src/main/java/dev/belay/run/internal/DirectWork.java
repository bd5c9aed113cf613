package dev.belay.run.internal;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupFailedException;
import dev.belay.context.Cancellation;
import dev.belay.context.internal.Failures;
import dev.belay.database.Copies;
import dev.belay.database.RunLock;
import dev.belay.report.Outcome;
import dev.belay.revision.Target;
import dev.belay.rollback.RollbackResult;
import dev.belay.rollback.RollbackStrategy;
import dev.belay.run.Platform;
import dev.belay.run.Step;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext.Phase;
import java.io.IOException;
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

    /**
     * What there is beside the database.
     *
     * @param interrupted the run that is under way or was killed, in words
     * @param kept the names of the databases that restores put aside
     */
    public record Beside(Optional<String> interrupted, List<String> kept) {}

    /** What there is beside the database. */
    public Beside beside() throws SQLException {
        try {
            return new Beside(
                    run.journal().unfinished().map(JournalEntry::whole),
                    database.copies().kept(database).stream()
                            .map(Copies.Kept::name)
                            .toList());
        } catch (IOException e) {
            throw new BackupFailedException(
                    "The journal beside the backups can't be read: " + Failures.words(e)
                            + ". Correct the permissions of the file.",
                    e);
        }
    }

    /** Whether the tool whose history it is may be at work. */
    public boolean isToolLocked() throws SQLException {
        return settings.engine().isToolLocked(database);
    }

    /** Records a target without running anything. */
    public void stamp(Target target) throws SQLException {
        try (RunLock lock = database.lock(run)) {
            lock.check();
            settings.engine()
                    .stamp(target, new Contexts.ForEngine(run, settings, database, Optional.of(lock), unused -> {}));
            // whoever stamps has looked: what an earlier run left is no longer waited for
            closeJournal();
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
            Backup taken = run.step(
                    Step.BACKUP,
                    () -> settings.backup().take(new Contexts.ForBackup(run, settings, state, Optional::empty)));
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
            openJournal(backup);
            Outcome outcome = Outcome.REFUSED;
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
                outcome = Outcome.APPLIED;
                return result;
            } finally {
                run.end(outcome);
            }
        }
    }

    private void openJournal(Backup backup) {
        run.journal()
                .begin(
                        database,
                        JournalEntry.restore(run.runId(), run.startedAt().toString(), backup.id(), backup.location()));
    }

    private void closeJournal() throws SQLException {
        try {
            run.journal().close();
        } catch (IOException e) {
            run.note("The journal beside the backups could not be removed: " + Failures.words(e));
        }
    }
}
