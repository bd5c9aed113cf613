package dev.belay.validation;

/** How grave a finding is. @since 0.1 */
public enum Severity {
    /** The change must not stay: the run rolls back. */
    CRITICAL,
    /** Reported; the change stays. */
    MINOR
}
