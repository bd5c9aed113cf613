package dev.belay.revision;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A new revision's file can't be written.
 *
 * @since 0.1
 */
public final class UnwritableRevisionException extends RevisionException {
    private static final long serialVersionUID = 1L;

    private final String file;

    /**
     * @param file the file or directory that was to be written
     * @param problem what happened and the way out, in whole sentences
     * @param cause what brought it about, if an exception did
     */
    public UnwritableRevisionException(String file, String problem, @Nullable Throwable cause) {
        super("Revision file " + Objects.requireNonNull(file, "file") + " was not written: " + problem, cause);
        this.file = file;
    }

    /** The file or directory that was to be written. */
    public String file() {
        return file;
    }
}
