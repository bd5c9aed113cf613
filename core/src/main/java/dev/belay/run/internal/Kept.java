package dev.belay.run.internal;

import dev.belay.backup.Backup;
import dev.belay.database.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** What a lossless run kept goes with the backup that was taken before it. */
final class Kept {
    private Kept() {}

    /** Drops what is older than the oldest backup that is left. */
    static void drop(Settings settings, Database database) throws SQLException {
        Optional<Instant> oldest = settings.backup().list(database.name()).stream()
                .map(Backup::takenAt)
                .min(Comparator.naturalOrder());
        if (oldest.isPresent()) {
            settings.engine().dropKept(database, oldest.get());
        }
    }
}
