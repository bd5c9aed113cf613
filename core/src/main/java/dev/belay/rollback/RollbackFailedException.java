package dev.belay.rollback;

import dev.belay.BelayException;
import org.jspecify.annotations.Nullable;

/** A way back didn't lead back; the next one is tried, where there is one. @since 0.1 */
public class RollbackFailedException extends BelayException {
    private static final long serialVersionUID = 1L;

    /** With what went wrong on the way back. */
    public RollbackFailedException(String message) {
        super(message);
    }

    /** With what brought it about. */
    public RollbackFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
