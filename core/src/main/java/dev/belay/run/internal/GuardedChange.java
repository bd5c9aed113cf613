package dev.belay.run.internal;

import dev.belay.context.internal.Failures;
import dev.belay.database.RunLock;
import dev.belay.database.SchemaPicture;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.report.Outcome;
import dev.belay.revision.Route;
import dev.belay.rollback.RollbackResult;
import dev.belay.rollback.RollbackResult.Method;
import dev.belay.run.Platform;
import dev.belay.run.Step;
import dev.belay.run.internal.JournalEntry.Act;
import dev.belay.run.internal.Recovery.Recovered;
import dev.belay.validation.Finding;
import dev.belay.validation.ValidationContext.Phase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The change of the database itself: apply, validate; and if anything goes wrong, the way back. */
final class GuardedChange {
    /**
     * How it ended.
     *
     * @param heads what the database is at
     * @param failure why it isn't where it should be; empty where it is
     */
    record Ending(Outcome outcome, Collection<String> heads, Optional<Throwable> failure) {}

    /** How long a server that went away is waited for before the run gives up on it. */
    private static final Duration RECONNECT = Duration.ofSeconds(60);

    private final Settings settings;
    private final Platform database;
    private final MigrationEngine engine;
    private final Recorder run;
    private final Recovery recovery;
    private final Optional<JournalEntry> goesOnWith;

    /**
     * Of a run that holds the lock.
     *
     * @param goesOnWith the interrupted run whose work this one completes; empty where there is none
     */
    GuardedChange(Settings settings, Recorder run, Recovery recovery, Optional<JournalEntry> goesOnWith) {
        this.settings = settings;
        this.database = settings.database();
        this.engine = settings.engine();
        this.run = run;
        this.recovery = recovery;
        this.goesOnWith = goesOnWith;
    }

    /**
     * Makes it, and writes down in the journal what a later run has to know if this one is killed meanwhile.
     *
     * @throws SQLException when the database could not be looked at before; nothing was changed then
     */
    Ending make(EngineState state, Route route, RunLock lock, LateWrites late) throws SQLException {
        WayBack.Before before = before(state, route);
        try (HeldConnection held = HeldConnection.to(database)) {
            if (goesOnWith.isPresent()) {
                run.journal().applyAgain(held, goesOnWith.get());
            } else {
                run.journal()
                        .apply(held, run, before.digest(), before.validation().memory());
            }
            run.writeAudit(held);
        }
        try {
            apply(state, route, before, lock);
            return new Ending(Outcome.APPLIED, route.to(), Optional.empty());
        } catch (StepFailedException failure) {
            return undo(failure, before, lock, late);
        }
    }

    /** What a failure leads back to: the database as it is, or as it was before the interrupted run that this one goes on with. */
    private WayBack.Before before(EngineState state, Route route) throws SQLException {
        if (goesOnWith.isPresent()) {
            JournalEntry earlier = goesOnWith.get();
            var validation = new Validation(settings, run, database).recall(earlier.remembered());
            return recovery.before(earlier, state, validation.remember());
        }
        SchemaPicture schema = database.observations().schema(database);
        return new WayBack.Before(
                state,
                route.from(),
                Optional.of(schema),
                schema.digest(),
                new Validation(settings, run, database).remember(),
                run::backup);
    }

    private void apply(EngineState state, Route route, WayBack.Before before, RunLock lock) {
        boolean inside = settings.validateBeforeCommit() && engine.isTransactional(route, state);
        run.step(Step.APPLY, () -> {
            var context = new Contexts.ForEngine(run, settings, database, Optional.of(lock), connection -> {
                if (inside) {
                    require(
                            before.validation().look(Phase.IN_TRANSACTION, route.to(), connection),
                            "before the commit");
                }
            });
            run.applied(engine.run(route, context));
            return route;
        });
        run.step(Step.VALIDATE, () -> {
            Validation validation = before.validation();
            require(
                    inside ? validation.lookLate(route.to()) : validation.look(Phase.COMMITTED, route.to()),
                    "after the commit");
            return route;
        });
    }

    private void require(List<Finding> findings, String when) {
        run.found(findings);
        Validation.requireNoneCritical(findings, when);
    }

    /**
     * The decision tree after a failure: what the transaction took back needs nothing more; else the configured ways back,
     * by default the downgrade, else the restore, each validated; and when none leads back, a person.
     */
    private Ending undo(StepFailedException failure, WayBack.Before before, RunLock lock, LateWrites late) {
        run.cancelNoMore();
        try {
            if (stateOnceReachable().sameAs(before.state())) {
                run.rollback(RollbackResult.succeeded(Method.TRANSACTION, "Nothing was committed."));
                return new Ending(Outcome.ROLLED_BACK, before.heads(), Optional.of(failure));
            }
            run.journal().back(Act.ROLLBACK, run);
            RollbackResult result = run.step(
                    Step.ROLLBACK, () -> settings.rollback().rollback(new WayBack(settings, run, before, lock, late)));
            run.rollback(result);
            Outcome outcome = result.method() == Method.RESTORE ? Outcome.RESTORED : Outcome.ROLLED_BACK;
            return new Ending(outcome, before.heads(), Optional.of(failure));
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
            run.note("The way back failed: " + Failures.words(e));
            return Failures.isConnectionLost(e)
                    ? undoAgain(failure, before, lock)
                    : new Ending(Outcome.FAILED, before.heads(), Optional.of(failure));
        }
    }

    /** A cut connection says nothing against the way back: it is gone once more, as the next run would go it. */
    private Ending undoAgain(StepFailedException failure, WayBack.Before before, RunLock lost) {
        lost.close();
        try {
            stateOnceReachable();
            try (RunLock lock = database.lock(run)) {
                Recovered recovered = recovery.perform(lock);
                recovered.rollback().ifPresent(run::rollback);
                boolean undone = recovered.rollback().isPresent()
                        || engine.state(database).sameAs(before.state());
                Outcome outcome = recovered.outcome() == Outcome.RESTORED ? Outcome.RESTORED : Outcome.ROLLED_BACK;
                return new Ending(undone ? outcome : Outcome.FAILED, before.heads(), Optional.of(failure));
            }
        } catch (SQLException | IOException | RuntimeException e) {
            failure.addSuppressed(e);
            run.note("The second try of the way back failed: " + Failures.words(e));
            return new Ending(Outcome.FAILED, before.heads(), Optional.of(failure));
        }
    }

    /** A server that went away in the middle is given time to come back: only it knows whether the change was committed. */
    private EngineState stateOnceReachable() throws SQLException {
        long end = System.nanoTime() + RECONNECT.toNanos();
        while (true) {
            try {
                return engine.state(database);
            } catch (SQLException | RuntimeException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
