package dev.belay;

import org.jspecify.annotations.Nullable;

/**
 * The base of every exception that Belay throws on purpose.
 *
 * <p>Its message is one to five lines: what happened, to which object, the state the database is in, and the way out.
 * It never carries a password, a row's value or a literal of a statement.
 *
 * @since 0.1
 */
public abstract class BelayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message alone. */
    protected BelayException(String message) {
        super(message);
    }

    /** An exception with a message and what brought it about. */
    protected BelayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
