package dev.belay.postgres.tools;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a client program wrote to its error output, as far as it can be shown: the lines that name an error.
 *
 * <p>DETAIL and CONTEXT, the rows of a COPY and the text of a failed statement follow on lines of their own and are dropped.
 * Values that the server puts into the error itself are cut: {@code invalid input syntax for type integer: "..."}.
 */
final class ErrorLines {
    private static final int KEPT = 20;
    private static final int LONGEST = 400;
    private static final Pattern ERROR = Pattern.compile("(?i)(^|\\s)(error|fatal|panic|warning):\\s");
    private static final Pattern FOLLOWING =
            Pattern.compile("\\s*(DETAIL|CONTEXT|HINT|STATEMENT|QUERY|LINE \\d+|Command was):?.*", Pattern.DOTALL);
    /** A colon and a quoted value at the end: so PostgreSQL's messages end which show a value. */
    private static final Pattern SHOWN_VALUE = Pattern.compile(":\\s*\".*$", Pattern.DOTALL);

    private static final Pattern SQL_LITERAL = Pattern.compile("'(?:[^']|'')*'");

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (!ERROR.matcher(line).find() || line.stripLeading().startsWith("Command was")) {
            return;
        }
        String shown = FOLLOWING.matcher(line).matches()
                ? ""
                : SHOWN_VALUE.matcher(cutFollowing(line)).replaceFirst("");
        shown = SQL_LITERAL.matcher(shown).replaceAll("'...'");
        if (!shown.isBlank()) {
            lines.addLast(shown.length() > LONGEST ? shown.substring(0, LONGEST) : shown);
            if (lines.size() > KEPT) {
                lines.removeFirst();
            }
        }
    }

    private static String cutFollowing(String line) {
        int cut = line.length();
        for (String word : List.of("DETAIL:", "CONTEXT:", "Command was:")) {
            int at = line.indexOf(word);
            cut = at >= 0 ? Math.min(cut, at) : cut;
        }
        return line.substring(0, cut).stripTrailing();
    }

    synchronized List<String> shown() {
        return List.copyOf(lines);
    }
}
