package dev.belay.run;

import dev.belay.validation.Finding;
import java.time.Duration;

/** What happens in a run, as it happens; without passwords, row values and literals. @since 0.1 */
public sealed interface RunEvent {
    /** The run. */
    String runId();

    /** A step begins. */
    record StepStarted(String runId, Step step) implements RunEvent {}

    /** A step is done. */
    record StepPassed(String runId, Step step, Duration duration) implements RunEvent {}

    /** A step is left out, and why. */
    record StepSkipped(String runId, Step step, String reason) implements RunEvent {}

    /** A step failed, and why. */
    record StepFailed(String runId, Step step, Duration duration, String reason) implements RunEvent {}

    /** How far a piece of work is; {@code total} is 0 where it is not known. */
    record Progress(String runId, String activity, long done, long total, String unit) implements RunEvent {}

    /** A check found something. */
    record Found(String runId, Finding finding) implements RunEvent {}

    /** A sentence for the reader. */
    record Note(String runId, String message) implements RunEvent {}
}
