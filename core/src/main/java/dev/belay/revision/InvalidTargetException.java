package dev.belay.revision;

/**
 * A target is not written as targets are, or makes no sense in this direction.
 *
 * @since 0.1
 */
public final class InvalidTargetException extends RevisionException {
    private static final long serialVersionUID = 1L;

    private final String target;

    InvalidTargetException(String target, String problem) {
        super("Target \"" + target + "\" " + problem);
        this.target = target;
    }

    /** The target as it was given. */
    public String target() {
        return target;
    }
}
