package dev.belay.postgres.copies;

import dev.belay.context.RunContext;
import dev.belay.database.Database;
import dev.belay.postgres.copies.internal.Maintenance;
import dev.belay.postgres.copies.internal.Marker;
import dev.belay.postgres.copies.internal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Two renames in one transaction.
 *
 * <p>RENAME takes an exclusive lock on the database first, which new connections wait for, and then waits up to five seconds
 * for the sessions in it to end (src/backend/commands/dbcommands.c, RenameDatabase and CountOtherDBBackends). So the
 * sessions are ended from a second connection meanwhile, and nobody gets in between. A crash leaves nothing behind: until
 * the commit both databases have their old names, after it their new ones.
 */
final class Swap {
    private static final int ATTEMPTS = 5;
    private static final String OBJECT_IN_USE = "55006";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String END_SESSIONS = """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname IN (?, ?) AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            """;

    private final Database original;
    private final Database replacement;
    private final Database kept;
    private final String comment;
    private final Marker marker;
    private final List<String> also;

    /** Renames, and does this also in the same transaction. */
    Swap(Database original, Database replacement, Database kept, String comment, Marker marker, List<String> also) {
        this.original = original;
        this.replacement = replacement;
        this.kept = kept;
        this.comment = comment;
        this.marker = marker;
        this.also = List.copyOf(also);
    }

    void perform(Connection connection, RunContext context) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            AtomicBoolean done = new AtomicBoolean();
            AtomicReference<String> obstacle = new AtomicReference<>("");
            Thread ender = new Thread(() -> endSessions(done, obstacle), "belay-swap");
            ender.start();
            try {
                rename(connection);
                return;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !isBusy(e)) {
                    String why = isBusy(e) ? "sessions in it did not end." + obstacle.get() : e.getMessage() + ".";
                    throw new CopyFailedException(
                            "Database " + original.location() + " could not be swapped: " + why
                                    + " Nothing was renamed; both databases are there.",
                            e);
                }
                context.note("The swap of " + original.name() + " is tried again: a session was still there.");
            } finally {
                done.set(true);
                join(ender);
            }
        }
    }

    private static boolean isBusy(SQLException e) {
        return OBJECT_IN_USE.equals(e.getSQLState()) || LOCK_NOT_AVAILABLE.equals(e.getSQLState());
    }

    private void rename(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Sql.execute(connection, "SET LOCAL lock_timeout = '5s'");
            Sql.execute(connection, "SET LOCAL statement_timeout = '30s'");
            Sql.execute(
                    connection, "ALTER DATABASE " + Sql.name(original.name()) + " RENAME TO " + Sql.name(kept.name()));
            Sql.execute(
                    connection,
                    "ALTER DATABASE " + Sql.name(replacement.name()) + " RENAME TO " + Sql.name(original.name()));
            Sql.comment(connection, kept.name(), marker.text());
            Sql.comment(connection, original.name(), comment);
            for (String sql : also) {
                Sql.execute(connection, sql);
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void endSessions(AtomicBoolean done, AtomicReference<String> obstacle) {
        try (Connection connection = Maintenance.connect(original)) {
            while (!done.get()) {
                Sql.rows(connection, END_SESSIONS, original.name(), replacement.name());
                Thread.sleep(20);
            }
        } catch (SQLException | RuntimeException e) {
            obstacle.set(" They could not be ended: " + e.getMessage()
                    + ". Grant pg_signal_backend, and stop what is connected as a superuser.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
