package dev.belay.postgres.alembic;

import dev.belay.BelayException;

/** Alembic's program is not there. @since 0.1 */
public final class AlembicMissingException extends BelayException {
    private static final long serialVersionUID = 1L;

    AlembicMissingException(AlembicProject project, Throwable cause) {
        super(
                "Alembic could not be started as " + project.program() + ". Nothing was changed."
                        + " Install it, or name it: Alembic.in(directory).program(path).",
                cause);
    }
}
