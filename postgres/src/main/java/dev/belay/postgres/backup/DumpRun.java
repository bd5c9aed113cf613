package dev.belay.postgres.backup;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.ProofLevel;
import dev.belay.context.Cancellation;
import dev.belay.database.TableFingerprint;
import dev.belay.postgres.backup.DumpFailure.Deed;
import dev.belay.postgres.backup.DumpSettings.Contents;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.observation.RowFingerprints;
import dev.belay.postgres.snapshot.SharedSnapshot;
import dev.belay.postgres.snapshot.Together;
import dev.belay.postgres.tools.ClientProcess;
import dev.belay.postgres.tools.ClientProcessException;
import dev.belay.postgres.tools.ClientProgram;
import dev.belay.postgres.tools.ClientPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Takes one backup. */
final class DumpRun {
    /** What a compressed dump usually is of the database's size with its indexes; measured on text, JSON and bytea mixed. */
    private static final double USUAL_SHARE = 0.45;

    private final DumpSettings settings;
    private final BackupFolder folder;
    private final Verification verification;
    private final BackupContext context;
    private final PostgresEndpoint database;

    DumpRun(DumpSettings settings, BackupFolder folder, Verification verification, BackupContext context) {
        this.settings = settings;
        this.folder = folder;
        this.verification = verification;
        this.context = context;
        this.database = PostgresEndpoint.of(context.database());
    }

    Backup take() {
        long begin = System.nanoTime();
        try (SharedSnapshot snapshot = snapshot()) {
            ClientProgram pgDump =
                    programs(settings).find("pg_dump", snapshot.facts().serverVersion() / 10_000);
            Files.createDirectories(folder.path());
            folder.removeLeftovers(database.name());
            String name = BackupFolder.nameFor(database.name(), snapshot.facts().takenAt(), context.runId());
            Path partial = folder.partial(name);
            try {
                Optional<List<TableFingerprint>> rows = write(pgDump, snapshot, partial);
                return folder.backup(complete(name, partial, snapshot.facts(), pgDump, rows, begin));
            } finally {
                Durable.deleteQuietly(partial);
            }
        } catch (IOException | SQLException | RuntimeException e) {
            context.cancellation().check();
            throw DumpFailure.of(Deed.take(database.name(), folder.path()), e);
        }
    }

    static ClientPrograms programs(DumpSettings settings) {
        return settings.program().map(ClientPrograms::at).orElseGet(ClientPrograms::installed);
    }

    private SharedSnapshot snapshot() throws SQLException {
        context.cancellation().check();
        Optional<String> given = context.snapshot();
        return given.isPresent() ? SharedSnapshot.of(database, given.get()) : SharedSnapshot.of(database);
    }

    /** Dumps, and counts and hashes meanwhile. The first that fails ends the other. */
    private Optional<List<TableFingerprint>> write(ClientProgram pgDump, SharedSnapshot snapshot, Path partial)
            throws SQLException {
        boolean withRows =
                context.requestedProof().atLeast(ProofLevel.COMPARED) && settings.contents() == Contents.FULL;
        RowFingerprints fingerprints = new RowFingerprints(snapshot, context);
        Cancellation both = Cancellation.withoutTimeout();
        try (Cancellation.Registration ofRun =
                        context.cancellation().onCancel(() -> both.cancel(Cancellation.Reason.INTERRUPTED));
                Ticker ticker = new Ticker(() -> progress(partial, snapshot))) {
            List<Callable<Optional<List<TableFingerprint>>>> pieces = new ArrayList<>();
            pieces.add(() -> {
                dump(pgDump, snapshot, partial, both);
                return Optional.empty();
            });
            if (withRows) {
                pieces.add(() -> Optional.of(fingerprints.compute(RowFingerprints.sessions())));
            }
            var results = Together.run("belay-backup", pieces, () -> {
                both.cancel(Cancellation.Reason.INTERRUPTED);
                fingerprints.stop();
            });
            return results.get(results.size() - 1);
        }
    }

    private void dump(ClientProgram pgDump, SharedSnapshot snapshot, Path partial, Cancellation cancellation) {
        Compression wanted = settings.compression().orElse(Compression.fastest());
        boolean tryZstd = wanted.method() == Compression.Method.FASTEST
                && settings.format() != Format.PLAIN
                && pgDump.major() >= 16;
        if (tryZstd) {
            try {
                run(pgDump, snapshot, partial, "zstd:1", cancellation);
                return;
            } catch (ClientProcessException e) {
                if (e.errors().stream().noneMatch(line -> line.contains("does not support compression"))) {
                    throw e;
                }
                Durable.deleteQuietly(partial);
            }
        }
        run(pgDump, snapshot, partial, option(wanted, pgDump), cancellation);
    }

    private String option(Compression compression, ClientProgram pgDump) {
        if (settings.format() == Format.PLAIN) {
            return "0";
        }
        return switch (compression.method()) {
            case NONE -> "0";
            case FASTEST -> "1";
            case GZIP -> Integer.toString(compression.level());
            case LZ4, ZSTD -> {
                if (pgDump.major() < 16) {
                    throw new dev.belay.backup.BackupFailedException(
                            "Backup of \"" + database.name() + "\" failed: pg_dump "
                                    + pgDump.version() + " can't compress with " + compression.method()
                                    + ". Nothing was changed. Use pg_dump 16 or newer: PgDump.into(dir).program(path), or another"
                                    + " compression.");
                }
                yield compression.method().name().toLowerCase(java.util.Locale.ROOT) + ":" + compression.level();
            }
        };
    }

    private void run(
            ClientProgram pgDump, SharedSnapshot snapshot, Path partial, String compress, Cancellation cancellation) {
        List<String> arguments = new ArrayList<>(List.of(
                "--format=" + settings.format().letter(),
                "--file=" + partial,
                "--compress=" + compress,
                "--snapshot=" + snapshot.facts().id(),
                "--no-password"));
        if (settings.format() == Format.DIRECTORY) {
            arguments.add("--jobs=" + settings.effectiveJobs());
        }
        if (settings.schemaOnly()) {
            arguments.add("--schema-only");
        }
        settings.tables().forEach(table -> arguments.add("--table=" + table));
        ClientProcess.of(pgDump, arguments).connectedTo(database).run(cancellation);
    }

    private void progress(Path partial, SharedSnapshot snapshot) {
        boolean compressed = settings.compression()
                        .map(c -> c.method() != Compression.Method.NONE)
                        .orElse(true)
                && settings.format() != Format.PLAIN;
        long estimate = Math.round(snapshot.facts().databaseBytes() * (compressed ? USUAL_SHARE : 1));
        long written = BackupFolder.size(partial);
        context.progress("pg_dump", written, Math.max(written, estimate), "bytes");
    }

    private Sidecar complete(
            String name,
            Path partial,
            SharedSnapshot.Facts facts,
            ClientProgram pgDump,
            Optional<List<TableFingerprint>> rows,
            long begin)
            throws IOException {
        // pg_dump has forced every file to the disk itself before it ended.
        List<Sidecar.File> read = verification.read(partial, context.cancellation()::check);
        Path data = folder.data(name, settings.format());
        List<Sidecar.File> files = settings.format() == Format.DIRECTORY
                ? read
                : read.stream()
                        .map(file -> new Sidecar.File(String.valueOf(data.getFileName()), file.bytes(), file.sha256()))
                        .toList();
        long bytes = files.stream().mapToLong(Sidecar.File::bytes).sum();
        context.progress("pg_dump", bytes, bytes, "bytes");
        Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
        verification.moved(partial, data);
        try {
            Durable.sync(folder.path());
            Sidecar sidecar = new Sidecar(
                    Sidecar.VERSION,
                    name,
                    database.name(),
                    facts.serverVersionName(),
                    pgDump.version(),
                    facts.lsn(),
                    facts.takenAt().toString(),
                    context.state().heads(),
                    settings.format(),
                    settings.contents(),
                    settings.tables(),
                    ProofLevel.NONE,
                    facts.databaseBytes(),
                    bytes,
                    (System.nanoTime() - begin) / 1_000_000,
                    Verification.overall(files),
                    files,
                    rows.map(Sidecar::rows).orElse(null));
            folder.write(sidecar);
            return sidecar;
        } catch (IOException | RuntimeException e) {
            Durable.deleteQuietly(data);
            throw e;
        }
    }
}
