package dev.belay.postgres.engine;

import dev.belay.BelayException;
import dev.belay.postgres.revision.SafeError;
import java.sql.SQLException;

/** The history can't be read. @since 0.1 */
public final class HistoryUnreadableException extends BelayException {
    private static final long serialVersionUID = 1L;

    HistoryUnreadableException(String location, SQLException e) {
        super(
                "The history in schema belay of " + location + " can't be read: " + SafeError.describe(e, "")
                        + ". Nothing was changed. The user needs SELECT on belay.history and belay.progress.",
                SafeError.sanitized(e, ""));
    }
}
