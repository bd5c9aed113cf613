package dev.belay.postgres.revision;

import java.util.List;
import java.util.stream.Collectors;

/** Values as literals of PostgreSQL, and names, whatever {@code standard_conforming_strings} is set to. */
public final class SqlLiteral {
    private SqlLiteral() {}

    /** A text literal. */
    public static String text(String value) {
        String quoted = "'" + value.replace("'", "''") + "'";
        // E'' reads a backslash the same under both settings of standard_conforming_strings
        return value.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    /** An identifier, quoted. */
    public static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** An array of text. */
    public static String array(List<String> values) {
        return values.stream().map(SqlLiteral::text).collect(Collectors.joining(", ", "array[", "]::text[]"));
    }
}
