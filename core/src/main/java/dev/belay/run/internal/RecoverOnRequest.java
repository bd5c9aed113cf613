package dev.belay.run.internal;

import dev.belay.context.Cancellation;
import dev.belay.context.internal.Failures;
import dev.belay.database.RunLock;
import dev.belay.engine.EngineState;
import dev.belay.engine.MigrationEngine;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.Target;
import dev.belay.run.internal.Recovery.Recovered;
import dev.belay.run.internal.Settlement.Settled;
import java.util.List;
import java.util.Optional;

/** Finishes or undoes what an interrupted run left, because somebody asks for it. */
public final class RecoverOnRequest {
    private final Settings settings;
    private final String runId;
    private final Recorder run;

    public RecoverOnRequest(Settings settings, String runId, Cancellation cancellation) {
        this.settings = settings;
        this.runId = runId;
        this.run = new Recorder(settings, runId, cancellation);
    }

    /** Where the interrupted run is half way, the whole pipeline goes on from there to its target. */
    public Pipeline.Result run() {
        Recovered recovered;
        Settled settled;
        List<String> heads = List.of();
        try (RunLock lock = settings.database().lock(run)) {
            MigrationEngine engine = settings.engine();
            heads = engine.state(settings.database()).heads();
            recovered = new Recovery(settings, run).perform(lock);
            EngineState state = engine.state(settings.database());
            heads = state.heads();
            settled = new Settlement(settings, run).settle(state, settings.database(), lock);
        } catch (Exception e) {
            Outcome outcome = Recovery.needsAPerson(e) ? Outcome.FAILED : Outcome.REFUSED;
            return new Pipeline.Result(written(outcome, heads, Optional.of(Failures.words(e))), Optional.of(e));
        }
        if (recovered.halfWay()) {
            JournalEntry left = recovered.earlier().orElseThrow();
            return new Pipeline(settings, runId, left.direction(), Target.of(left.target()), run.cancellation()).run();
        }
        recovered.rollback().ifPresent(run::rollback);
        Outcome own = recovered.outcome() == Outcome.REFUSED ? Outcome.UP_TO_DATE : recovered.outcome();
        Outcome outcome = settled.outcome().orElse(own);
        return new Pipeline.Result(written(outcome, settled.state().heads(), Optional.empty()), Optional.empty());
    }

    private MigrationReport written(Outcome outcome, List<String> heads, Optional<String> error) {
        return outcome == Outcome.UP_TO_DATE
                ? run.report(outcome, heads, heads, error)
                : WrittenReport.of(settings, run, () -> run.report(outcome, heads, heads, error));
    }
}
