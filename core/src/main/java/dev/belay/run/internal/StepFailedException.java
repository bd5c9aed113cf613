package dev.belay.run.internal;

import dev.belay.BelayException;
import dev.belay.context.Cancellation;
import dev.belay.context.RunCancelledException;
import dev.belay.context.internal.Failures;
import dev.belay.run.Step;

/** A step failed; the one place where a failure is given its step's name. */
final class StepFailedException extends BelayException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    private StepFailedException(Step step, String reason, Throwable cause) {
        super("Step " + step.label() + " failed: " + reason, cause);
        this.reason = reason;
    }

    /** When the run was cancelled, that is the reason, whatever the blocked work said as it was ended. */
    static StepFailedException of(Step step, Exception failure, Cancellation cancellation) {
        Throwable cause = failure;
        if (!(failure instanceof RunCancelledException) && cancellation.reason().isPresent()) {
            try {
                cancellation.check();
            } catch (RunCancelledException cancelled) {
                cancelled.addSuppressed(failure);
                cause = cancelled;
            }
        }
        return new StepFailedException(step, Failures.words(cause), cause);
    }

    String reason() {
        return reason;
    }
}
