package dev.belay.postgres.preflight;

import dev.belay.postgres.tools.ClientPrograms;
import java.nio.file.Path;

/**
 * What the preflight asks of a backup strategy that runs pg_dump into a directory of this machine; one that doesn't implement
 * it is not looked at.
 *
 * @since 0.1
 */
public interface LocalDump {
    /** Where the backups go; need not exist yet. */
    Path directory();

    /** Where its programs are looked for. */
    ClientPrograms programs();

    /** How many connections a dump opens at most. */
    int connections();
}
