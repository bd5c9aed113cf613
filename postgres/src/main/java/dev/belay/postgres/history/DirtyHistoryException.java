package dev.belay.postgres.history;

import dev.belay.BelayException;

/** Another tool's migration failed midway and left its mark: only a person, or the schema, can tell how far it came. */
public final class DirtyHistoryException extends BelayException {
    private static final long serialVersionUID = 1L;

    DirtyHistoryException(String tool, String version, String wayOut) {
        super("The history of " + tool + " says that version " + version
                + " was begun and failed. Nothing was changed.\n"
                + "Look at what of it is there, bring the database to the state before or after it, and clear the mark: "
                + wayOut + ".");
    }
}
