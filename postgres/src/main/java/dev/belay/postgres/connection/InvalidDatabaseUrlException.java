package dev.belay.postgres.connection;

import dev.belay.BelayException;

/** A URL or a setting doesn't say which database is meant. Its message never repeats the URL, which may hold a password. @since 0.1 */
public final class InvalidDatabaseUrlException extends BelayException {
    private static final long serialVersionUID = 1L;

    /** With what is wrong, where, and what would be right. */
    public InvalidDatabaseUrlException(String message) {
        super(message);
    }
}
