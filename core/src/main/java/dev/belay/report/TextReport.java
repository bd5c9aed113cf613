package dev.belay.report;

import dev.belay.engine.RevisionResult;
import dev.belay.validation.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A report as text. */
final class TextReport {
    private TextReport() {}

    static String of(MigrationReport report) {
        StringBuilder text = new StringBuilder();
        line(text, "Belay run %s: %s", report.runId(), report.outcome().label());
        line(text, "database     %s (%s)", report.database(), report.environment());
        line(
                text,
                "started      %s, took %s",
                report.startedAt(),
                Words.seconds(Duration.between(report.startedAt(), report.finishedAt())));
        if (report.knowsHeads()) {
            line(text, "from         %s", Words.heads(report.from()));
            line(text, "to           %s", Words.heads(report.to()));
        }
        report.backup()
                .ifPresent(b -> line(
                        text,
                        "backup       %s (%,d bytes, %s, proof: %s)",
                        b.location(),
                        b.bytes(),
                        Words.seconds(b.duration()),
                        Words.lower(b.proof())));
        section(text, "Steps", report.steps(), TextReport::step);
        section(text, "Revisions", report.applied(), TextReport::revision);
        section(text, "Findings", report.findings(), TextReport::finding);
        section(text, "Notes", report.notes(), note -> note);
        report.rollback().ifPresent(rollback -> {
            line(text, "");
            line(
                    text,
                    "Rollback by %s %s. %s",
                    Words.lower(rollback.method()),
                    rollback.succeeded() ? "succeeded" : "failed",
                    rollback.detail());
            rollback.surplus()
                    .forEach((table, rows) -> line(text, "  %s: %,d rows are only in the kept database", table, rows));
        });
        report.error().ifPresent(error -> {
            line(text, "");
            line(text, "Error: %s", error);
        });
        return text.toString();
    }

    private static <T> void section(
            StringBuilder text, String title, List<T> items, java.util.function.Function<T, String> words) {
        if (items.isEmpty()) {
            return;
        }
        line(text, "");
        line(text, "%s", title);
        items.forEach(item -> line(text, "  %s", words.apply(item)));
    }

    private static String step(StepReport step) {
        return String.format(
                        Locale.ROOT,
                        "%-10s %-8s %8s  %s",
                        step.step(),
                        step.status().label(),
                        Words.seconds(step.duration()),
                        step.reason())
                .stripTrailing();
    }

    private static String revision(RevisionResult result) {
        return String.format(
                Locale.ROOT,
                "%-4s %s (%d statements, %s)",
                Words.lower(result.direction()),
                result.revision(),
                result.statements(),
                Words.seconds(result.duration()));
    }

    private static String finding(Finding finding) {
        return String.format(Locale.ROOT, "%-8s %s: %s", Words.lower(finding.severity()), finding.validator(), finding);
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
