package dev.belay.postgres.backup;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.BackupFailedException;
import dev.belay.backup.BackupStrategy;
import dev.belay.backup.ProofLevel;
import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.database.TableFingerprint;
import dev.belay.postgres.copies.internal.Birthmark;
import dev.belay.postgres.copies.internal.Blueprint;
import dev.belay.postgres.copies.internal.Maintenance;
import dev.belay.postgres.copies.internal.Marker;
import dev.belay.postgres.copies.internal.Names;
import dev.belay.postgres.copies.internal.Sql;
import dev.belay.postgres.copies.internal.Template;
import dev.belay.postgres.observation.PostgresObservations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Backups that the server makes by itself, for machines without pg_dump: each is a database beside, made by CREATE DATABASE
 * with the original as its template. Immutable and thread-safe.
 *
 * <p>A backup is named {@code <database>_backup_<run>}, takes no connections, so that nobody changes it, and is marked by its
 * comment, which says when it was taken and with which revisions. By default it is kept for 7 days.
 *
 * <p>Limitations:
 * <ul>
 *   <li>It is on the same server: it helps against a bad change, not against the loss of the server.
 *   <li>The database must have no session while it is taken, and no prepared transaction; the application has to be stopped.
 *   <li>The role must own the database, with CREATEDB, or be a superuser; and one maintenance database must let it in.
 *   <li>Each takes as much room as the database. The server copies files, and makes a checkpoint before and after.
 *   <li>Fingerprints are taken right before the copy. A change in between is found by the comparison, which then fails.
 *   <li>A run that is killed while the server copies leaves a database of that name without a comment; it is not removed.
 * </ul>
 *
 * @since 0.1
 */
public final class TemplateCopy implements BackupStrategy {
    private static final Duration DEFAULT_KEEP = Duration.ofDays(7);
    private static final String MARKED = """
            SELECT d.datname, c.description, pg_database_size(d.oid)::text, d.datallowconn::text FROM pg_database d
            JOIN pg_shdescription c ON c.objoid = d.oid AND c.classoid = 'pg_database'::regclass
            WHERE c.description LIKE '{"belay":"backup"%'
            """;
    private static final String COMMENT =
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = ?";

    private final Database server;
    private final Optional<Duration> keepFor;

    private TemplateCopy(Database server, Optional<Duration> keepFor) {
        this.server = server;
        this.keepFor = keepFor;
    }

    /** On the server of this database, which is the one that is migrated, or another one there. */
    public static TemplateCopy beside(Database database) {
        return new TemplateCopy(database, Optional.of(DEFAULT_KEEP));
    }

    /** How long a backup is kept; the default is 7 days. The newest proven one always is. */
    public TemplateCopy keepFor(Duration age) {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("keepFor must be longer than nothing, not " + age);
        }
        return new TemplateCopy(server, Optional.of(age));
    }

    /** No backup is ever removed. */
    public TemplateCopy keepForever() {
        return new TemplateCopy(server, Optional.empty());
    }

    @Override
    public Backup take(BackupContext context) {
        Database source = context.database();
        String run = context.runId();
        String name = Names.of(source.name(), "_backup_" + run);
        long start = System.nanoTime();
        try (Connection connection = Maintenance.connect(source)) {
            Template.awaitQuiet(connection, source.name(), context);
            Optional<List<TableFingerprint>> rows = context.requestedProof().atLeast(ProofLevel.COMPARED)
                    ? Optional.of(new PostgresObservations().rows(source, context))
                    : Optional.empty();
            Instant takenAt = now(connection);
            Template.copy(
                    connection,
                    source.name(),
                    name,
                    " ALLOW_CONNECTIONS false" + Birthmark.option(source.name()),
                    context);
            TemplateMark mark = new TemplateMark(
                    source.name(),
                    run,
                    takenAt,
                    context.state().heads(),
                    Duration.ofNanos(System.nanoTime() - start),
                    ProofLevel.NONE);
            return marked(connection, name, mark, rows);
        } catch (SQLException e) {
            throw new BackupFailedException(
                    "Backup of " + source.location() + " by a template copy failed: " + e.getMessage()
                            + ". Nothing was changed, no copy is left behind. Stop what is connected, or use pg_dump"
                            + " (PgDump.into(dir)), which needs no such quiet.",
                    e);
        }
    }

    private Backup marked(Connection connection, String name, TemplateMark mark, Optional<List<TableFingerprint>> rows)
            throws SQLException {
        try {
            Sql.comment(connection, name, mark.text());
            Sql.execute(connection, "ALTER DATABASE " + Sql.name(name) + " CONNECTION LIMIT -1");
            Backup backup = find(connection, name).backup(server);
            return new Backup(
                    backup.id(),
                    backup.location(),
                    Optional.empty(),
                    backup.database(),
                    backup.takenAt(),
                    backup.revisions(),
                    backup.bytes(),
                    backup.duration(),
                    backup.proof(),
                    rows);
        } catch (SQLException | RuntimeException e) {
            drop(connection, name);
            throw e;
        }
    }

    /** {@inheritDoc} The given one is dropped and made anew, with its comment, owner, settings and grants. */
    @Override
    public void restore(Backup backup, Database into, RunContext context) {
        try (Connection connection = Maintenance.connect(into)) {
            Found found = untouched(connection, backup.id());
            String comment = Sql.rows(connection, COMMENT, into.name()).stream()
                    .map(row -> row.get(0))
                    .findFirst()
                    .orElse("");
            if (Marker.in(comment)
                    .filter(marker -> marker.kind().equals(Marker.SCRATCH))
                    .isEmpty()) {
                throw new BackupFailedException("Backup " + found.name() + " is not restored into " + into.location()
                        + ": that would drop it, and its comment doesn't mark it as a scratch database of Belay."
                        + " Nothing was changed. Give one that Copies.create made.");
            }
            Blueprint blueprint = Blueprint.of(into.name(), connection);
            drop(connection, into.name());
            Template.copy(connection, found.name(), into.name(), blueprint, comment, context);
        } catch (SQLException e) {
            throw new BackupFailedException(
                    "Backup " + backup.location() + " could not be restored into " + into.location() + ": "
                            + e.getMessage() + ". The backup is as it was.",
                    e);
        }
    }

    /** {@inheritDoc} That it is there, is marked, and has taken no connection since. */
    @Override
    public void check(Backup backup, RunContext context) {
        try (Connection connection = Maintenance.connect(server)) {
            untouched(connection, backup.id());
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void recordProof(Backup backup) {
        try (Connection connection = Maintenance.connect(server)) {
            Found found = find(connection, backup.id());
            Sql.comment(
                    connection,
                    found.name(),
                    found.mark().proven(backup.proof()).text());
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** {@inheritDoc} Without the fingerprints, which are not kept. */
    @Override
    public List<Backup> list(String database) {
        try (Connection connection = Maintenance.connect(server)) {
            return of(connection, database).stream()
                    .map(found -> found.backup(server))
                    .toList();
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public List<String> retain(String database, Set<String> keep) {
        if (keepFor.isEmpty()) {
            return List.of();
        }
        List<String> removed = new ArrayList<>();
        try (Connection connection = Maintenance.connect(server)) {
            Instant limit = now(connection).minus(keepFor.get());
            List<Found> newestFirst = of(connection, database);
            String best = best(newestFirst);
            for (Found found : newestFirst) {
                boolean old = found.mark().takenAt().isBefore(limit);
                boolean named = keep.contains(found.name())
                        || keep.contains(found.backup(server).location());
                if (old && !named && !found.name().equals(best)) {
                    drop(connection, found.name());
                    removed.add(found.name());
                }
            }
            return removed;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** The server's time, which the machines that run Belay share. */
    private static Instant now(Connection connection) throws SQLException {
        String millis = Sql.rows(connection, "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint::text")
                .get(0)
                .get(0);
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    /** The newest that was restored; where none was, the newest that was read; else the newest. */
    private static String best(List<Found> newestFirst) {
        for (ProofLevel level : List.of(ProofLevel.RESTORED, ProofLevel.LISTED, ProofLevel.NONE)) {
            for (Found found : newestFirst) {
                if (found.mark().proof().atLeast(level)) {
                    return found.name();
                }
            }
        }
        return "";
    }

    private static List<Found> of(Connection connection, String database) throws SQLException {
        return all(connection).stream()
                .filter(found -> found.mark().database().equals(database))
                .sorted(Comparator.comparing((Found found) -> found.mark().takenAt())
                        .reversed())
                .toList();
    }

    private static Found find(Connection connection, String name) throws SQLException {
        return all(connection).stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BackupFailedException("Backup " + name
                        + " can't be used: the server has no database of that name that is marked as a backup of Belay."
                        + " Nothing was changed. Use another backup."));
    }

    private static Found untouched(Connection connection, String name) throws SQLException {
        Found found = find(connection, name);
        if (found.open()) {
            throw new BackupFailedException("Backup " + name
                    + " can't be trusted: its database takes connections, so it may have been changed since. Nothing was"
                    + " changed. Use another backup.");
        }
        return found;
    }

    private static List<Found> all(Connection connection) throws SQLException {
        List<Found> all = new ArrayList<>();
        for (List<String> row : Sql.rows(connection, MARKED)) {
            TemplateMark.in(row.get(1))
                    .ifPresent(mark -> all.add(new Found(
                            row.get(0),
                            mark,
                            Long.parseLong(row.get(2)),
                            row.get(3).equals("true"))));
        }
        return all;
    }

    private static void drop(Connection connection, String name) throws SQLException {
        Sql.execute(connection, "DROP DATABASE IF EXISTS " + Sql.name(name) + " WITH (FORCE)");
    }

    private BackupFailedException unreadable(SQLException e) {
        return new BackupFailedException(
                "The backups on the server of " + server.location() + " could not be read or changed: " + e.getMessage()
                        + ". They are as they were.",
                e);
    }

    @Override
    public String describe() {
        return "a template copy on the same server";
    }

    @Override
    public String toString() {
        return describe();
    }

    /** A backup that is there. */
    private record Found(String name, TemplateMark mark, long bytes, boolean open) {
        Backup backup(Database server) {
            return new Backup(
                    name,
                    "database " + server.named(name).location(),
                    Optional.empty(),
                    mark.database(),
                    mark.takenAt(),
                    mark.revisions(),
                    bytes,
                    mark.duration(),
                    mark.proof(),
                    Optional.empty());
        }
    }
}
