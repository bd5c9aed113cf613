package dev.belay.cli;

import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.Direction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a run that went well did, in a few lines. */
final class Summary {
    private final Settings settings;

    Summary(Settings settings) {
        this.settings = settings;
    }

    void print(MigrationReport report, Direction direction, Output out) {
        if (report.outcome() == Outcome.UP_TO_DATE) {
            out.line(report.database() + " is at " + heads(report.to()) + ": nothing to do.");
            return;
        }
        Duration took = Duration.between(report.startedAt(), report.finishedAt());
        out.line(String.format(
                Locale.ROOT,
                "%s %s: %s -> %s, %d %s in %s",
                direction == Direction.UP ? "Upgraded" : "Downgraded",
                report.database(),
                heads(report.from()),
                heads(report.to()),
                report.applied().size(),
                report.applied().size() == 1 ? "revision" : "revisions",
                ProgressView.seconds(took)));
        report.backup()
                .ifPresent(backup -> out.line("Backup: " + backup.location() + " (" + bytes(backup.bytes())
                        + ", proof: " + backup.proof().name().toLowerCase(Locale.ROOT) + ")"));
        out.line("Report: " + reportFile(report));
    }

    String reportFile(MigrationReport report) {
        Path file = settings.reportDirectory().resolve("report-" + report.runId() + ".txt");
        return Files.exists(file) ? file.toString() : file + " (could not be written)";
    }

    static String heads(List<String> ids) {
        return ids.isEmpty() ? "base" : String.join(", ", ids);
    }

    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        double value = bytes;
        String unit = "bytes";
        for (String next : List.of("KiB", "MiB", "GiB", "TiB")) {
            if (value < 1024) {
                break;
            }
            value /= 1024;
            unit = next;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
    }
}
