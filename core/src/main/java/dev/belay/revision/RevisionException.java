package dev.belay.revision;

import dev.belay.BelayException;
import org.jspecify.annotations.Nullable;

/**
 * The base of what is wrong with revisions, their graph or a target: found before anything is run, and the caller's to
 * mend (the command line answers with exit code 2).
 *
 * @since 0.1
 */
public abstract class RevisionException extends BelayException {
    private static final long serialVersionUID = 1L;

    /** An exception with a message alone. */
    protected RevisionException(String message) {
        super(message);
    }

    /** An exception with a message and what brought it about. */
    protected RevisionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
