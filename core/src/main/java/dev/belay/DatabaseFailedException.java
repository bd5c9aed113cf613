package dev.belay;

/** The database couldn't be reached or refused what was asked of it. @since 0.1 */
public final class DatabaseFailedException extends BelayException {
    private static final long serialVersionUID = 1L;

    DatabaseFailedException(String location, String reason, Throwable cause) {
        super("Database " + location + ": " + reason, cause);
    }
}
