package dev.belay.postgres.run;

import dev.belay.context.RunContext;
import dev.belay.postgres.connection.PostgresEndpoint;
import dev.belay.postgres.revision.LeaseTable;
import dev.belay.postgres.revision.LeaseTable.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A run's turn to write the history: takes the next fencing token from the database that is migrated, in a short transaction
 * on a connection of its own. Not thread-safe.
 */
final class Turn {
    /** After so long without a beat a holder is taken for dead: five beats missed. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    /** insufficient_privilege, read_only_sql_transaction; and what is still not there after it should have been made. */
    private static final Set<String> NOT_TO_BE_WRITTEN = Set.of("42501", "25006", "42P01", "3F000");

    private final PostgresEndpoint database;
    private final RunContext context;
    private final String name;
    private final Silence silence = new Silence(SILENCE);
    private String holder = "";

    /**
     * @param name who asks, for those who wait
     */
    Turn(PostgresEndpoint database, RunContext context, String name) {
        this.database = database;
        this.context = context;
        this.name = name;
    }

    /**
     * For who has the session lock: only a lease can be in the way.
     *
     * @return the token, an empty one where none can be kept; empty when another is in the way
     */
    Optional<OptionalLong> besideSessionLock() throws SQLException {
        try (Connection connection = database.connect("lock")) {
            OptionalLong token = take(connection, Row.NONE, false, true);
            if (token.isPresent()) {
                return Optional.of(token);
            }
            Row row = LeaseTable.read(connection);
            holder = row.holder();
            if (!row.isHeldByBeats() || !silence.isOver(row)) {
                return Optional.empty();
            }
            note(row);
            return Optional.of(take(connection, row, false, false)).filter(OptionalLong::isPresent);
        } catch (SQLException e) {
            if (NOT_TO_BE_WRITTEN.contains(e.getSQLState())) {
                return Optional.of(OptionalLong.empty()); // where nothing can be written there is no history to guard
            }
            return busy(e);
        }
    }

    /** For who has nothing else: the lease itself, unless it or the session lock is held. */
    Optional<OptionalLong> alone(LockQueries locks) throws SQLException {
        try (Connection connection = database.connect("lock")) {
            Row row = LeaseTable.read(connection);
            if (row.isHeldByBeats() && !silence.isOver(row)) {
                holder = row.holder();
                return Optional.empty();
            }
            Optional<String> session = locks.holderAnywhere(connection);
            if (session.isPresent()) {
                holder = session.get();
                return Optional.empty();
            }
            if (row.isHeldByBeats()) {
                note(row);
            }
            // another that saw the same row may be quicker: then it has another token
            return Optional.of(take(connection, row, true, false)).filter(OptionalLong::isPresent);
        } catch (SQLException e) {
            if (NOT_TO_BE_WRITTEN.contains(e.getSQLState())) {
                throw RunLockException.noLease(database.location(), e);
            }
            return busy(e);
        }
    }

    /** A history write of the holder before locks the row for an instant; a hung one until the server ends it. */
    private Optional<OptionalLong> busy(SQLException e) throws SQLException {
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
            throw e;
        }
        holder = "a transaction of the run before is still open";
        return Optional.empty();
    }

    private void note(Row row) {
        context.note("The run that had the lease gave no sign of life for " + SILENCE.toSeconds()
                + " s and is taken for dead: " + row.holder() + ". It can't write the history any more.");
    }

    private OptionalLong take(Connection connection, Row seen, boolean beating, boolean orFree) throws SQLException {
        return LeaseTable.take(connection, seen, context.runId(), name, beating, orFree);
    }

    /** Who was in the way. */
    String holder() {
        return holder;
    }
}
