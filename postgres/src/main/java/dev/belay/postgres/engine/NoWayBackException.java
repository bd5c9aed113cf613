package dev.belay.postgres.engine;

import dev.belay.BelayException;

/** No downgrade leads where it was asked for. @since 0.1 */
public final class NoWayBackException extends BelayException {
    private static final long serialVersionUID = 1L;
    private final String revision;

    NoWayBackException(String revision, String reason, String wayOut) {
        super("Revision " + revision + " can't be taken back: " + reason + ". Nothing was changed by this. " + wayOut);
        this.revision = revision;
    }

    /** The revision's id. */
    public String revision() {
        return revision;
    }
}
