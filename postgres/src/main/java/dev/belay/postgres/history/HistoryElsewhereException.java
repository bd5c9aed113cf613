package dev.belay.postgres.history;

import dev.belay.BelayException;

/** The tool's history is in a schema that the connection does not look into. */
public final class HistoryElsewhereException extends BelayException {
    private static final long serialVersionUID = 1L;

    HistoryElsewhereException(String table, String schema) {
        super("The history " + table + " is in the schema " + schema + ", and the connection does not look there."
                + " Nothing was changed.\n"
                + "Name that schema in the connection: currentSchema=" + schema + ",public.");
    }
}
