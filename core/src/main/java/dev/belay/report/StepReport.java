package dev.belay.report;

import java.time.Duration;

/**
 * A step of a run.
 *
 * @param step its name
 * @param status how it ended
 * @param duration how long it took
 * @param reason why it failed or was skipped; empty where it passed
 * @since 0.1
 */
public record StepReport(String step, Status status, Duration duration, String reason) {
    /** How a step ended. */
    public enum Status {
        /** It did what it should. */
        PASSED,
        /** It failed. */
        FAILED,
        /** It was left out on purpose. */
        SKIPPED;

        /** The name in reports. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
