package dev.belay.postgres.tools;

import dev.belay.BelayException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client program failed. Its message has the program's last errors, without values of rows. @since 0.1 */
public final class ClientProcessException extends BelayException {
    private static final long serialVersionUID = 1L;
    private final String program;
    private final int exitStatus;
    private final List<String> errors;

    ClientProcessException(
            String program, int exitStatus, List<String> errors, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.program = program;
        this.exitStatus = exitStatus;
        this.errors = List.copyOf(errors);
    }

    /** The program, for instance {@code pg_dump}. */
    public String program() {
        return program;
    }

    /** Its exit status; 128 and the signal's number when a signal ended it, -1 when it could not be started. */
    public int exitStatus() {
        return exitStatus;
    }

    /** What it said, without values of rows. */
    public List<String> errors() {
        return errors;
    }
}
