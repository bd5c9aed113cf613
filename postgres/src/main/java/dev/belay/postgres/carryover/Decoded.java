package dev.belay.postgres.carryover;

import dev.belay.postgres.carryover.Change.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a line of the plug-in test_decoding (contrib/test_decoding/test_decoding.c, pg_decode_change): {@code table <name>: <kind>:}
 * and then columns as {@code <name>[<type>]:<value>}.
 */
final class Decoded {
    private static final String OLD = "old-key: ";
    private static final String NEW = "new-tuple: ";
    private static final String NONE = "(no-tuple-data)";
    private static final String UNCHANGED = "unchanged-toast-datum";

    private final String line;
    private int at;

    private Decoded(String line) {
        this.line = line;
    }

    /** The change in a line; empty for one that holds none, such as BEGIN. */
    static Optional<Change> read(String line) {
        return line.startsWith("table ") ? Optional.of(new Decoded(line).change()) : Optional.empty();
    }

    private Change change() {
        at = "table ".length();
        List<String> tables = new ArrayList<>();
        tables.add(upTo(':', ','));
        while (line.charAt(at) == ',') {
            at += 2;
            tables.add(upTo(':', ','));
        }
        at += 2;
        int end = line.indexOf(':', at);
        Kind kind = Kind.valueOf(line.substring(at, end));
        at = Math.min(end + 2, line.length());
        if (kind == Kind.TRUNCATE) {
            return new Change(kind, tables, Map.of(), Map.of());
        }
        Map<String, Optional<String>> before = Map.of();
        if (line.startsWith(OLD, at)) {
            at += OLD.length();
            before = row();
        }
        if (line.startsWith(NEW, at)) {
            at += NEW.length();
        }
        Map<String, Optional<String>> row = row();
        return kind == Kind.DELETE ? new Change(kind, tables, row, Map.of()) : new Change(kind, tables, before, row);
    }

    private Map<String, Optional<String>> row() {
        Map<String, Optional<String>> row = new LinkedHashMap<>();
        while (at < line.length() && !line.startsWith(NEW, at) && !line.startsWith(NONE, at)) {
            String name = upTo('[', '[');
            type();
            at++;
            if (line.startsWith(UNCHANGED, at)) {
                at += UNCHANGED.length();
            } else {
                row.put(name, value());
            }
            at++;
        }
        return row;
    }

    /** The text up to one of two characters that stands outside of quotes. */
    private String upTo(char end, char orEnd) {
        int start = at;
        boolean quoted = false;
        for (; quoted || line.charAt(at) != end && line.charAt(at) != orEnd; at++) {
            quoted ^= line.charAt(at) == '"';
        }
        return line.substring(start, at);
    }

    /** An array's type has brackets of its own. */
    private void type() {
        int depth = 0;
        boolean quoted = false;
        do {
            char c = line.charAt(at++);
            quoted ^= c == '"';
            depth += quoted ? 0 : c == '[' ? 1 : c == ']' ? -1 : 0;
        } while (depth > 0);
    }

    private Optional<String> value() {
        boolean bits = line.startsWith("B'", at);
        if (!bits && line.charAt(at) != '\'') {
            int start = at;
            while (at < line.length() && line.charAt(at) != ' ') {
                at++;
            }
            String bare = line.substring(start, at);
            return bare.equals("null") ? Optional.empty() : Optional.of(bare);
        }
        at += bits ? 2 : 1;
        StringBuilder text = new StringBuilder();
        for (; ; at++) {
            char c = line.charAt(at);
            if (c == '\'') {
                at++;
                if (at == line.length() || line.charAt(at) != '\'') {
                    return Optional.of(text.toString());
                }
            }
            text.append(c);
        }
    }
}
