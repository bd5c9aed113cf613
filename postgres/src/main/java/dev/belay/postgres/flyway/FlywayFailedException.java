package dev.belay.postgres.flyway;

import dev.belay.engine.RevisionFailedException;
import org.jspecify.annotations.Nullable;

/** Flyway failed, or was asked for what it can't do. @since 0.1 */
public final class FlywayFailedException extends RevisionFailedException {
    private static final long serialVersionUID = 1L;

    FlywayFailedException(String revision, String message, @Nullable Throwable cause) {
        super(revision, message, cause);
    }
}
