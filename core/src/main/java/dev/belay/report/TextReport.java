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
                words(Duration.between(report.startedAt(), report.finishedAt())));
        line(text, "from         %s", ids(report.from()));
        line(text, "to           %s", ids(report.to()));
        report.backup()
                .ifPresent(b -> line(
                        text,
                        "backup       %s (%,d bytes, %s, proof: %s)",
                        b.location(),
                        b.bytes(),
                        words(b.duration()),
                        b.proof().name().toLowerCase(Locale.ROOT)));
        section(text, "Steps", report.steps(), TextReport::step);
        section(text, "Revisions", report.applied(), TextReport::revision);
        section(text, "Findings", report.findings(), TextReport::finding);
        section(text, "Notes", report.notes(), note -> note);
        report.rollback().ifPresent(rollback -> {
            line(text, "");
            line(
                    text,
                    "Rollback by %s %s. %s",
                    rollback.method().name().toLowerCase(Locale.ROOT),
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
                        words(step.duration()),
                        step.reason())
                .stripTrailing();
    }

    private static String revision(RevisionResult result) {
        return String.format(
                Locale.ROOT,
                "%-4s %s (%d statements, %s)",
                result.direction().name().toLowerCase(Locale.ROOT),
                result.revision(),
                result.statements(),
                words(result.duration()));
    }

    private static String finding(Finding finding) {
        return String.format(
                Locale.ROOT,
                "%-8s %s: %s",
                finding.severity().name().toLowerCase(Locale.ROOT),
                finding.validator(),
                finding);
    }

    private static String ids(List<String> ids) {
        return ids.isEmpty() ? "base" : String.join(", ", ids);
    }

    private static String words(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
