package dev.belay.postgres.engine;

import dev.belay.BelayException;

/** The upgrade of an applied revision is no longer what was run. @since 0.1 */
public final class RevisionChangedException extends BelayException {
    private static final long serialVersionUID = 1L;
    private final String revision;

    RevisionChangedException(String revision, String origin) {
        super("Revision " + revision + " was changed after it was applied: the upgrade in " + origin
                + " is not the one that ran. Nothing was changed in the database.\n"
                + "Restore the file and write the change as a new revision; or, when the database already is what the file"
                + " says, accept it: belay stamp " + revision
                + " (records beyond it are removed), or belay stamp heads.");
        this.revision = revision;
    }

    /** The revision's id. */
    public String revision() {
        return revision;
    }
}
