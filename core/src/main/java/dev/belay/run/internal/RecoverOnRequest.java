package dev.belay.run.internal;

import dev.belay.context.Cancellation;
import dev.belay.context.internal.Failures;
import dev.belay.database.RunLock;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.Target;
import dev.belay.run.internal.Recovery.Recovered;
import java.io.IOException;
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
        List<String> heads;
        try (RunLock lock = settings.database().lock(run)) {
            recovered = new Recovery(settings, run).perform(lock);
            heads = settings.engine().state(settings.database()).heads();
        } catch (Exception e) {
            Outcome outcome = Recovery.needsAPerson(e) ? Outcome.FAILED : Outcome.REFUSED;
            return new Pipeline.Result(
                    written(run.report(outcome, List.of(), List.of(), Optional.of(Failures.words(e)))), Optional.of(e));
        }
        if (recovered.halfWay()) {
            JournalEntry left = recovered.earlier().orElseThrow();
            return new Pipeline(settings, runId, left.direction(), Target.of(left.target()), run.cancellation()).run();
        }
        recovered.rollback().ifPresent(run::rollback);
        Outcome outcome = recovered.outcome() == Outcome.REFUSED ? Outcome.UP_TO_DATE : recovered.outcome();
        return new Pipeline.Result(written(run.report(outcome, heads, heads, Optional.empty())), Optional.empty());
    }

    private MigrationReport written(MigrationReport report) {
        if (report.outcome() != Outcome.UP_TO_DATE) {
            settings.reports().ifPresent(directory -> {
                try {
                    directory.write(report);
                } catch (IOException e) {
                    run.note("The report could not be written: " + Failures.words(e));
                }
            });
        }
        return report;
    }
}
