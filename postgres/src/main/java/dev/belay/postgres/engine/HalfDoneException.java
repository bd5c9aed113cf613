package dev.belay.postgres.engine;

import dev.belay.BelayException;

/** A revision was begun and not ended, and what was asked for doesn't fit that. @since 0.1 */
public final class HalfDoneException extends BelayException {
    private static final long serialVersionUID = 1L;
    private final String revision;

    HalfDoneException(String revision, String what, String wayOut) {
        super("Revision " + revision + " is half done: " + what + ". Nothing was changed by this. " + wayOut);
        this.revision = revision;
    }

    /** The revision's id. */
    public String revision() {
        return revision;
    }
}
