package dev.belay.backup;

import dev.belay.BelayException;
import org.jspecify.annotations.Nullable;

/** A backup could not be taken, read, restored or proven. @since 0.1 */
public class BackupFailedException extends BelayException {
    private static final long serialVersionUID = 1L;

    /** With what happened, to which backup, and the way out. */
    public BackupFailedException(String message) {
        super(message);
    }

    /** With what brought it about. */
    public BackupFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
