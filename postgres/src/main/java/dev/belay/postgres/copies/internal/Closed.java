package dev.belay.postgres.copies.internal;

import dev.belay.database.Database;
import dev.belay.postgres.connection.DatabaseUnreachableException;
import dev.belay.postgres.connection.DatabaseUnreachableException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * A database that lets nobody in, not even a superuser, until it is opened again.
 *
 * <p>That it was Belay that closed it is told by a setting of the database, made in the same transaction; that the one who did is
 * still at it, by an advisory lock beside. So whoever comes after a crash may open it again.
 */
public final class Closed implements AutoCloseable {
    /**
     * A setting that the owner of a database may set, that nobody sets and that is nothing to a database which lets nobody in: one with a
     * name of Belay's own only superusers may set (since 15).
     */
    private static final String SETTING = "geqo_seed";

    /** Nobody else chooses just this. */
    private static final String MARK = "0.6239047115";

    private static final String OBJECT_IN_USE = "55006";
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 50;

    /** The sessions of the capture are needed for the last changes. */
    private static final String OTHERS = """
            FROM pg_catalog.pg_stat_activity
            WHERE datname = ? AND pid <> pg_catalog.pg_backend_pid() AND backend_type = 'client backend'
              AND application_name NOT LIKE '%belay capture'
            """;

    /**
     * Who is about to connect holds this lock on the database, from before it looks whether it may until after pg_stat_activity shows it
     * (src/backend/utils/init/postinit.c, InitPostgres); one that looked before the database was closed gets in.
     */
    private static final String ARRIVING = """
            SELECT l.virtualtransaction FROM pg_catalog.pg_locks l
            JOIN pg_catalog.pg_database d ON d.oid = l.objid
            WHERE d.datname = ? AND l.locktype = 'object' AND l.classid = 'pg_catalog.pg_database'::regclass
              AND l.mode = 'RowExclusiveLock' AND l.granted
            """;

    private static final String IS_MARKED = """
            SELECT FROM pg_catalog.pg_db_role_setting s JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
            WHERE d.datname = ? AND s.setrole = 0 AND 'geqo_seed=0.6239047115' = ANY (s.setconfig)
            """;

    private final Database database;
    private final Connection maintenance;
    private boolean open;

    private Closed(Database database, Connection maintenance) {
        this.database = database;
        this.maintenance = maintenance;
    }

    /** Closes it and ends the sessions in it; when they don't end it is opened again. */
    public static Closed of(Database database, Connection maintenance) throws SQLException {
        Closed closed = new Closed(database, maintenance);
        try {
            closed.shut();
            return closed;
        } catch (SQLException | RuntimeException e) {
            closed.close();
            throw e;
        }
    }

    private void shut() throws SQLException {
        Sql.rows(maintenance, "SELECT pg_catalog.pg_advisory_lock(" + key(database) + ")::text");
        String name = Sql.name(database.name());
        inTransaction(
                maintenance,
                List.of(
                        "ALTER DATABASE " + name + " SET " + SETTING + " = " + MARK,
                        "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false"));
        long end = System.nanoTime() + LONGEST.toNanos();
        List<List<String>> arriving = Sql.rows(maintenance, ARRIVING, database.name());
        while (!Collections.disjoint(arriving, Sql.rows(maintenance, ARRIVING, database.name()))) {
            pauseUntil(end);
        }
        while (!Sql.rows(maintenance, "SELECT pid::text " + OTHERS, database.name())
                .isEmpty()) {
            Sql.rows(maintenance, "SELECT pg_catalog.pg_terminate_backend(pid)::text " + OTHERS, database.name());
            pauseUntil(end);
        }
    }

    private static void pauseUntil(long end) throws SQLException {
        if (System.nanoTime() > end) {
            throw new SQLException("sessions in it did not end; stop what is connected to it", OBJECT_IN_USE);
        }
        pause();
    }

    /** What opens it, under the name that it has by then; for the transaction of the renames. */
    public static List<String> opening(String name) {
        return List.of(
                "ALTER DATABASE " + Sql.name(name) + " ALLOW_CONNECTIONS true",
                "ALTER DATABASE " + Sql.name(name) + " RESET " + SETTING);
    }

    /** The transaction that opened it was committed. */
    public void isOpen() {
        open = true;
    }

    /** Opens it again, unless it is. */
    @Override
    public void close() throws SQLException {
        if (!open) {
            try (Connection connection = Maintenance.connect(database)) {
                inTransaction(connection, opening(database.name()));
            }
        }
        Sql.rows(maintenance, "SELECT pg_catalog.pg_advisory_unlock(" + key(database) + ")::text");
    }

    /**
     * Whether a database that refused a connection takes them again: one that a killed run left closed is opened, and while a run
     * swaps it, that is waited for.
     */
    public static boolean isOpenedAgain(Database database, DatabaseUnreachableException refusal) {
        boolean closed = refusal.reason() == Reason.NOT_ACCEPTING
                && refusal.getCause() instanceof SQLException e
                && "55000".equals(e.getSQLState());
        if (!closed) {
            return false;
        }
        try (Connection connection = Maintenance.connect(database)) {
            return awaitOpen(database, connection);
        } catch (SQLException | RuntimeException e) {
            refusal.addSuppressed(e);
            return false;
        }
    }

    private static boolean awaitOpen(Database database, Connection connection) throws SQLException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < end) {
            String tried = Sql.rows(connection, "SELECT pg_catalog.pg_try_advisory_lock(" + key(database) + ")::text")
                    .get(0)
                    .get(0);
            if (tried.equals("true")) {
                if (!Sql.rows(connection, IS_MARKED, database.name()).isEmpty()) {
                    inTransaction(connection, opening(database.name()));
                    return true;
                }
                // opened meanwhile, or closed by somebody else, whose business it is
                return Sql.rows(
                                connection,
                                "SELECT FROM pg_catalog.pg_database WHERE datname = ? AND NOT datallowconn",
                                database.name())
                        .isEmpty();
            }
            pause();
        }
        return false;
    }

    private static String key(Database database) {
        return "pg_catalog.hashtextextended(" + Sql.literal("belay closed " + database.name()) + ", 0)";
    }

    private static void inTransaction(Connection connection, List<String> statements) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Sql.execute(connection, "SET LOCAL synchronous_commit = on");
            for (String sql : statements) {
                Sql.execute(connection, sql);
            }
            connection.commit();
        } finally {
            // harmless after the commit
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
