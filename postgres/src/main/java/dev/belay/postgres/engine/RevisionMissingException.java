package dev.belay.postgres.engine;

import dev.belay.BelayException;

/** An applied revision is not among the files. @since 0.1 */
public final class RevisionMissingException extends BelayException {
    private static final long serialVersionUID = 1L;
    private final String revision;

    RevisionMissingException(String revision, String description, String parents, String why) {
        super("Revision " + revision + (description.isEmpty() ? "" : " (" + description + ")")
                + " is applied in the database, but its file is not there" + why + ". Nothing was changed.\n"
                + "Restore the file, or deploy a build that has it; or take the revision back: belay downgrade "
                + parents + "; or remove it from the history without running anything: belay stamp " + parents + ".");
        this.revision = revision;
    }

    /** The revision's id. */
    public String revision() {
        return revision;
    }
}
