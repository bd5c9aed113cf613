package dev.belay.postgres.preflight;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.BackupFailedException;
import dev.belay.backup.BackupStrategy;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.postgres.tools.ClientPrograms;
import java.nio.file.Path;
import java.util.List;

/** A strategy that only says where it would dump. */
record TestDump(Path directory, ClientPrograms programs, List<Backup> backups) implements BackupStrategy, LocalDump {
    @Override
    public Backup take(BackupContext context) {
        throw new BackupFailedException("not taken in this test");
    }

    @Override
    public void restore(Backup backup, Database into, RunContext context) {
        throw new BackupFailedException("not restored in this test");
    }

    @Override
    public List<Backup> list(String database) {
        return backups;
    }

    @Override
    public int connections() {
        return 3;
    }
}
