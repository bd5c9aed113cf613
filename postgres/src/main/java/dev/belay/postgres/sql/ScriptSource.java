package dev.belay.postgres.sql;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The characters of a script through a window of fixed size, with the line and column of each. */
final class ScriptSource {
    private static final int WINDOW = 1 << 15;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader in;
    private final String origin;
    private boolean exhausted;
    /** The window: the lexer's loops run over it directly, which is what makes them fast. */
    char[] chars = new char[WINDOW];

    int pos;
    int limit;
    /** How many characters went by before {@code chars[0]}. */
    private long base;

    private long lineStart;
    private int line;
    private long lastLineFeedOfInserted = -1;
    private int lineAfterInserted;

    ScriptSource(Reader in, String origin, int firstLine) {
        this.in = in;
        this.origin = origin;
        this.line = firstLine;
        if (ensure(1) && chars[0] == BYTE_ORDER_MARK) {
            pos = 1;
            lineStart = 1;
        }
    }

    int line() {
        return line;
    }

    int column() {
        return (int) (base + pos - lineStart) + 1;
    }

    /** Takes note that {@code chars[index]} is a line feed. */
    void lineFeedAt(int index) {
        long at = base + index;
        line = at == lastLineFeedOfInserted ? lineAfterInserted : line + 1;
        lineStart = at + 1;
    }

    /** Sees to it that {@code count} characters are in the window from {@code pos} on; false when the script ends before. */
    boolean ensure(int count) {
        return limit - pos >= count || fill(count);
    }

    private boolean fill(int count) {
        System.arraycopy(chars, pos, chars, 0, limit - pos);
        base += pos;
        limit -= pos;
        pos = 0;
        if (count > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(count, 2 * chars.length));
        }
        while (limit < count && !exhausted) {
            int read = read();
            if (read < 0) {
                exhausted = true;
            } else {
                refuseNul(limit, limit + read);
                limit += read;
            }
        }
        return limit >= count;
    }

    private int read() {
        try {
            return in.read(chars, limit, chars.length - limit);
        } catch (IOException e) {
            throw new UncheckedIOException(origin + ", after line " + line + ": the script cannot be read further", e);
        }
    }

    /** No text of PostgreSQL can hold a NUL; and the checksum ends its tokens with one. */
    private void refuseNul(int from, int to) {
        for (int i = from; i < to; i++) {
            if (chars[i] == 0) {
                for (; pos < i; pos++) {
                    if (chars[pos] == '\n') {
                        lineFeedAt(pos);
                    }
                }
                throw error("a NUL character: this is no SQL script in UTF-8. Save it as UTF-8;"
                        + " restore a dump in custom format with pg_restore.");
            }
        }
    }

    /** The character {@code ahead} places from here, or NUL when the script ends before. */
    char peek(int ahead) {
        return ensure(ahead + 1) ? chars[pos + ahead] : 0;
    }

    /** The rest of the line, without its line feed, which is consumed. */
    String takeRestOfLine() {
        StringBuilder rest = new StringBuilder();
        while (ensure(1)) {
            int end = pos;
            while (end < limit && chars[end] != '\n') {
                end++;
            }
            rest.append(chars, pos, end - pos);
            pos = end;
            if (end < limit) {
                lineFeedAt(pos++);
                break;
            }
        }
        return rest.toString();
    }

    /** Puts a line in front of what comes next; it counts as {@code atLine}, what follows it keeps its numbers. */
    void insertLine(String text, int atLine, int atColumn) {
        int remaining = limit - pos;
        int inserted = text.length() + 1;
        char[] next = new char[Math.max(WINDOW, remaining + inserted)];
        text.getChars(0, text.length(), next, 0);
        next[inserted - 1] = '\n';
        System.arraycopy(chars, pos, next, inserted, remaining);
        chars = next;
        base += pos;
        pos = 0;
        limit = remaining + inserted;
        lineAfterInserted = line;
        lastLineFeedOfInserted = base + inserted - 1;
        line = atLine;
        lineStart = base - (atColumn - 1);
    }

    SqlSyntaxException error(String problem) {
        return error(line, column(), problem);
    }

    SqlSyntaxException error(int atLine, int atColumn, String problem) {
        return new SqlSyntaxException(origin, atLine, atColumn, problem);
    }

    void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(origin + ": the script cannot be closed", e);
        }
        pos = limit;
        exhausted = true;
    }
}
