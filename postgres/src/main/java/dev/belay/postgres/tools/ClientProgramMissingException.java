package dev.belay.postgres.tools;

import dev.belay.BelayException;

/** A client program isn't installed, or none that is new enough for the server. @since 0.1 */
public final class ClientProgramMissingException extends BelayException {
    private static final long serialVersionUID = 1L;
    private final String program;

    ClientProgramMissingException(String program, String message) {
        super(message);
        this.program = program;
    }

    /** The program, for instance {@code pg_dump}. */
    public String program() {
        return program;
    }
}
