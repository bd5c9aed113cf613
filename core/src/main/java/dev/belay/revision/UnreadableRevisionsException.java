package dev.belay.revision;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The place where revisions should be can't be read.
 *
 * @since 0.1
 */
public final class UnreadableRevisionsException extends RevisionException {
    private static final long serialVersionUID = 1L;

    private final String location;

    /**
     * @param location the directory, file or class path location
     * @param problem what happened and the way out, in whole sentences
     * @param cause what brought it about, if an exception did
     */
    public UnreadableRevisionsException(String location, String problem, @Nullable Throwable cause) {
        super("Revisions in " + Objects.requireNonNull(location, "location") + " can't be read: " + problem, cause);
        this.location = location;
    }

    /** The directory, file or class path location. */
    public String location() {
        return location;
    }
}
