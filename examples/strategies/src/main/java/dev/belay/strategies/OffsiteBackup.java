package dev.belay.strategies;

// tag::backup[]
import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.BackupFailedException;
import dev.belay.backup.BackupStrategy;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Takes a backup by another strategy, and a second copy of it to another place before anything is changed. */
public record OffsiteBackup(BackupStrategy original, Path vault) implements BackupStrategy {
    @Override
    public Backup take(BackupContext context) {
        Backup backup = original.take(context);
        backup.path().ifPresent(path -> copy(path, vault.resolve(path.getFileName())));
        context.note("Backup " + backup.id() + " is also in " + vault);
        return backup;
    }

    @Override
    public void restore(Backup backup, Database into, RunContext context) {
        original.restore(backup, into, context);
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new BackupFailedException(
                    "The second copy of " + from + " could not be written to " + to + ". Nothing was changed.", e);
        }
    }
}
// end::backup[]
