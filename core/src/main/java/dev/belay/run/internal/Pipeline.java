package dev.belay.run.internal;

import dev.belay.backup.Backup;
import dev.belay.backup.NoBackup;
import dev.belay.context.Cancellation;
import dev.belay.context.internal.Failures;
import dev.belay.database.RunLock;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.engine.RevisionResult;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.Direction;
import dev.belay.revision.RevisionException;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import dev.belay.run.FirstLook;
import dev.belay.run.Platform;
import dev.belay.run.Step;
import dev.belay.testrun.NoTestRun;
import dev.belay.testrun.TestCopy;
import dev.belay.validation.Finding;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A run, from its first look to its report: preflight, backup, proof of the backup, test run on a copy, apply, validate;
 * and if anything goes wrong after the change began, the way back.
 */
public final class Pipeline {
    /**
     * How a run ended.
     *
     * @param report what it did
     * @param failure why it didn't do what it should; empty when it did
     */
    public record Result(MigrationReport report, Optional<Throwable> failure) {}

    private final Settings settings;
    private final Platform database;
    private final MigrationEngine engine;
    private final Recorder run;
    private final Recovery recovery;
    private final Gate gate;
    private final Direction direction;
    private final Target target;
    private List<String> from = List.of();
    private Optional<JournalEntry> goesOnWith = Optional.empty();
    private Optional<LateWrites> captured = Optional.empty();

    /** Asked before the change, with what the test run took; empty where there was none. */
    @FunctionalInterface
    interface Gate {
        /** Goes on, or throws when the change is not to be made. */
        void check(Route route, Optional<List<RevisionResult>> rehearsed, Recorder run);
    }

    public Pipeline(Settings settings, String runId, Direction direction, Target target, Cancellation cancellation) {
        this(settings, runId, direction, target, cancellation, (route, rehearsed, run) -> {});
    }

    Pipeline(
            Settings settings, String runId, Direction direction, Target target, Cancellation cancellation, Gate gate) {
        this.gate = gate;
        this.settings = settings;
        this.database = settings.database();
        this.engine = settings.engine();
        this.run = new Recorder(settings, runId, cancellation);
        this.recovery = new Recovery(settings, run);
        this.direction = direction;
        this.target = target;
    }

    /** The whole run, in the order of the README. */
    public Result run() {
        try {
            FirstLook look = database.look(engine);
            Optional<Route> way = way(look);
            from = look.heads();
            if (way.isPresent() && way.get().isEmpty() && !recovery.unlessAnotherRuns(look)) {
                return upToDate();
            }
            Optional<RunLock> taken = database.lock(run, this::isLeftToDo);
            if (taken.isEmpty()) {
                return upToDate();
            }
            try (RunLock lock = taken.get()) {
                EngineState state;
                Route route;
                try (HeldConnection held = HeldConnection.to(database)) {
                    goesOnWith = recovery.perform(lock, held).toGoOnWith(direction);
                    // another run may have done it while this one waited; else the way is still the same
                    state = new Settlement(settings, run)
                            .settle(engine.state(held), held, lock)
                            .state();
                    route = way.filter(known -> isAsSeen(state, look))
                            .orElseGet(() -> engine.route(direction, target, state));
                    from = sorted(route.from());
                    if (route.isEmpty() && state.partial().isEmpty()) {
                        return upToDate();
                    }
                    begin(held, state, route);
                }
                preflight(state, route);
                engine.prepare(database);
                try (LateWrites late = LateWrites.of(settings, run, goesOnWith.isPresent())) {
                    captured = Optional.of(late);
                    try (Proof proof = backup(state, late)) {
                        prove(proof);
                        testRun(proof, route);
                    }
                    gate.check(route, run.rehearsed(), run);
                    return change(state, route, lock, late);
                }
            }
        } catch (RevisionException e) {
            throw e;
        } catch (Exception e) {
            return ended(Recovery.needsAPerson(e) ? Outcome.FAILED : Outcome.REFUSED, from, Optional.of(e));
        }
    }

    private static boolean isAsSeen(EngineState state, FirstLook look) {
        return look.contents().filter(seen -> seen.state().equals(state)).isPresent();
    }

    /** With all applied, the way up to the one head is found, and empty. */
    private Optional<Route> way(FirstLook look) throws SQLException {
        if (look.contents().isPresent()) {
            return way(look.contents().get().state(), look.contents().get().graph());
        }
        boolean upToTheHead = direction == Direction.UP
                && target.equals(Target.head())
                && look.heads().size() == 1;
        Set<String> heads = Set.copyOf(look.heads());
        return upToTheHead
                ? Optional.of(new Route(direction, List.of(), heads, heads))
                : way(engine.state(database), engine.graph());
    }

    /** The way to the target; not known before the lock is held where something is half done, perhaps by a run still at it. */
    private Optional<Route> way(EngineState state, RevisionGraph graph) {
        return state.isSettled() ? Optional.of(engine.route(direction, target, state, graph)) : Optional.empty();
    }

    /** Asked while another run has the lock: what it committed counts once it doesn't take it back any more. */
    private boolean isLeftToDo() throws SQLException {
        EngineState state = engine.state(database);
        from = state.heads();
        return way(state, engine.graph()).filter(Route::isEmpty).isEmpty() || recovery.isUnderWay();
    }

    private void begin(HeldConnection held, EngineState state, Route route) {
        JournalEntry entry = JournalEntry.begin(run.runId(), run.startedAt().toString(), target, state, route);
        run.journal()
                .begin(
                        held,
                        goesOnWith.map(earlier -> earlier.goneOnWith(entry)).orElse(entry));
        run.startAudit(Map.of(
                "direction", direction.name(),
                "from", from.toString(),
                "to", sorted(route.to()).toString(),
                "revisions", route.steps().toString(),
                "environment", settings.environment()));
        state.partial()
                .ifPresent(partial -> run.note("Revision " + partial.revision() + " was begun by an earlier run and "
                        + "not ended: it goes on after its statement " + partial.statementsDone() + "."));
        run.writeAudit(held);
    }

    private void preflight(EngineState state, Route route) {
        forceable(
                Step.PREFLIGHT,
                () -> run.step(Step.PREFLIGHT, () -> {
                    List<Finding> findings =
                            database.preflight().check(new Contexts.ForPreflight(run, settings, state, route));
                    run.found(findings);
                    Validation.requireNoneCritical(findings, "before anything was done");
                    return findings;
                }));
    }

    private Proof backup(EngineState state, LateWrites late) {
        if (settings.backup() instanceof NoBackup none) {
            run.skipped(Step.BACKUP, none.reason());
            return Proof.ofNothing(settings, run);
        }
        Backup taken = run.step(
                Step.BACKUP,
                () -> late.capturedFrom(
                        snapshot -> settings.backup().take(new Contexts.ForBackup(run, settings, state, snapshot))));
        run.backup(taken);
        run.audit("backup-taken", Map.of("backup", taken.location(), "bytes", Long.toString(taken.bytes())));
        return Proof.of(settings, run, taken);
    }

    private void prove(Proof proof) {
        if (settings.backup() instanceof NoBackup none) {
            run.skipped(Step.PROOF, none.reason());
        } else {
            run.backup(run.step(Step.PROOF, proof::prove));
        }
    }

    private void testRun(Proof proof, Route route) {
        if (settings.testRun() instanceof NoTestRun none) {
            run.skipped(Step.TEST_RUN, none.reason());
            return;
        }
        forceable(
                Step.TEST_RUN,
                () -> run.step(Step.TEST_RUN, () -> {
                    var context = new Contexts.ForTestRun(run, settings, run.backup(), proof::copy);
                    try (TestCopy copy = settings.testRun().copy(context)) {
                        new Rehearsal(settings, run, copy.database(), route, proof.rowsOf(copy.database())).perform();
                        return copy.description();
                    }
                }));
    }

    private Result change(EngineState state, Route route, RunLock lock, LateWrites late) throws SQLException {
        var change = new GuardedChange(settings, run, recovery, goesOnWith);
        GuardedChange.Ending ending = change.make(state, route, lock, late);
        if (ending.outcome() == Outcome.APPLIED) {
            retain();
        }
        return ended(ending.outcome(), ending.heads(), ending.failure());
    }

    private void retain() {
        if (settings.backup() instanceof NoBackup) {
            return;
        }
        try {
            Set<String> needed =
                    settings.reports().isPresent() ? settings.reports().get().neededBackups() : Set.of();
            List<String> removed = settings.backup().retain(database.name(), needed);
            if (!removed.isEmpty()) {
                run.note("Removed backups that are older than they are kept: " + String.join(", ", removed));
                Kept.drop(settings, database);
            }
        } catch (IOException | SQLException | RuntimeException e) {
            run.note("Old backups could not be removed: " + Failures.words(e));
        }
    }

    private void forceable(Step step, Runnable work) {
        try {
            work.run();
        } catch (StepFailedException e) {
            if (settings.force().isEmpty() || run.cancellation().reason().isPresent()) {
                throw e;
            }
            run.note("Step " + step.label() + " failed and was overruled: "
                    + settings.force().get());
            run.audit(
                    "step-overruled",
                    Map.of("step", step.label(), "reason", settings.force().get()));
        }
    }

    private Result upToDate() {
        return new Result(run.report(Outcome.UP_TO_DATE, from, from, Optional.empty()), Optional.empty());
    }

    private Result ended(Outcome outcome, Collection<String> heads, Optional<Throwable> failure) {
        captured.ifPresent(
                LateWrites::close); // as long as the journal is open: the next run knows that something is left
        Optional<String> error = failure.map(Failures::words);
        run.audit(
                "run-ended",
                Map.of("outcome", outcome.label(), "heads", sorted(heads).toString(), "error", error.orElse("")));
        run.end(outcome);
        return new Result(
                WrittenReport.of(settings, run, () -> run.report(outcome, from, sorted(heads), error)), failure);
    }

    private static List<String> sorted(Collection<String> ids) {
        return List.copyOf(new TreeSet<>(ids));
    }
}
