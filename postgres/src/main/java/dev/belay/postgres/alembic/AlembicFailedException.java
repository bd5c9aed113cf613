package dev.belay.postgres.alembic;

import dev.belay.engine.RevisionFailedException;
import org.jspecify.annotations.Nullable;

/** Alembic failed, or did something else than it was told. @since 0.1 */
public final class AlembicFailedException extends RevisionFailedException {
    private static final long serialVersionUID = 1L;

    AlembicFailedException(String revision, String problem, @Nullable Throwable cause) {
        super(revision, problem + ".", cause);
    }
}
