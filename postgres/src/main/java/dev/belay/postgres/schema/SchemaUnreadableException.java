package dev.belay.postgres.schema;

import dev.belay.BelayException;
import dev.belay.postgres.revision.SafeError;
import java.sql.SQLException;

/** The schema of a database could not be read. @since 0.1 */
public final class SchemaUnreadableException extends BelayException {
    private static final long serialVersionUID = 1L;

    SchemaUnreadableException(String database, SQLException cause) {
        super(
                "The schema of " + database + " can't be read: " + SafeError.describe(cause, "")
                        + ". Nothing was changed.",
                SafeError.sanitized(cause, ""));
    }
}
