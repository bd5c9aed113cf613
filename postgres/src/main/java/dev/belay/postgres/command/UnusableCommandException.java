package dev.belay.postgres.command;

import dev.belay.BelayException;
import org.jspecify.annotations.Nullable;

/** The command of a tool isn't there, fails, or works on another database than it is told. @since 0.1 */
public final class UnusableCommandException extends BelayException {
    private static final long serialVersionUID = 1L;

    private UnusableCommandException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static UnusableCommandException fails(ToolCommands tool, String purpose, Throwable cause) {
        return new UnusableCommandException(
                "The command of " + tool.name() + " that " + purpose + " failed: " + cause.getMessage()
                        + "\nNothing was changed. Correct the command, or install the tool.",
                cause);
    }

    static UnusableCommandException misdirected(ToolCommands tool) {
        return new UnusableCommandException(
                "The command of " + tool.name() + " that checks the connection succeeded although the variable "
                        + tool.variable()
                        + ", and libpq's, named a database that doesn't exist: the tool takes the address"
                        + " from elsewhere, and a test run would have changed the real database. Nothing was changed.\n"
                        + "Let the tool's configuration read that variable, or say which one it reads: variable(name).",
                null);
    }
}
