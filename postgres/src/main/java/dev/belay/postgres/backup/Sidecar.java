package dev.belay.postgres.backup;

import dev.belay.backup.ProofLevel;
import dev.belay.database.TableFingerprint;
import dev.belay.postgres.backup.DumpSettings.Contents;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is written beside a backup. The names of the components are those in the JSON. */
record Sidecar(
        int version,
        String id,
        String database,
        String serverVersion,
        String pgDumpVersion,
        String lsn,
        String snapshotAt,
        List<String> revisions,
        Format format,
        Contents contents,
        List<String> tables,
        ProofLevel proof,
        long databaseBytes,
        long bytes,
        long durationMillis,
        String sha256,
        List<File> files,
        @Nullable List<Rows> rows) {
    static final int VERSION = 1;

    /**
     * A file of the backup.
     *
     * @param name within the directory; of a backup that is one file, its name
     */
    record File(String name, long bytes, String sha256) {
        File {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(sha256, "sha256");
        }
    }

    /** The rows of a table. */
    record Rows(String table, long rows, String hash) {
        Rows {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(hash, "hash");
        }
    }

    /** Refuses what a damaged file would give. */
    Sidecar {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(serverVersion, "serverVersion");
        Objects.requireNonNull(pgDumpVersion, "pgDumpVersion");
        Objects.requireNonNull(lsn, "lsn");
        var unused = Instant.parse(Objects.requireNonNull(snapshotAt, "snapshotAt"));
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(contents, "contents");
        Objects.requireNonNull(proof, "proof");
        Objects.requireNonNull(sha256, "sha256");
        revisions = List.copyOf(revisions);
        tables = List.copyOf(tables);
        files = List.copyOf(files);
    }

    Instant takenAt() {
        return Instant.parse(snapshotAt);
    }

    static List<Rows> rows(List<TableFingerprint> fingerprints) {
        return fingerprints.stream()
                .map(table -> new Rows(table.table(), table.rows(), table.hash()))
                .toList();
    }

    Optional<List<TableFingerprint>> fingerprints() {
        return Optional.ofNullable(rows)
                .map(all -> all.stream()
                        .map(table -> new TableFingerprint(table.table(), table.rows(), table.hash()))
                        .toList());
    }

    Sidecar proven(ProofLevel level) {
        return new Sidecar(
                version,
                id,
                database,
                serverVersion,
                pgDumpVersion,
                lsn,
                snapshotAt,
                revisions,
                format,
                contents,
                tables,
                level,
                databaseBytes,
                bytes,
                durationMillis,
                sha256,
                files,
                rows);
    }
}
