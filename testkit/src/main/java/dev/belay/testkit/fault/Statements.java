package dev.belay.testkit.fault;

import dev.belay.testkit.fault.Act.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells statements that can change something from those that read.
 *
 * <p>In doubt it is an act: one too many costs a run, one too few hides a point. A SELECT is a reading one unless it calls
 * one of the server's functions that change something; a function of the user's own in a SELECT is not looked into.
 */
final class Statements {
    private static final Set<String> READING = Set.of(
            "select",
            "show",
            "set",
            "reset",
            "begin",
            "start",
            "lock",
            "deallocate",
            "discard",
            "close",
            "fetch",
            "move",
            "declare",
            "prepare",
            "explain",
            "values",
            "table",
            "listen",
            "unlisten",
            "rollback",
            "abort",
            "savepoint",
            "release",
            "");
    private static final Set<String> COMMITTING = Set.of("commit", "end");
    private static final Pattern COMMENTS = Pattern.compile("^(\\s+|--[^\\n]*\\n?|/\\*.*?\\*/|\\()+", Pattern.DOTALL);
    private static final Pattern CHANGING_PARTS = Pattern.compile(
            "\\b(insert\\s+into|update|delete\\s+from|merge\\s+into|setval|nextval|lo_\\w+|lowrite|pg_create_\\w+"
                    + "|pg_drop_\\w+|pg_advisory_unlock\\w*|pg_try_advisory_lock)\\b");
    private static final Pattern RECORDS = Pattern.compile("(\"belay\"|\\bbelay)\\.");
    private static final Pattern LITERALS = Pattern.compile("'(?:[^']|'')*('|$)|\\$\\w*\\$.*", Pattern.DOTALL);
    private static final int WORDS = 72;

    private Statements() {}

    /** What a message of one or more statements does; empty when it only reads. */
    static Optional<Kind> kind(String sql) {
        String plain = LITERALS.matcher(sql).replaceAll("''");
        Optional<Kind> most = Optional.empty();
        for (String one : plain.split(";", -1)) {
            Optional<Kind> kind = kindOfOne(one);
            if (kind.isPresent() && (most.isEmpty() || kind.get().compareTo(most.get()) < 0)) {
                most = kind;
            }
        }
        return most;
    }

    private static Optional<Kind> kindOfOne(String sql) {
        String text = COMMENTS.matcher(sql).replaceFirst("").toLowerCase(Locale.ROOT);
        String first = text.split("[^a-z]", 2)[0];
        if (COMMITTING.contains(first)) {
            return Optional.of(Kind.COMMIT);
        }
        boolean reads = READING.contains(first) || first.equals("with");
        if (reads && !CHANGING_PARTS.matcher(text).find()) {
            return Optional.empty();
        }
        if (first.equals("copy")) {
            return Optional.of(Kind.COPY);
        }
        return Optional.of(RECORDS.matcher(text).find() ? Kind.RECORD : Kind.CHANGE);
    }

    /** How a statement begins, without literals. */
    static String words(String sql) {
        String plain =
                COMMENTS.matcher(LITERALS.matcher(sql).replaceAll("'...'")).replaceFirst("");
        String line = plain.strip().replaceAll("\\s+", " ");
        return line.length() <= WORDS ? line : line.substring(0, WORDS) + "...";
    }
}
