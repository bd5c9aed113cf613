package dev.belay.cli;

/** The call is wrong; nothing was touched. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
