package dev.belay.postgres.command;

import dev.belay.engine.RevisionFailedException;
import org.jspecify.annotations.Nullable;

/** A tool's command failed, can't be used as it is asked for, or did something else than it was told. @since 0.1 */
public final class CommandFailedException extends RevisionFailedException {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String revision, String message, @Nullable Throwable cause) {
        super(revision, message, cause);
    }
}
