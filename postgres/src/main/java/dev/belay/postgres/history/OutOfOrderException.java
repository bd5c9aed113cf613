package dev.belay.postgres.history;

import dev.belay.BelayException;

/** A migration that was not applied lies before one that was, and the tool goes on only from the end. */
public final class OutOfOrderException extends BelayException {
    private static final long serialVersionUID = 1L;

    OutOfOrderException(String tool, String pending, String applied) {
        super("Migration " + pending + " was not applied, and the history has " + applied + " in its place: " + tool
                + " refuses to run what lies before an applied migration. Nothing was changed.\n"
                + "Rename the pending file so that it comes last, or restore the file that is gone.");
    }

    /** For Flyway, which can be told to let it be. */
    OutOfOrderException(String pending, String applied) {
        super("Version " + pending + " is not applied, but the later version " + applied
                + " is. Nothing was changed.\n"
                + "Give the file a version above those that are applied; or, when its place doesn't matter, allow it as Flyway"
                + " does: outOfOrder = true.");
    }
}
