package dev.belay.postgres.alembic;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds calls of a connection's execute() with values beside the statement. Without a database Alembic drops the values without a
 * word (runtime/migration.py: _stdout_connection), and NULL is written in their place.
 */
final class PassedValues {
    private static final Pattern CALL = Pattern.compile("(\\w*)\\s*\\.\\s*execute(?:many)?\\s*\\(");
    private static final Pattern STRING = Pattern.compile(
            "(?s)\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'|#[^\\n]*");

    private PassedValues() {}

    /** The line of the first such call. */
    static Optional<Integer> line(String python) {
        String code = withoutStrings(python);
        Matcher call = CALL.matcher(code);
        while (call.find()) {
            // Alembic's own execute() takes no values, but options
            if (!call.group(1).equals("op") && hasSecond(code, call.end())) {
                return Optional.of(1
                        + (int) code.substring(0, call.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count());
            }
        }
        return Optional.empty();
    }

    /** Strings and comments as blanks, so that places stay the same; of a string a letter is left. */
    private static String withoutStrings(String python) {
        return STRING.matcher(python)
                .replaceAll(found -> found.group().startsWith("#")
                        ? " ".repeat(found.group().length())
                        : "s" + found.group().substring(1).replaceAll("[^\\n]", " "));
    }

    private static boolean hasSecond(String code, int from) {
        int depth = 1;
        for (int i = from; i < code.length() && depth > 0; i++) {
            char c = code.charAt(i);
            if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && depth == 1) {
                return !code.substring(i + 1).stripLeading().startsWith(")");
            }
        }
        return false;
    }
}
