package dev.belay;

import dev.belay.backup.Backup;
import dev.belay.context.Cancellation;
import dev.belay.context.internal.Failures;
import dev.belay.engine.EngineState;
import dev.belay.engine.FailureMark;
import dev.belay.report.MigrationReport;
import dev.belay.revision.Direction;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import dev.belay.rollback.RollbackResult;
import dev.belay.run.internal.DirectWork;
import dev.belay.run.internal.InterruptibleCall;
import dev.belay.run.internal.Pipeline;
import dev.belay.run.internal.RecoverOnRequest;
import dev.belay.run.internal.RunIds;
import dev.belay.run.internal.Settings;
import dev.belay.run.internal.StartupRun;
import dev.belay.startup.Startup;
import dev.belay.validation.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;

/**
 * What is to happen to a database, decided once and used as often as wanted.
 *
 * <p>Made by {@link #builder()}. Immutable and thread-safe; {@link #toString()} says what it will do. Each call opens the
 * connections it needs and closes them. An interrupt of the calling thread ends the run: what it had begun is undone before
 * the call returns.
 *
 * @since 0.1
 */
public final class MigrationPlan {
    private final Settings settings;

    MigrationPlan(Settings settings) {
        this.settings = settings;
    }

    /** Begins a plan. */
    public static MigrationPlanBuilder builder() {
        return new MigrationPlanBuilder();
    }

    /**
     * Brings the database to the head of the revisions: the whole pipeline.
     *
     * @return what was done; with nothing pending, that there was nothing to do
     * @throws MigrationFailedException when the database isn't at the head now; the report says in which state it is
     * @throws dev.belay.revision.RevisionException when the revisions on disk are malformed or have several heads
     */
    public MigrationReport upgrade() {
        return upgrade(Target.head());
    }

    /**
     * Brings the database to the head when an application starts, if that fits into the start's budget. Of many instances that
     * start at once one does it, the others wait for it.
     *
     * @return what was done, by this process: with nothing pending, or what another one did, that there was nothing to do
     * @throws MigrationFailedException when the database isn't at the head now; with a
     *     {@link dev.belay.startup.BudgetExceededException} as its cause when the work doesn't fit, and then nothing was changed
     */
    public MigrationReport upgradeAtStartup(Startup startup) {
        Cancellation cancellation = Cancellation.after(settings.timeout());
        Pipeline.Result result =
                InterruptibleCall.of(new StartupRun(settings, startup, cancellation)::run, cancellation);
        if (!result.report().succeeded()) {
            throw new MigrationFailedException(result.report(), result.failure().orElse(null));
        }
        return result.report();
    }

    /**
     * Brings the database up to a target.
     *
     * @throws MigrationFailedException as {@link #upgrade()}
     */
    public MigrationReport upgrade(Target target) {
        return run(Direction.UP, target);
    }

    /**
     * Brings the database down to a target, by the same pipeline. The downgrades are those that were stored when the
     * revisions were applied.
     *
     * @throws MigrationFailedException when the database isn't at the target now
     */
    public MigrationReport downgrade(Target target) {
        return run(Direction.DOWN, target);
    }

    private MigrationReport run(Direction direction, Target target) {
        Cancellation cancellation = Cancellation.after(settings.timeout());
        Pipeline pipeline = new Pipeline(settings, RunIds.next(), direction, target, cancellation);
        Pipeline.Result result = InterruptibleCall.of(pipeline::run, cancellation);
        if (!result.report().succeeded()) {
            throw new MigrationFailedException(result.report(), result.failure().orElse(null));
        }
        return result.report();
    }

    /**
     * Finishes or undoes what an interrupted run left behind, which every other run does first, too: a change that was committed
     * is validated, one that is half done goes on to its target, a way back that was begun is gone to its end. Without anything
     * left behind, nothing is done.
     *
     * @return the report: up to date when nothing was left; applied, rolled back or restored as the interrupted run has ended now
     * @throws MigrationFailedException when it can't be told what became of that run, or the way back fails again
     */
    public MigrationReport recover() {
        Cancellation cancellation = Cancellation.after(settings.timeout());
        Pipeline.Result result = InterruptibleCall.of(
                () -> new RecoverOnRequest(settings, RunIds.next(), cancellation).run(), cancellation);
        if (result.failure().isPresent()) {
            throw new MigrationFailedException(result.report(), result.failure().get());
        }
        return result.report();
    }

    /** The SQL that {@link #upgrade()} would run, as valid input for psql. Touches nothing. */
    public String dryRun() {
        StringBuilder sql = new StringBuilder();
        dryRun(Direction.UP, Target.head(), sql);
        return sql.toString();
    }

    /**
     * Writes the SQL that a run would execute, as valid input for psql. Touches nothing.
     *
     * @throws UncheckedIOException when {@code out} fails
     */
    public void dryRun(Direction direction, Target target, Appendable out) {
        EngineState state = state();
        Route route = settings.engine().route(direction, target, state);
        try {
            settings.engine().script(route, state, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is applied, what is on disk, what is pending. Changes nothing. */
    public Status status() {
        EngineState state = state();
        boolean locked = state.failed().isPresent() && work(DirectWork::isToolLocked);
        if (state.failed().isPresent() && !locked) {
            state = state(); // it may have ended between the two
        }
        DirectWork.Beside beside = work(DirectWork::beside);
        RevisionGraph graph = settings.engine().graph();
        return new Status(
                settings.database().location(),
                state.applied(),
                state.heads(),
                graph.heads(),
                graph.pending(state.applied()),
                state.partial().map(EngineState.Partial::revision),
                beside.interrupted(),
                state.failed().map(locked ? FailureMark::wordsWhileLocked : FailureMark::words),
                beside.kept());
    }

    /** Runs the plan's validators on the database as it is. Changes nothing. */
    public List<Finding> validate() {
        return work(DirectWork::validate);
    }

    /**
     * Records the target as applied, and nothing beyond it, without running anything. Waits for the lock first.
     *
     * @throws dev.belay.revision.RevisionException when the target isn't known
     */
    public void stamp(Target target) {
        work(direct -> {
            direct.stamp(target);
            return target;
        });
    }

    /**
     * Takes a backup now and proves it as the plan says.
     *
     * @throws dev.belay.backup.BackupFailedException when it can't be had or isn't what it should be
     */
    public Backup backup() {
        return work(DirectWork::backup);
    }

    /** The backups of this database that are there, newest first. */
    public List<Backup> backups() {
        return settings.backup().list(settings.database().name());
    }

    /**
     * Restores a backup beside the database, validates it, and swaps the two by rename. The database that was there is kept.
     *
     * @throws dev.belay.backup.BackupFailedException when the backup can't be restored; the database is as it was
     */
    public RollbackResult restore(Backup backup) {
        return work(direct -> direct.restore(backup));
    }

    private EngineState state() {
        try {
            return settings.engine().state(settings.database());
        } catch (SQLException e) {
            throw new DatabaseFailedException(settings.database().location(), Failures.words(e), e);
        }
    }

    /** A piece of work outside of the pipeline. */
    @FunctionalInterface
    private interface Work<T> {
        T on(DirectWork direct) throws SQLException;
    }

    private <T> T work(Work<T> work) {
        Cancellation cancellation = Cancellation.after(settings.timeout());
        return InterruptibleCall.of(
                () -> {
                    try {
                        return work.on(new DirectWork(settings, RunIds.next(), cancellation));
                    } catch (SQLException e) {
                        throw new DatabaseFailedException(settings.database().location(), Failures.words(e), e);
                    }
                },
                cancellation);
    }

    @Override
    public String toString() {
        return "upgrade " + settings.database().location() + " (" + settings.environment() + ") with "
                + settings.engine().describe() + "; backup: "
                + settings.backup().describe() + ", proof "
                + settings.proof().name().toLowerCase(java.util.Locale.ROOT) + "; test run: "
                + settings.testRun().describe() + "; validators: " + settings.validators() + "; rollback: "
                + settings.rollback().describe() + (settings.lossless() ? "; keeps what is lost" : "") + "; timeout "
                + settings.timeout();
    }
}
