package dev.belay.postgres.backup;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.BackupStrategy;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.postgres.preflight.LocalDump;
import dev.belay.postgres.tools.ClientPrograms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Backups made by pg_dump, restored by pg_restore (a plain one by psql). Immutable and thread-safe.
 *
 * <p>By default: the directory format, as many jobs as processors (two to four), the fastest compression that the client
 * offers, kept for 30 days. Each backup is named {@code <database>-<yyyyMMdd-HHmmss>-<run>} and has a file of the same name
 * with {@code .json} beside it that says what is in it: the snapshot, the revisions, checksums, and the rows of each table.
 *
 * <p>The dump is taken from an exported snapshot; where its rows are asked to be compared, they are counted and hashed from
 * the same one. Until it is complete it has another name, and whatever goes wrong removes it.
 *
 * <p>Limitations:
 * <ul>
 *   <li>pg_dump must be as new as the server: it is looked for in {@code PATH} and the usual folders, or given.
 *   <li>Roles and tablespaces are not in it; they belong to the server, not to the database.
 *   <li>The role needs SELECT on every table, and row-level security must not bind it.
 *   <li>A backup of the schema alone or of some tables can't be compared.
 * </ul>
 *
 * @since 0.1
 */
public final class PgDump implements BackupStrategy, LocalDump {
    private static final Duration DEFAULT_KEEP = Duration.ofDays(30);

    private final DumpSettings settings;
    private final BackupFolder folder;
    private final Verification verification;

    private PgDump(DumpSettings settings) {
        this.settings = settings;
        this.folder = new BackupFolder(settings.folder());
        this.verification = new Verification();
    }

    /** Into a directory, which is made when it isn't there. */
    public static PgDump into(Path directory) {
        return new PgDump(new DumpSettings(
                directory.toAbsolutePath().normalize(),
                Format.DIRECTORY,
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                Optional.of(DEFAULT_KEEP),
                Optional.empty()));
    }

    /** The form of the dump; the default is {@link Format#DIRECTORY}. */
    public PgDump format(Format format) {
        DumpSettings s = settings;
        return new PgDump(new DumpSettings(
                s.folder(), format, s.jobs(), s.compression(), s.schemaOnly(), s.tables(), s.keepFor(), s.program()));
    }

    /**
     * How many tables are dumped, and items restored, at once; the default is the number of processors, at least 2 and at most
     * 4. Each takes a connection, and one more is used. In the custom format it holds for the restore only.
     */
    public PgDump jobs(int jobs) {
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs must be at least 1, not " + jobs);
        }
        DumpSettings s = settings;
        return new PgDump(new DumpSettings(
                s.folder(),
                s.format(),
                Optional.of(jobs),
                s.compression(),
                s.schemaOnly(),
                s.tables(),
                s.keepFor(),
                s.program()));
    }

    /** How it is compressed; the default is {@link Compression#fastest()}. */
    public PgDump compression(Compression compression) {
        DumpSettings s = settings;
        return new PgDump(new DumpSettings(
                s.folder(),
                s.format(),
                s.jobs(),
                Optional.of(compression),
                s.schemaOnly(),
                s.tables(),
                s.keepFor(),
                s.program()));
    }

    /** Only the schema, no rows. Such a backup can't bring data back. */
    public PgDump schemaOnly() {
        DumpSettings s = settings;
        if (!s.tables().isEmpty()) {
            throw new IllegalArgumentException("schemaOnly() and tables" + s.tables()
                    + " contradict each other: choose what the backup holds by one of them.");
        }
        return new PgDump(new DumpSettings(
                s.folder(), s.format(), s.jobs(), s.compression(), true, s.tables(), s.keepFor(), s.program()));
    }

    /**
     * Only these tables, and not what they depend on; the names are patterns as pg_dump's option {@code --table} takes them.
     */
    public PgDump tables(String... names) {
        DumpSettings s = settings;
        if (names.length == 0 || Arrays.stream(names).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("tables(...) needs at least one name, and none may be blank");
        }
        if (s.schemaOnly()) {
            throw new IllegalArgumentException("schemaOnly() and tables" + Arrays.asList(names)
                    + " contradict each other: choose what the backup holds by one of them.");
        }
        return new PgDump(new DumpSettings(
                s.folder(), s.format(), s.jobs(), s.compression(), false, List.of(names), s.keepFor(), s.program()));
    }

    /** How long a backup is kept; the default is 30 days. The newest proven one always is. */
    public PgDump keepFor(Duration age) {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("keepFor must be longer than nothing, not " + age);
        }
        return keep(Optional.of(age));
    }

    /** No backup is ever removed. */
    public PgDump keepForever() {
        return keep(Optional.empty());
    }

    private PgDump keep(Optional<Duration> age) {
        DumpSettings s = settings;
        return new PgDump(new DumpSettings(
                s.folder(), s.format(), s.jobs(), s.compression(), s.schemaOnly(), s.tables(), age, s.program()));
    }

    /** Which pg_dump is used; pg_restore and psql are taken from the same folder. By default they are looked for. */
    public PgDump program(Path pgDump) {
        DumpSettings s = settings;
        return new PgDump(new DumpSettings(
                s.folder(),
                s.format(),
                s.jobs(),
                s.compression(),
                s.schemaOnly(),
                s.tables(),
                s.keepFor(),
                Optional.of(pgDump)));
    }

    @Override
    public Backup take(BackupContext context) {
        return new DumpRun(settings, folder, verification, context).take();
    }

    @Override
    public void check(Backup backup, RunContext context) {
        Sidecar sidecar = folder.sidecarOf(backup);
        verification.verify(folder.dataOf(sidecar), sidecar, context.cancellation()::check);
        new Listing(settings, folder).check(sidecar, context);
    }

    @Override
    public void restore(Backup backup, Database into, RunContext context) {
        new RestoreRun(settings, folder, verification, context).restore(folder.sidecarOf(backup), into);
    }

    @Override
    public void recordProof(Backup backup) {
        folder.write(folder.sidecarOf(backup).proven(backup.proof()));
    }

    @Override
    public List<Backup> list(String database) {
        return folder.list(database).stream().map(folder::backup).toList();
    }

    @Override
    public List<String> retain(String database, Set<String> keep) {
        return settings.keepFor()
                .map(age -> new Retention(folder, age).apply(database, keep))
                .orElse(List.of());
    }

    @Override
    public Path directory() {
        return settings.folder();
    }

    /** {@inheritDoc} The one in which the dumps are. */
    @Override
    public Optional<Path> journalDirectory() {
        return Optional.of(settings.folder());
    }

    @Override
    public ClientPrograms programs() {
        return DumpRun.programs(settings);
    }

    /** The jobs, and the one that leads them. */
    @Override
    public int connections() {
        return settings.effectiveJobs() + 1;
    }

    @Override
    public String describe() {
        String contents = switch (settings.contents()) {
            case FULL -> "";
            case SCHEMA_ONLY -> ", the schema only";
            case TABLES -> ", the tables " + String.join(", ", settings.tables()) + " only";
        };
        return "pg_dump into " + settings.folder() + " ("
                + settings.format().name().toLowerCase(Locale.ROOT) + " format" + contents + ")";
    }

    @Override
    public String toString() {
        return describe();
    }
}
