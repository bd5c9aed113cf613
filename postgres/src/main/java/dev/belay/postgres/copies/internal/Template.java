package dev.belay.postgres.copies.internal;

import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies that the server makes of a whole database. It must have no session, ours neither. */
public final class Template {
    private static final Logger LOG = LoggerFactory.getLogger(Template.class);
    private static final String OBJECT_IN_USE = "55006";
    /** As long as the server itself waits (src/backend/storage/ipc/procarray.c, CountOtherDBBackends). */
    private static final long PATIENCE_SECONDS = 5;

    /** What a role may not see of others' sessions is null; background workers have no user. */
    private static final String SESSIONS = """
            SELECT 'pid ' || pid || ' (application "' || coalesce(application_name, '') || '", user "' || usename || '")'
            FROM pg_stat_activity
            WHERE datname = ? AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
              AND coalesce(backend_type, 'client backend') = 'client backend'
            ORDER BY pid LIMIT 10
            """;

    private Template() {}

    /** Waits a moment for sessions to end; what it throws names those that didn't. */
    public static void awaitQuiet(Connection connection, String database, RunContext context) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (String found = sessions(connection, database); !found.isEmpty(); found = sessions(connection, database)) {
            context.cancellation().check();
            if (System.nanoTime() - end > 0) {
                throw new SQLException(busy(found), OBJECT_IN_USE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** A copy with these options of CREATE DATABASE; what it throws names the sessions in the way. */
    public static void copy(Connection connection, String template, String name, String options, RunContext context)
            throws SQLException {
        // file_copy, the only way before 15, is the fast one for databases that are not small: nothing goes through the
        // WAL.
        String strategy = connection.getMetaData().getDatabaseMajorVersion() >= 15 ? " STRATEGY file_copy" : "";
        context.cancellation().check();
        try (Statement statement = connection.createStatement();
                Cancellation.Registration registered = context.cancellation().onCancel(() -> cancel(statement))) {
            statement.setEscapeProcessing(false);
            statement.execute(
                    "CREATE DATABASE " + Sql.name(name) + " TEMPLATE " + Sql.name(template) + strategy + options);
        } catch (SQLException e) {
            context.cancellation().check();
            String found = OBJECT_IN_USE.equals(e.getSQLState()) ? sessions(connection, template) : "";
            throw found.isEmpty() ? e : new SQLException(busy(found), OBJECT_IN_USE, e);
        }
    }

    /** A copy that has the owner, limit, settings and grants of the blueprint, and this comment; all of it or nothing. */
    public static void copy(
            Connection connection,
            String template,
            String name,
            Blueprint blueprint,
            String comment,
            RunContext context)
            throws SQLException {
        String original = Marker.in(comment).map(Marker::database).orElse(name);
        copy(connection, template, name, blueprint.ownerOption() + Birthmark.option(original), context);
        try {
            Sql.comment(connection, name, comment);
            blueprint.furnish(name, connection);
        } catch (SQLException e) {
            Sql.execute(connection, "DROP DATABASE " + Sql.name(name) + " WITH (FORCE)");
            throw e;
        }
    }

    private static String sessions(Connection connection, String database) throws SQLException {
        List<String> found = Sql.rows(connection, SESSIONS, database).stream()
                .map(row -> row.get(0))
                .toList();
        return String.join(", ", found);
    }

    private static String busy(String sessions) {
        return "a template must have no session, and these are connected: " + sessions;
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOG.debug("The copy could not be cancelled", e);
        }
    }
}
