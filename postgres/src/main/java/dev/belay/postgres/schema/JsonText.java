package dev.belay.postgres.schema;

import java.util.Locale;

/**
 * Strings of JSON as Gson writes them. A large schema has a million of them, nearly all with nothing to escape: they are copied
 * whole, where Gson's writer goes through them one character at a time.
 */
final class JsonText {
    private static final char FIRST_PLAIN = ' ';
    private static final char LINE_SEPARATOR = 0x2028;
    private static final char PARAGRAPH_SEPARATOR = 0x2029;

    private JsonText() {}

    static void quote(String text, StringBuilder out) {
        out.append('"');
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next < FIRST_PLAIN
                    || next == '"'
                    || next == '\\'
                    || next == LINE_SEPARATOR
                    || next == PARAGRAPH_SEPARATOR) {
                escape(next, out.append(text, done, i).append('\\'));
                done = i + 1;
            }
        }
        out.append(text, done, text.length()).append('"');
    }

    private static void escape(char special, StringBuilder out) {
        switch (special) {
            case '"', '\\' -> out.append(special);
            case '\t' -> out.append('t');
            case '\b' -> out.append('b');
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\f' -> out.append('f');
            default -> out.append('u').append(String.format(Locale.ROOT, "%04x", (int) special));
        }
    }
}
