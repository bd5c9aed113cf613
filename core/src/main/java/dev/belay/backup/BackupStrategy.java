package dev.belay.backup;

import dev.belay.context.RunContext;
import dev.belay.database.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Takes backups and gives them back. Implement {@link #take} and {@link #restore}; the rest has defaults. Thread-safe.
 *
 * @since 0.1
 */
public interface BackupStrategy {
    /**
     * Takes a backup of {@link BackupContext#database()}, complete and durable when it returns.
     *
     * @throws BackupFailedException when it can't be had; nothing is left behind then
     */
    Backup take(BackupContext context);

    /**
     * Restores into a new, empty database.
     *
     * @throws BackupFailedException when any part of it can't be restored
     */
    void restore(Backup backup, Database into, RunContext context);

    /**
     * Whether the backup is complete and readable ({@link ProofLevel#LISTED}); by default nothing is checked.
     *
     * @throws BackupFailedException when it is not
     */
    default void check(Backup backup, RunContext context) {}

    /** Records beside the backup how far it was proven; by default nothing is recorded. */
    default void recordProof(Backup backup) {}

    /** The backups of a database that are there, newest first; none by default. */
    default List<Backup> list(String database) {
        return List.of();
    }

    /**
     * Removes what is too old, after a run that ended well.
     *
     * @param keep ids of backups that must stay, because a kept report names them as the way back
     * @return the ids of what was removed; none by default
     */
    default List<String> retain(String database, java.util.Set<String> keep) {
        return List.of();
    }

    /**
     * A directory of this machine, beside the backups, in which a run may keep its journal, so that the journal outlives the
     * database; none by default, and then the database holds the only one, or the reports' directory the second.
     */
    default Optional<Path> journalDirectory() {
        return Optional.empty();
    }

    /** One line for reports; the default is the class's simple name. */
    default String describe() {
        return getClass().getSimpleName();
    }

    /** No backup, for a reason that the report and the audit trail show. */
    static BackupStrategy none(String reason) {
        return new NoBackup(reason);
    }
}
