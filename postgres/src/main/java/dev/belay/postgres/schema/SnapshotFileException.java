package dev.belay.postgres.schema;

import dev.belay.BelayException;
import java.nio.file.Path;

/** A file is no snapshot of a schema, or can't be read. @since 0.1 */
public final class SnapshotFileException extends BelayException {
    private static final long serialVersionUID = 1L;

    SnapshotFileException(Path file, String why, Throwable cause) {
        super(
                "Snapshot " + file + " can't be read: " + why + ". Write it anew with: belay snapshot --out FILE.",
                cause);
    }
}
