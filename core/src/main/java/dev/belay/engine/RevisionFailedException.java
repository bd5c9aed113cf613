package dev.belay.engine;

import dev.belay.BelayException;
import org.jspecify.annotations.Nullable;

/** A revision failed; what was not committed was rolled back. @since 0.1 */
public class RevisionFailedException extends BelayException {
    private static final long serialVersionUID = 1L;
    private final String revision;

    /** Names the revision; the message says the statement's position and first words, never a literal. */
    public RevisionFailedException(String revision, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.revision = revision;
    }

    /** The id of the revision that failed. */
    public String revision() {
        return revision;
    }
}
