package dev.belay.postgres.run;

import dev.belay.database.RunLock;
import dev.belay.postgres.connection.PostgresEndpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Asks for the session lock, then for the token. While it waits for a lease to end it keeps the session lock: leases don't
 * begin beside that.
 */
final class SessionCandidate implements Candidate {
    private final PostgresEndpoint database;
    private final Connection connection;
    private final LockQueries queries;
    private final int pid;
    private final Turn turn;
    private boolean locked;
    private boolean handedOver;

    SessionCandidate(PostgresEndpoint database, Connection connection, LockQueries queries, int pid, Turn turn) {
        this.database = database;
        this.connection = connection;
        this.queries = queries;
        this.pid = pid;
        this.turn = turn;
    }

    @Override
    public Optional<RunLock> tryOnce() throws SQLException {
        locked = locked || queries.tryLock(connection);
        if (!locked) {
            return Optional.empty();
        }
        Optional<RunLock> lock =
                turn.besideSessionLock().map(token -> new AdvisoryRunLock(database, connection, queries, pid, token));
        handedOver = lock.isPresent();
        return lock;
    }

    @Override
    public String holder() throws SQLException {
        return locked ? turn.holder() : queries.holder(connection).orElse("");
    }

    @Override
    public void close() {
        if (!handedOver) {
            AdvisoryRunLock.shut(connection);
        }
    }
}
