package dev.belay.run.internal;

import dev.belay.backup.Backup;
import dev.belay.context.internal.Failures;
import dev.belay.database.AuditTrail;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import dev.belay.database.RunLock;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.report.Outcome;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Direction;
import dev.belay.rollback.RollbackResult;
import dev.belay.rollback.RollbackResult.Method;
import dev.belay.run.FirstLook;
import dev.belay.run.Platform;
import dev.belay.run.Step;
import dev.belay.run.internal.JournalEntry.Act;
import dev.belay.run.internal.JournalEntry.Work;
import dev.belay.validation.Finding;
import dev.belay.validation.Severity;
import dev.belay.validation.ValidationContext.Phase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what became of an earlier run that was killed, and finishes or undoes it.
 *
 * <p>What the run was about to do is in its journal; whether it did it, the server knows: the history was written in the same
 * transaction as the change, and a database that was put aside bears the run's mark since the transaction of the swap.
 */
final class Recovery {
    /**
     * What was done.
     *
     * @param earlier the run that was left behind; empty when there was none
     * @param outcome how it ended now
     * @param rollback how it was undone
     * @param halfWay whether it is still half way: a run in the same direction goes on, one in the other takes it back
     */
    record Recovered(
            Optional<JournalEntry> earlier, Outcome outcome, Optional<RollbackResult> rollback, boolean halfWay) {
        private static final Recovered NOTHING =
                new Recovered(Optional.empty(), Outcome.UP_TO_DATE, Optional.empty(), false);

        /** The change that a run in this direction goes on with. */
        Optional<JournalEntry> toGoOnWith(Direction direction) {
            return earlier.filter(entry -> halfWay && entry.direction() == direction);
        }
    }

    private final Settings settings;
    private final Recorder run;
    private final Platform database;
    private final MigrationEngine engine;

    Recovery(Settings settings, Recorder run) {
        this.settings = settings;
        this.run = run;
        this.database = settings.database();
        this.engine = settings.engine();
    }

    /** Whether a run ended because an earlier one could be neither finished nor undone. */
    static boolean needsAPerson(Throwable failure) {
        return failure instanceof RecoveryFailedException || failure.getCause() instanceof RecoveryFailedException;
    }

    /**
     * Recovers what was left behind where no other run is under way, whose journal and databases would look the same.
     *
     * @return whether the database may be another one now than it was, or is about to be, so that another look at it is due
     */
    boolean unlessAnotherRuns(FirstLook look) throws SQLException, IOException {
        Optional<JournalEntry> unfinished = run.journal().unfinished(look.journal());
        if (unfinished.isEmpty() && !look.leftovers()) {
            return false;
        }
        Optional<RunLock> free = database.tryLock(run);
        if (free.isEmpty()) {
            return unfinished.filter(JournalEntry::hasBegunToChange).isPresent();
        }
        try (RunLock lock = free.get()) {
            return perform(lock).earlier().isPresent();
        }
    }

    /** Whether another run is changing the database, or may be taking back what it changed. */
    boolean isUnderWay() throws SQLException {
        try {
            return run.journal()
                    .unfinished()
                    .filter(JournalEntry::hasBegunToChange)
                    .isPresent();
        } catch (IOException e) {
            return true; // the lock tells
        }
    }

    /** Drops what was left beside, and finishes or undoes what was begun; with the lock held nobody else is at it. */
    Recovered perform(RunLock lock) throws SQLException, IOException {
        return perform(lock, database);
    }

    /** The same; through this one it is found out whether there is anything to do. */
    Recovered perform(RunLock lock, Database through) throws SQLException, IOException {
        lock.check();
        database.copies().dropLeftovers(through, run);
        database.removeCaptures(through, run);
        Optional<JournalEntry> left = run.journal().unfinished(through);
        if (left.isEmpty()) {
            return Recovered.NOTHING;
        }
        JournalEntry entry = left.get();
        if (entry.act() == Act.PREPARE) {
            return closed(entry, Outcome.REFUSED, Optional.empty(), "It had changed nothing.");
        }
        return run.step(Step.RECOVERY, () -> recover(entry, lock));
    }

    private Recovered recover(JournalEntry entry, RunLock lock) throws SQLException, IOException {
        Optional<String> aside = database.copies().kept(database).stream()
                .filter(kept -> kept.runId().equals(entry.runId()))
                .map(Copies.Kept::name)
                .findFirst();
        if (aside.isPresent()) {
            return swapped(entry, aside.get());
        }
        if (entry.work() == Work.RESTORE) {
            String words = "The database is the one that was there before: restore again.";
            return closed(entry, Outcome.REFUSED, Optional.empty(), words);
        }
        EngineState now = engine.state(database);
        if (entry.isBefore(now)) {
            return undone(entry, RollbackResult.succeeded(Method.TRANSACTION, "Nothing of it is in the database."));
        }
        if (!entry.isOnTheWay(now)) {
            throw RecoveryFailedException.unknownState(entry, now.ids());
        }
        if (entry.act() != Act.APPLY) {
            return undo(entry, now, lock);
        }
        return entry.isAfter(now) ? finish(entry, now, lock) : halfWay(entry);
    }

    private Recovered swapped(JournalEntry entry, String aside) {
        String words = "Backup " + entry.backupLocation() + " is restored; the database that was there is kept as "
                + aside + ".";
        return undone(entry, new RollbackResult(Method.RESTORE, true, Optional.of(aside), Map.of(), words));
    }

    /** The change was committed and perhaps not yet looked at. */
    private Recovered finish(JournalEntry entry, EngineState now, RunLock lock) throws SQLException, IOException {
        List<Finding> findings = new Validation(settings, run, database)
                .recall(entry.remembered())
                .withoutForgetful()
                .look(Phase.COMMITTED, now.heads());
        run.found(findings);
        if (findings.stream().anyMatch(finding -> finding.severity() == Severity.CRITICAL)) {
            return undo(entry, now, lock);
        }
        return closed(
                entry, Outcome.APPLIED, Optional.empty(), "It was committed, and the validators find nothing wrong.");
    }

    private Recovered halfWay(JournalEntry entry) {
        run.note("An earlier run was interrupted half way: " + entry.words() + ".");
        run.journal().leaves(entry);
        return new Recovered(Optional.of(entry), Outcome.UP_TO_DATE, Optional.empty(), true);
    }

    private Recovered undo(JournalEntry entry, EngineState now, RunLock lock) {
        run.note("An earlier run was interrupted on its way back, or before it: " + entry.words() + ". It is undone.");
        run.journal().takeOver(entry, run);
        Validation validation = new Validation(settings, run, database)
                .recall(entry.remembered())
                .withoutForgetful();
        var way = new WayBack(settings, run, before(entry, now, validation), lock, LateWrites.none(settings, run));
        try {
            return undone(entry, run.uncancelled(() -> settings.rollback().rollback(way)));
        } catch (Exception e) {
            throw RecoveryFailedException.of(entry, Failures.words(e), e);
        }
    }

    /** What the database was before an earlier run: where a run that goes on with its work has to go back to. */
    WayBack.Before before(JournalEntry entry, EngineState now, Validation validation) {
        EngineState state = stateBefore(entry, now);
        return new WayBack.Before(
                state,
                new LinkedHashSet<>(state.heads()),
                Optional.empty(),
                entry.schema(),
                validation,
                () -> backup(entry));
    }

    private Optional<Backup> backup(JournalEntry entry) {
        if (entry.backup().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(settings.backup().list(database.name()).stream()
                .filter(backup -> backup.id().equals(entry.backup()))
                .findFirst()
                .orElseThrow(() -> RecoveryFailedException.noBackup(entry)));
    }

    /** The journal has the ids; the rest of what was applied is in the history still, or in the files. */
    private EngineState stateBefore(JournalEntry entry, EngineState now) {
        var graph = engine.graph();
        List<AppliedRevision> applied = new ArrayList<>();
        for (String id : entry.before()) {
            applied.add(now.applied().stream()
                    .filter(revision -> revision.id().equals(id))
                    .findFirst()
                    .orElseGet(() -> new AppliedRevision(
                            id,
                            graph.get(id).map(revision -> revision.parents()).orElse(List.of()),
                            "",
                            "",
                            Instant.EPOCH,
                            false)));
        }
        return new EngineState(applied, entry.halfBefore());
    }

    private Recovered undone(JournalEntry entry, RollbackResult result) {
        Outcome outcome = result.method() == Method.RESTORE ? Outcome.RESTORED : Outcome.ROLLED_BACK;
        return closed(entry, outcome, Optional.of(result), result.detail());
    }

    private Recovered closed(JournalEntry entry, Outcome outcome, Optional<RollbackResult> rollback, String words) {
        run.note("An earlier run was interrupted: " + entry.words() + ". " + words);
        try {
            database.auditTrail()
                    .write(
                            database,
                            List.of(new AuditTrail.Entry(
                                    entry.runId(),
                                    Instant.now(),
                                    "run-ended",
                                    Map.of("outcome", outcome.label(), "recovered-by", run.runId()))));
            run.journal().close();
        } catch (SQLException | IOException | RuntimeException e) {
            run.note("Its journal could not be closed: " + Failures.words(e) + ". The next run looks again.");
        }
        return new Recovered(Optional.of(entry), outcome, rollback, false);
    }
}
