package dev.belay.postgres.carryover;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a row as the server writes it (PostgreSQL docs, 8.16.6): {@code (1,"a ""b""",,"")}. */
final class RowText {
    private final String text;
    private int at = 1;

    private RowText(String text) {
        this.text = text;
    }

    /** The values of these columns, which are all that the row has, in order. */
    static Map<String, Optional<String>> read(String row, List<String> columns) {
        RowText text = new RowText(row);
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        for (String column : columns) {
            values.put(column, text.value());
            text.at++;
        }
        return values;
    }

    /** Up to the comma or the parenthesis behind it. */
    private Optional<String> value() {
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (; ; at++) {
            char c = text.charAt(at);
            if (!quoted && (c == ',' || c == ')')) {
                return any ? Optional.of(value.toString()) : Optional.empty();
            }
            any = true;
            if (c == '\\') {
                value.append(text.charAt(++at));
            } else if (c != '"') {
                value.append(c);
            } else if (quoted && text.charAt(at + 1) == '"') {
                value.append('"');
                at++;
            } else {
                quoted = !quoted;
            }
        }
    }
}
