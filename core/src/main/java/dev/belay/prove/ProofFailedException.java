package dev.belay.prove;

import dev.belay.BelayException;
import org.jspecify.annotations.Nullable;

/** Revisions could not be proven, for a reason that is not theirs. @since 0.1 */
public final class ProofFailedException extends BelayException {
    private static final long serialVersionUID = 1L;

    /** Says what could not be done. */
    public ProofFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
