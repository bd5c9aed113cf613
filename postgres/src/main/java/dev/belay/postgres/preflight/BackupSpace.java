package dev.belay.postgres.preflight;

import dev.belay.backup.Backup;
import dev.belay.validation.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks at the free space where the backup goes. */
record BackupSpace() implements Check {
    private static final PreflightCheck ABOUT = new PreflightCheck(
            "backup-space",
            "the free space where the backup goes",
            "critical below what the last backup took plus 10 %, without one half of the database; minor below 30 % more",
            "lists the backups there",
            "Free space there, or name another directory.");

    @Override
    public PreflightCheck about() {
        return ABOUT;
    }

    @Override
    public List<Finding> look(Situation situation) {
        return situation.dump().map(dump -> look(situation, dump)).orElse(List.of());
    }

    private List<Finding> look(Situation situation, LocalDump dump) {
        Path directory = existing(dump.directory());
        if (!Files.isWritable(directory)) {
            return List.of(
                    critical(directory + " can't be written to: no backup can go there.", "Name another directory."));
        }
        return Space.shortage(this, directory, expectedBytes(situation), "the backup");
    }

    /** What the last backup took; else half of the database's size, as a dump holds no indexes and is compressed. */
    static long expectedBytes(Situation situation) {
        return situation.context().backup().list(situation.context().database().name()).stream()
                .findFirst()
                .map(Backup::bytes)
                .orElse(situation.facts().databaseBytes() / 2);
    }

    /** The directory, or the nearest one above it that is there already. */
    static Path existing(Path directory) {
        Path place = directory.toAbsolutePath();
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }
}
