package dev.belay.backup;

import dev.belay.context.RunContext;
import dev.belay.database.Database;

/**
 * No backup is taken.
 *
 * @param reason why, for the report and the audit trail
 * @since 0.1
 */
public record NoBackup(String reason) implements BackupStrategy {
    /** Checks that a reason is given. */
    public NoBackup {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("skipping the backup needs a reason");
        }
    }

    @Override
    public Backup take(BackupContext context) {
        throw new BackupFailedException("No backup was taken: " + reason);
    }

    @Override
    public void restore(Backup backup, Database into, RunContext context) {
        throw new BackupFailedException("There is no backup to restore: " + reason);
    }

    @Override
    public String describe() {
        return "no backup (" + reason + ")";
    }
}
