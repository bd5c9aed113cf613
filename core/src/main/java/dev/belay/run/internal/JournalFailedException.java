package dev.belay.run.internal;

import dev.belay.BelayException;
import dev.belay.context.internal.Failures;

/** A run that can't say what it is about to do doesn't do it. */
final class JournalFailedException extends BelayException {
    private static final long serialVersionUID = 1L;

    private JournalFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * The entry of a run that has not begun to change anything could not be written.
     *
     * @param place a file, or a database
     */
    static JournalFailedException unwritten(Object place, Exception cause) {
        return new JournalFailedException(
                "The journal in " + place + " could not be written: " + Failures.words(cause)
                        + ". Nothing was changed: a run begins only when it can be made good after a crash. Make room or permit"
                        + " writing there, and run again.",
                cause);
    }
}
