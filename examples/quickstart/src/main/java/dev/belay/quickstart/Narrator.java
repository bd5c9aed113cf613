package dev.belay.quickstart;

import dev.belay.report.MigrationReport;
import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells the story. */
final class Narrator {
    private static final int WIDTH = 100;

    private final PrintStream out;

    Narrator(PrintStream out) {
        this.out = out;
    }

    void title(String title) {
        out.println();
        out.println("=".repeat(WIDTH));
        out.println(title);
        out.println("=".repeat(WIDTH));
    }

    void say(String words) {
        out.println(words);
    }

    void rows(String when, Map<String, Long> rows) {
        out.println(when + ": "
                + rows.entrySet().stream()
                        .map(each -> String.format(java.util.Locale.ROOT, "%,d %s", each.getValue(), each.getKey()))
                        .collect(Collectors.joining(", ")));
    }

    void report(MigrationReport report) {
        out.println();
        report.toText().lines().forEach(line -> out.println("    | " + line));
        out.println();
    }
}
