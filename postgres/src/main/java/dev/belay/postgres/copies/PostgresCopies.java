package dev.belay.postgres.copies;

import dev.belay.context.RunContext;
import dev.belay.database.Copies;
import dev.belay.database.Database;
import dev.belay.postgres.carryover.Captures;
import dev.belay.postgres.connection.internal.StoppedSession;
import dev.belay.postgres.copies.internal.Birthmark;
import dev.belay.postgres.copies.internal.Blueprint;
import dev.belay.postgres.copies.internal.Closed;
import dev.belay.postgres.copies.internal.Leftover;
import dev.belay.postgres.copies.internal.Maintenance;
import dev.belay.postgres.copies.internal.Marker;
import dev.belay.postgres.copies.internal.Names;
import dev.belay.postgres.copies.internal.Sql;
import dev.belay.postgres.revision.LeaseTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Databases beside, on PostgreSQL. Each is marked by its comment as Belay's, and until it has that by its connection limit together
 * with its name; nothing else is ever dropped.
 *
 * <p>Needs CREATEDB, and for the swap to own both databases and to be allowed to end the sessions in them. Thread-safe.
 *
 * @since 0.1
 */
public final class PostgresCopies implements Copies {
    private static final String COMMENT =
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = ?";

    private static final String KEPT = """
            SELECT d.datname, c.description FROM pg_database d
            JOIN pg_shdescription c ON c.objoid = d.oid AND c.classoid = 'pg_database'::regclass
            WHERE c.description LIKE '{"belay":"kept"%' ORDER BY d.datname
            """;

    /** They keep nothing. */
    public PostgresCopies() {}

    @Override
    public Database create(Database original, String what, RunContext context) throws SQLException {
        String name = Names.of(original.name(), "_belay_" + what + "_" + context.runId());
        try (Connection connection = original.connect()) {
            Blueprint blueprint = Blueprint.of(original.name(), connection);
            execute(blueprint.createStatement(name) + Birthmark.option(original.name()), connection, context);
            try {
                Sql.comment(connection, name, new Marker(Marker.SCRATCH, original.name(), context.runId()).text());
                blueprint.furnish(name, connection);
            } catch (SQLException e) {
                Sql.execute(connection, "DROP DATABASE " + Sql.name(name) + " WITH (FORCE)");
                throw e;
            }
        }
        return original.named(name);
    }

    @Override
    public void drop(Database copy) throws SQLException {
        try (Connection connection = Maintenance.connect(copy)) {
            Optional<String> comment = Sql.rows(connection, COMMENT, copy.name()).stream()
                    .map(row -> row.get(0))
                    .findFirst();
            if (comment.isEmpty()) {
                return;
            }
            if (comment.flatMap(Marker::in)
                    .filter(marker -> marker.kind().equals(Marker.SCRATCH))
                    .isEmpty()) {
                throw new CopyFailedException("Database " + copy.location()
                        + " is not dropped: its comment doesn't mark it as a scratch database of Belay.");
            }
            Sql.execute(connection, "DROP DATABASE IF EXISTS " + Sql.name(copy.name()) + " WITH (FORCE)");
        }
    }

    @Override
    public boolean hasLeftovers(Database original) throws SQLException {
        try (Connection connection = original.connect()) {
            return !Leftover.of(original.name(), connection).isEmpty();
        }
    }

    @Override
    public void dropLeftovers(Database original, RunContext context) throws SQLException {
        try (Connection connection = original.connect()) {
            for (Leftover left : Leftover.of(original.name(), connection)) {
                context.note(left.drop(connection));
            }
        }
    }

    @Override
    public List<Kept> kept(Database original) throws SQLException {
        try (Connection connection = original.connect()) {
            List<Kept> kept = new ArrayList<>();
            for (List<String> row : Sql.rows(connection, KEPT)) {
                Marker.in(row.get(1))
                        .filter(marker -> marker.database().equals(original.name()))
                        .ifPresent(marker -> kept.add(new Kept(row.get(0), marker.run())));
            }
            return kept;
        }
    }

    @Override
    public Database swap(Database original, Database replacement, RunContext context) throws SQLException {
        analyze(replacement, context);
        carryLease(original, replacement);
        try (Connection connection = Maintenance.connect(original)) {
            return rename(original, replacement, List.of(), connection, context);
        }
    }

    /** {@inheritDoc} While it is closed, not even a superuser can connect to the original; a crash in between, the next run mends. */
    @Override
    public Database swap(Database original, Database replacement, LastWrites last, RunContext context)
            throws SQLException {
        analyze(replacement, context);
        carryLease(original, replacement);
        last.catchUp();
        try (Connection connection = Maintenance.connect(original);
                Closed closed = Closed.of(original, connection)) {
            last.finish();
            String kept = nameToKeep(original, context, connection);
            Database aside = rename(original, replacement, Closed.opening(kept), connection, context);
            closed.isOpen();
            return aside;
        } catch (SQLException e) {
            throw new CopyFailedException(
                    "Database " + original.location() + " could not be swapped: " + e.getMessage()
                            + ". Nothing was renamed, and it takes connections again.",
                    e);
        }
    }

    private static Database rename(
            Database original, Database replacement, List<String> also, Connection connection, RunContext context)
            throws SQLException {
        Database kept = original.named(nameToKeep(original, context, connection));
        String comment = Sql.rows(connection, COMMENT, original.name()).get(0).get(0);
        Marker marker = new Marker(Marker.KEPT, original.name(), context.runId());
        new Swap(original, replacement, kept, comment, marker, also).perform(connection, context);
        return kept;
    }

    /** A run that first undoes what an interrupted one left, and then fails itself, swaps twice. */
    private static String nameToKeep(Database original, RunContext context, Connection connection) throws SQLException {
        String suffix = "_failed_" + context.runId();
        String name = Names.of(original.name(), suffix);
        for (int i = 2; !Sql.rows(connection, COMMENT, name).isEmpty(); i++) {
            name = Names.of(original.name(), suffix + "_" + i);
        }
        return name;
    }

    /** A restore brings no statistics along, and without them the first queries of production would be planned blindly. */
    private static void analyze(Database restored, RunContext context) throws SQLException {
        try (Connection connection = restored.connect()) {
            execute("ANALYZE", connection, context);
        }
    }

    /** Who held the lock of the database goes on holding it: its token is in the database that takes the name. */
    private static void carryLease(Database original, Database replacement) throws SQLException {
        try (Connection from = original.connect();
                Connection into = replacement.connect()) {
            LeaseTable.carryOver(from, into);
            // of a backup that another way than pg_dump took while writes were captured
            Captures.removeFromCopy(into);
        }
    }

    private static void execute(String sql, Connection connection, RunContext context) throws SQLException {
        context.cancellation().check();
        try (var registration = StoppedSession.during(context.cancellation(), connection)) {
            Sql.execute(connection, sql);
        } catch (SQLException e) {
            context.cancellation().check();
            throw e;
        }
    }
}
