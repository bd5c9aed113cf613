package dev.belay.revision;

/**
 * A relative target asks for more steps than there are.
 *
 * @since 0.1
 */
public final class UnreachableTargetException extends RevisionException {
    private static final long serialVersionUID = 1L;

    private final String target;
    private final int available;

    UnreachableTargetException(String target, int available, String problem) {
        super("Target " + target + " can't be reached: " + problem);
        this.target = target;
        this.available = available;
    }

    /** The target as it was given. */
    public String target() {
        return target;
    }

    /** How many steps there are. */
    public int available() {
        return available;
    }
}
