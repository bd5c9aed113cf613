package dev.belay.revision;

/**
 * No revision has this id, or an id that begins like this.
 *
 * @since 0.1
 */
public final class UnknownRevisionException extends RevisionException {
    private static final long serialVersionUID = 1L;

    private final String id;

    UnknownRevisionException(String id) {
        super("No revision is, or begins with, \"" + id
                + "\". Nothing was changed. The history lists all ids; is the file in the directory of revisions?");
        this.id = id;
    }

    /** The id or prefix that was asked for. */
    public String id() {
        return id;
    }
}
