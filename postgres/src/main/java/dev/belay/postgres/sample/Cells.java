package dev.belay.postgres.sample;

import dev.belay.postgres.revision.SqlLiteral;

/** Values as SQL. */
final class Cells {
    static final String NULL = "NULL";

    private Cells() {}

    static String literal(String value) {
        return SqlLiteral.text(value);
    }

    /** The value as an array, a range or a composite writes it. */
    static String part(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
