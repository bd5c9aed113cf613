package dev.belay.context;

import dev.belay.BelayException;
import dev.belay.context.Cancellation.Reason;

/** The run was told to stop; what it had begun is undone. @since 0.1 */
public final class RunCancelledException extends BelayException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    RunCancelledException(Reason reason, String limit) {
        super(
                switch (reason) {
                    case TIMEOUT ->
                        "The run reached its timeout of " + limit
                                + ". Raise it for large changes: timeout(Duration) or --timeout.";
                    case INTERRUPTED -> "The run was interrupted.";
                });
        this.reason = reason;
    }

    /** Why the run was told to stop. */
    public Reason reason() {
        return reason;
    }
}
