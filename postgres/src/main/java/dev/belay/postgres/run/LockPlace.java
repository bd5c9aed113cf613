package dev.belay.postgres.run;

import dev.belay.postgres.connection.DatabaseUnreachableException;
import dev.belay.postgres.connection.PostgresEndpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * Where the lock is: in the database {@code postgres} of the server, else in the migrated one itself.
 *
 * <p>Advisory locks belong to one database, so every process has to choose alike. That is why only refusals that last lead to
 * the second choice; a server that is full or starting is not asked elsewhere. template1 is never sat in: while it has a session
 * nobody on the server can create a database.
 */
record LockPlace(PostgresEndpoint endpoint, Connection connection) {
    private static final String MAINTENANCE = "postgres";

    /**
     * No such database, no right to connect to it, none by pg_hba.conf or password (08004: pgjdbc has none to give), no
     * connections allowed, and what poolers say of databases that they don't know.
     */
    private static final Set<String> LASTING = Set.of("3D000", "42501", "28000", "28P01", "08004", "55000", "08P01");

    static LockPlace of(PostgresEndpoint database, String purpose) {
        if (database.name().equals(MAINTENANCE)) {
            return new LockPlace(database, database.connect(purpose));
        }
        PostgresEndpoint maintenance = database.named(MAINTENANCE);
        try {
            return new LockPlace(maintenance, maintenance.connect(purpose));
        } catch (DatabaseUnreachableException e) {
            // Also where the refusal may pass: when the server is down, the message shall be about the database that
            // was meant.
            LockPlace own = new LockPlace(database, database.connect(purpose));
            if (!lasts(e)) {
                AdvisoryRunLock.shut(own.connection());
                throw e;
            }
            return own;
        }
    }

    private static boolean lasts(DatabaseUnreachableException refusal) {
        return refusal.getCause() instanceof SQLException e
                && e.getSQLState() != null
                && LASTING.contains(e.getSQLState());
    }
}
