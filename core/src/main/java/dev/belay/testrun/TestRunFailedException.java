package dev.belay.testrun;

import dev.belay.BelayException;
import org.jspecify.annotations.Nullable;

/** The change did not survive on the copy, or the copy could not be had. Production was not touched. @since 0.1 */
public class TestRunFailedException extends BelayException {
    private static final long serialVersionUID = 1L;

    /** With what the copy showed. */
    public TestRunFailedException(String message) {
        super(message);
    }

    /** With what brought it about. */
    public TestRunFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
