package dev.belay.run.internal;

import dev.belay.context.Cancellation;
import dev.belay.context.internal.Failures;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.engine.RevisionResult;
import dev.belay.report.MigrationReport;
import dev.belay.revision.Direction;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import dev.belay.run.RunEvent;
import dev.belay.startup.BudgetExceededException;
import dev.belay.startup.Startup;
import dev.belay.startup.Startup.Choice;
import dev.belay.startup.StartupHealth;
import dev.belay.startup.StartupHealth.State;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An upgrade to the head within an application's start: the pipeline, with a budget before the change. */
public final class StartupRun {
    private static final Logger LOG = LoggerFactory.getLogger(StartupRun.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Settings settings;
    private final Startup startup;
    private final Cancellation cancellation;

    public StartupRun(Settings settings, Startup startup, Cancellation cancellation) {
        this.settings = settings.alsoTelling(event -> tell(startup, event));
        this.startup = startup;
        this.cancellation = cancellation;
    }

    /** The whole start; a result that failed is that of the run that found out why. */
    public Pipeline.Result run() {
        tell(State.WAITING, "");
        try {
            Pipeline.Result result = upgraded();
            if (result.failure().filter(this::isLeftToOthers).isPresent()) {
                tell(State.WAITING, "for another process to apply what is pending");
                result = othersDidIt() ? upgraded() : result;
            }
            MigrationReport report = result.report();
            if (report.succeeded()) {
                tell(State.READY, "");
            } else {
                tell(State.REFUSED, report.error().orElse(report.outcome().label()));
            }
            return result;
        } catch (RuntimeException e) {
            tell(State.REFUSED, Failures.words(e));
            throw e;
        }
    }

    private Pipeline.Result upgraded() {
        return new Pipeline(settings, RunIds.next(), Direction.UP, Target.head(), cancellation, this::requireFits)
                .run();
    }

    private void requireFits(Route route, Optional<List<RevisionResult>> rehearsed, Recorder run) {
        Optional<Duration> predicted = rehearsed.map(
                results -> results.stream().map(RevisionResult::duration).reduce(Duration.ZERO, Duration::plus));
        boolean fits = predicted.isPresent()
                ? predicted.get().compareTo(startup.budget()) <= 0
                : startup.unknown() == Choice.APPLY;
        if (!fits) {
            throw new BudgetExceededException(String.join(", ", route.steps()), predicted, startup.budget());
        }
        if (predicted.isEmpty()) {
            run.note(
                    "How long the change takes is not known, since the plan has no test run; it is applied as configured.");
        }
    }

    private boolean isLeftToOthers(Throwable failure) {
        return failure instanceof BudgetExceededException exceeded
                && (exceeded.predicted().isPresent() ? startup.tooLong() : startup.unknown()) == Choice.LEAVE_TO_OTHERS;
    }

    /** Without the lock, so that the others get it. */
    private boolean othersDidIt() {
        while (cancellation.reason().isEmpty()) {
            try {
                Thread.sleep(PAUSE.toMillis());
                if (isDone()) {
                    return true;
                }
            } catch (SQLException | RuntimeException e) {
                LOG.debug(
                        "The database can't be asked for the moment: {}",
                        e.getClass().getSimpleName());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                cancellation.cancel(Cancellation.Reason.INTERRUPTED);
            }
        }
        return false;
    }

    private boolean isDone() throws SQLException {
        MigrationEngine engine = settings.engine();
        EngineState state = engine.state(settings.database());
        return state.isSettled()
                && engine.route(Direction.UP, Target.head(), state).isEmpty();
    }

    private static void tell(Startup startup, RunEvent event) {
        if (event instanceof RunEvent.StepStarted started) {
            startup.health()
                    .accept(new StartupHealth(State.MIGRATING, started.step().label()));
        } else if (event instanceof RunEvent.Note note && note.message().startsWith("Waiting for another run")) {
            startup.health().accept(new StartupHealth(State.WAITING, note.message()));
        }
    }

    private void tell(State state, String detail) {
        try {
            startup.health().accept(new StartupHealth(state, detail));
        } catch (RuntimeException e) {
            LOG.warn("A health callback failed; the start goes on", e);
        }
    }
}
