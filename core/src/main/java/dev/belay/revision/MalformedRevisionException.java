package dev.belay.revision;

import java.util.Objects;

/**
 * A revision can't be understood, or does not fit among the others.
 *
 * <p>The message begins with the file and the line, as a compiler's does. A {@link RevisionSource} of your own throws
 * this too.
 *
 * @since 0.1
 */
public class MalformedRevisionException extends RevisionException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;

    /**
     * @param file the revision's origin
     * @param line the line, counted from 1; 0 for the whole file
     * @param problem what is wrong and the way out, in whole sentences
     */
    public MalformedRevisionException(String file, int line, String problem) {
        super(Objects.requireNonNull(file, "file") + (line > 0 ? ":" + line : "") + ": " + problem);
        this.file = file;
        this.line = line;
    }

    /** The file, or whatever else the revision came from. */
    public String file() {
        return file;
    }

    /** The line, counted from 1; 0 when the file as a whole is meant. */
    public int line() {
        return line;
    }
}
