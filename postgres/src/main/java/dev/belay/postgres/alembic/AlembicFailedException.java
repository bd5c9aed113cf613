package dev.belay.postgres.alembic;

import dev.belay.engine.RevisionFailedException;
import org.jspecify.annotations.Nullable;

/** Alembic failed, or did something else than it was told. @since 0.1 */
public final class AlembicFailedException extends RevisionFailedException {
    private static final long serialVersionUID = 1L;

    private final boolean inTheWay;

    AlembicFailedException(String revision, String problem, @Nullable Throwable cause) {
        this(revision, problem, false, cause);
    }

    /**
     * A failure.
     *
     * @param inTheWay others held locks, and nothing was left behind
     */
    AlembicFailedException(String revision, String problem, boolean inTheWay, @Nullable Throwable cause) {
        super(revision, problem + ".", cause);
        this.inTheWay = inTheWay;
    }

    boolean isInTheWay() {
        return inTheWay;
    }
}
