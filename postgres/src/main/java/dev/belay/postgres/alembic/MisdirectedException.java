package dev.belay.postgres.alembic;

import dev.belay.BelayException;

/** Alembic's env.py connects to another database than it is told. @since 0.1 */
public final class MisdirectedException extends BelayException {
    private static final long serialVersionUID = 1L;

    MisdirectedException(AlembicProject project) {
        super("Alembic connected to a database although the variable " + project.variable()
                + " named one that doesn't exist: its env.py takes the address from elsewhere, and a test run would have changed the"
                + " real database. Nothing was changed.\n"
                + "Let env.py of " + project.configuration() + " read os.environ[\"" + project.variable()
                + "\"], or say which variable it reads: Alembic.in(directory).variable(name).");
    }
}
