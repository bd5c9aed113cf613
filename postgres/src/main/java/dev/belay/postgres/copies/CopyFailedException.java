package dev.belay.postgres.copies;

import dev.belay.BelayException;

/** A database beside couldn't be made, dropped or swapped in. @since 0.1 */
public final class CopyFailedException extends BelayException {
    private static final long serialVersionUID = 1L;

    CopyFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    CopyFailedException(String message) {
        super(message);
    }
}
