package dev.belay.revision;

/**
 * A revision names a parent that does not exist.
 *
 * @since 0.1
 */
public final class UnknownParentException extends MalformedRevisionException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String parent;

    UnknownParentException(Revision revision, String parent) {
        super(
                revision.origin(),
                0,
                "revision " + revision.id() + " names the parent " + parent
                        + ", which does not exist. Add the missing revision, or correct the parents.");
        this.id = revision.id();
        this.parent = parent;
    }

    /** The revision that names the parent. */
    public String id() {
        return id;
    }

    /** The parent that does not exist. */
    public String parent() {
        return parent;
    }
}
