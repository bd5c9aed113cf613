package dev.belay.run.internal;

import dev.belay.backup.Backup;
import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import dev.belay.context.internal.Failures;
import dev.belay.database.AuditTrail;
import dev.belay.database.Database;
import dev.belay.engine.RevisionResult;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.report.StepReport;
import dev.belay.report.StepReport.Status;
import dev.belay.rollback.RollbackResult;
import dev.belay.run.RunEvent;
import dev.belay.run.RunListener;
import dev.belay.run.Step;
import dev.belay.validation.Finding;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes down what a run does: for listeners, the log, the audit trail, the report. */
final class Recorder implements RunContext {
    private static final Logger LOG = LoggerFactory.getLogger("dev.belay");

    private final Settings settings;
    private final String runId;
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final List<StepReport> steps = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<RevisionResult> applied = new ArrayList<>();
    private Optional<Backup> backup = Optional.empty();
    private Optional<List<RevisionResult>> rehearsed = Optional.empty();
    private Optional<RollbackResult> rollback = Optional.empty();
    private Cancellation cancellation;
    private final RunJournal journal;
    private final List<AuditTrail.Entry> unwritten = new ArrayList<>();
    private boolean audited;

    Recorder(Settings settings, String runId, Cancellation cancellation) {
        this.settings = settings;
        this.runId = runId;
        this.cancellation = cancellation;
        this.journal = new RunJournal(settings);
    }

    @Override
    public String runId() {
        return runId;
    }

    @Override
    public synchronized Cancellation cancellation() {
        return cancellation;
    }

    RunJournal journal() {
        return journal;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** When it is, counted from the start by the steady clock: in the order in which things happened, though the clock be set. */
    private Instant now() {
        return startedAt.plusNanos(System.nanoTime() - startedNanos);
    }

    /** Does a piece of work that must not be cancelled: a way back. */
    <T> T uncancelled(Callable<T> work) throws Exception {
        Cancellation own = cancellation();
        cancelNoMore();
        try {
            return work.call();
        } finally {
            synchronized (this) {
                cancellation = own;
            }
        }
    }

    /** From now on nothing is cancelled any more: what follows is the way back. */
    synchronized void cancelNoMore() {
        cancellation = Cancellation.withoutTimeout();
    }

    @Override
    public void progress(String activity, long done, long total, String unit) {
        tell(new RunEvent.Progress(runId, activity, done, total, unit));
    }

    @Override
    public synchronized void note(String message) {
        notes.add(message);
        log(Level.INFO).log(message);
        tell(new RunEvent.Note(runId, message));
    }

    synchronized void found(List<Finding> found) {
        for (Finding finding : found) {
            findings.add(finding);
            log(Level.WARN)
                    .addKeyValue("validator", finding.validator())
                    .addKeyValue("severity", finding.severity())
                    .log(finding.message());
            tell(new RunEvent.Found(runId, finding));
        }
    }

    /** Does a step, timed, told and written down; its failure is wrapped once, with the step's name. */
    <T> T step(Step step, Callable<T> work) {
        writeAudit();
        tell(new RunEvent.StepStarted(runId, step));
        long start = System.nanoTime();
        try {
            cancellation().check();
            T result = work.call();
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            add(new StepReport(step.label(), Status.PASSED, duration, ""));
            tell(new RunEvent.StepPassed(runId, step, duration));
            audit("step-passed", Map.of("step", step.label(), "seconds", seconds(duration)));
            return result;
        } catch (Exception e) {
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            StepFailedException failure = StepFailedException.of(step, e, cancellation());
            add(new StepReport(step.label(), Status.FAILED, duration, failure.reason()));
            tell(new RunEvent.StepFailed(runId, step, duration, failure.reason()));
            audit("step-failed", Map.of("step", step.label(), "reason", failure.reason()));
            throw failure;
        }
    }

    void skipped(Step step, String reason) {
        add(new StepReport(step.label(), Status.SKIPPED, Duration.ZERO, reason));
        tell(new RunEvent.StepSkipped(runId, step, reason));
        audit("step-skipped", Map.of("step", step.label(), "reason", reason));
    }

    private synchronized void add(StepReport step) {
        steps.add(step);
        log(Level.INFO)
                .addKeyValue("step", step.step())
                .addKeyValue("status", step.status().label())
                .addKeyValue("seconds", seconds(step.duration()))
                .log(
                        step.reason().isEmpty() ? "step {}" : "step {}: {}",
                        step.status().label(),
                        step.reason());
    }

    synchronized void applied(List<RevisionResult> results) {
        applied.addAll(results);
    }

    /** What the change took on the copy. */
    synchronized void rehearsed(List<RevisionResult> results) {
        rehearsed = Optional.of(results);
    }

    synchronized Optional<List<RevisionResult>> rehearsed() {
        return rehearsed;
    }

    synchronized void backup(Backup taken) {
        backup = Optional.of(taken);
    }

    synchronized Optional<Backup> backup() {
        return backup;
    }

    synchronized void rollback(RollbackResult result) {
        rollback = Optional.of(result);
    }

    /** From now on entries go to the audit trail too: the run has its lock, and something to do. */
    void startAudit(Map<String, String> details) {
        audited = true;
        audit("run-started", details);
    }

    /** An entry of the audit trail. It is in the database before the next step begins, and in the log of the reports at once. */
    void audit(String event, Map<String, String> details) {
        if (!audited) {
            return;
        }
        Instant now = now();
        unwritten.add(new AuditTrail.Entry(runId, now, event, details));
        settings.reports().ifPresent(reports -> {
            try {
                reports.audit(now + " " + runId + " " + settings.database().location() + " " + event + " "
                        + new TreeMap<>(details));
            } catch (IOException e) {
                log(Level.WARN).log("The audit log could not be written: {}", Failures.words(e));
            }
        });
    }

    /** Writes what waits for the audit trail; that it can't be is a warning: the report and the log still hold it. */
    void writeAudit() {
        writeAudit(settings.database());
    }

    void writeAudit(Database through) {
        if (unwritten.isEmpty()) {
            return;
        }
        try {
            settings.database().auditTrail().write(through, List.copyOf(unwritten));
        } catch (SQLException | RuntimeException e) {
            log(Level.WARN).log("The audit trail in the database could not be written: {}", Failures.words(e));
        }
        unwritten.clear();
    }

    /** The last entries, and the end of the journal's. */
    void end(Outcome outcome) {
        try (HeldConnection held = HeldConnection.to(settings.database())) {
            writeAudit(held);
            journal.end(held, outcome, this);
        } catch (SQLException e) {
            log(Level.DEBUG).log("The connection was gone before it was closed: {}", Failures.words(e));
        }
    }

    synchronized MigrationReport report(Outcome outcome, List<String> from, List<String> to, Optional<String> error) {
        return new MigrationReport(
                runId,
                outcome,
                settings.database().location(),
                settings.environment(),
                startedAt,
                now(),
                from,
                to,
                applied,
                steps,
                backup,
                findings,
                notes,
                rollback,
                error);
    }

    private LoggingEventBuilder log(Level level) {
        return LOG.atLevel(level)
                .addKeyValue("run", runId)
                .addKeyValue("database", settings.database().location());
    }

    private synchronized void tell(RunEvent event) {
        for (RunListener listener : settings.listeners()) {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed; the run goes on", e);
            }
        }
    }

    private static String seconds(Duration duration) {
        return String.format(java.util.Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }
}
