package dev.belay.postgres.run;

import dev.belay.BelayException;
import org.jspecify.annotations.Nullable;

/** The run's lock could not be asked for, or was lost. @since 0.1 */
public final class RunLockException extends BelayException {
    private static final long serialVersionUID = 1L;

    RunLockException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
