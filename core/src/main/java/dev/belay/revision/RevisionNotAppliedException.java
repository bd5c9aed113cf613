package dev.belay.revision;

/**
 * A downgrade was asked to end at a revision that is not applied.
 *
 * @since 0.1
 */
public final class RevisionNotAppliedException extends RevisionException {
    private static final long serialVersionUID = 1L;

    private final String id;

    RevisionNotAppliedException(String id) {
        super("Revision " + id + " is not applied, so no downgrade can end there. Nothing was changed."
                + " Name an applied revision, or base.");
        this.id = id;
    }

    /** The revision that is not applied. */
    public String id() {
        return id;
    }
}
