package dev.belay.report;

import dev.belay.backup.Backup;
import dev.belay.engine.RevisionResult;
import dev.belay.rollback.RollbackResult;
import dev.belay.validation.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run did, from its start to its end. Immutable; holds no password, no row value and no literal of a statement.
 *
 * @param runId the run
 * @param outcome how it ended
 * @param database where the database is
 * @param environment the name of the environment
 * @param startedAt when it started
 * @param finishedAt when it ended
 * @param from the applied heads before
 * @param to the applied heads after
 * @param applied the revisions that ran on the database, in their order; also those that were taken back again
 * @param steps the steps, in their order
 * @param backup the backup that was taken
 * @param findings what the checks found
 * @param notes sentences for the reader, in the order in which they came up
 * @param rollback how the change was undone
 * @param error what went wrong
 * @since 0.1
 */
public record MigrationReport(
        String runId,
        Outcome outcome,
        String database,
        String environment,
        Instant startedAt,
        Instant finishedAt,
        List<String> from,
        List<String> to,
        List<RevisionResult> applied,
        List<StepReport> steps,
        Optional<Backup> backup,
        List<Finding> findings,
        List<String> notes,
        Optional<RollbackResult> rollback,
        Optional<String> error) {
    /** Copies. */
    public MigrationReport {
        from = List.copyOf(from);
        to = List.copyOf(to);
        applied = List.copyOf(applied);
        steps = List.copyOf(steps);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** Whether the database is where the caller wanted it. */
    public boolean succeeded() {
        return outcome == Outcome.APPLIED || outcome == Outcome.UP_TO_DATE;
    }

    /**
     * Whether the run is known to have read what is applied. If not, {@link #from} and {@link #to} are empty and don't mean
     * that the database is at base: the server couldn't be reached, or the run was refused before its first step.
     */
    public boolean knowsHeads() {
        return outcome != Outcome.REFUSED || !steps.isEmpty() || !from.isEmpty();
    }

    /** The report as text for people. */
    public String toText() {
        return TextReport.of(this);
    }

    /** The report as one HTML page, for a browser or a phone: no scripts, nothing loaded, every text escaped. */
    public String toHtml() {
        return HtmlReport.of(this);
    }

    /** The report as one JSON document; the keys are those of the command line's {@code --json}. */
    public String toJson() {
        return JsonReport.of(this);
    }
}
