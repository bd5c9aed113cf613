package dev.belay.validation;

/**
 * What a check found.
 *
 * @param validator who found it, for instance {@code ForeignKeys.hold}
 * @param severity how grave it is
 * @param message what was found, on which object, without row values
 * @param wayOut what to do about it; empty where nothing needs to be said
 * @since 0.1
 */
public record Finding(String validator, Severity severity, String message, String wayOut) {
    /** Checks. */
    public Finding {
        if (message.isBlank()) {
            throw new IllegalArgumentException("a finding of " + validator + " has no message");
        }
    }

    /** A finding that rolls the change back. */
    public static Finding critical(String validator, String message, String wayOut) {
        return new Finding(validator, Severity.CRITICAL, message, wayOut);
    }

    /** A finding that is reported. */
    public static Finding minor(String validator, String message, String wayOut) {
        return new Finding(validator, Severity.MINOR, message, wayOut);
    }

    /** The same finding with another severity. */
    public Finding as(Severity other) {
        return new Finding(validator, other, message, wayOut);
    }

    @Override
    public String toString() {
        return message + (wayOut.isEmpty() ? "" : " " + wayOut);
    }
}
