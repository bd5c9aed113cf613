package dev.belay.postgres.revision;

import dev.belay.BelayException;
import java.io.IOException;

/** A script can't be read from its place. */
public final class UnreadableScriptException extends BelayException {
    private static final long serialVersionUID = 1L;

    UnreadableScriptException(String origin, IOException cause) {
        super("The script " + origin + " can't be read: " + cause.getMessage() + ".", cause);
    }
}
