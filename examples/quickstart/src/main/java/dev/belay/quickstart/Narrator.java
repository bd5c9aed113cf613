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
        report.toText().lines().forEach(this::quoted);
        out.println();
    }

    /** A long line goes on below itself, a little further in. */
    private void quoted(String line) {
        String rest = line;
        String margin = "    | ";
        while (rest.length() > WIDTH) {
            int end = rest.lastIndexOf(' ', WIDTH);
            if (end <= rest.length() - rest.stripLeading().length()) {
                break;
            }
            out.println(margin + rest.substring(0, end));
            margin = "    |     ";
            rest = rest.substring(end).strip();
        }
        out.println(margin + rest);
    }
}
