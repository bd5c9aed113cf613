package dev.belay.postgres.backup;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.BackupFailedException;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The objects of one database in another, without rows: a dump of the schema alone, by way of a folder that is removed. */
public final class SchemaCopy {
    private SchemaCopy() {}

    /**
     * Copies.
     *
     * @param into an empty database
     * @throws BackupFailedException when pg_dump or pg_restore refuses
     */
    public static void of(Database original, Database into, RunContext context) {
        Path folder = folder();
        try {
            PgDump dump = PgDump.into(folder).schemaOnly();
            Backup taken = dump.take(BackupContext.throwaway(context, original));
            dump.restore(taken, into, context);
        } finally {
            remove(folder);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("belay-schema-");
        } catch (IOException e) {
            throw new BackupFailedException("The schema could not be copied: " + e + ". Nothing was changed.", e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Durable::deleteQuietly);
        } catch (IOException e) {
            throw new BackupFailedException(
                    "The folder " + folder + " of a schema's copy could not be removed: " + e, e);
        }
    }
}
