package dev.belay.postgres.preflight;

/**
 * A check of the preflight as documentation shows it.
 *
 * @param id the name in findings
 * @param looksAt what it looks at
 * @param severity when it is critical and when minor
 * @param cost what it costs
 * @param wayOut what to do about a finding
 * @since 0.1
 */
public record PreflightCheck(String id, String looksAt, String severity, String cost, String wayOut) {
    /** Checks that nothing is blank. */
    public PreflightCheck {
        if (id.isBlank() || looksAt.isBlank() || severity.isBlank() || cost.isBlank() || wayOut.isBlank()) {
            throw new IllegalArgumentException("a preflight check says everything about itself: " + id);
        }
    }
}
