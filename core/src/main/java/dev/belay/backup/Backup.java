package dev.belay.backup;

import dev.belay.database.TableFingerprint;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A backup that was taken.
 *
 * @param id unique among the backups of its place, for instance the file's name
 * @param location where it is, for people: a path or a database's name
 * @param path the file or directory; empty for a backup that is none
 * @param database the database's name
 * @param takenAt the instant of its snapshot
 * @param revisions the applied heads in it
 * @param bytes its size
 * @param duration how long it took
 * @param proof how far it is proven
 * @param rows the fingerprints of every table in the snapshot it was taken from; empty where none were taken
 * @since 0.1
 */
public record Backup(
        String id,
        String location,
        Optional<Path> path,
        String database,
        Instant takenAt,
        List<String> revisions,
        long bytes,
        Duration duration,
        ProofLevel proof,
        Optional<List<TableFingerprint>> rows) {
    /** Copies. */
    public Backup {
        revisions = List.copyOf(revisions);
        rows = rows.map(List::copyOf);
    }

    /** The same backup, proven further. */
    public Backup proven(ProofLevel level) {
        return new Backup(id, location, path, database, takenAt, revisions, bytes, duration, level, rows);
    }
}
