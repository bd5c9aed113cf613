package dev.belay.postgres.sql;

import dev.belay.BelayException;

/**
 * A script cannot be split into statements: a quote, comment or parenthesis is never closed, or a line is meant for
 * psql and not for the server.
 *
 * <p>The message names the script, the line and the column, and the way out; it never quotes a literal.
 *
 * @since 0.1
 */
public final class SqlSyntaxException extends BelayException {
    private static final long serialVersionUID = 1L;

    private final String origin;
    private final int line;
    private final int column;

    SqlSyntaxException(String origin, int line, int column, String problem) {
        super(origin + ", line " + line + ", column " + column + ": " + problem);
        this.origin = origin;
        this.line = line;
        this.column = column;
    }

    /** The name of the script, as it was given to the reader. */
    public String origin() {
        return origin;
    }

    /** The line where the trouble begins, the first being the number given to the reader (mostly 1). */
    public int line() {
        return line;
    }

    /** The column where the trouble begins, counted in UTF-16 units from 1. */
    public int column() {
        return column;
    }
}
