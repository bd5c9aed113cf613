package dev.belay.postgres.run;

import dev.belay.database.RunLock;
import dev.belay.postgres.connection.PostgresEndpoint;
import java.sql.SQLException;
import java.util.Optional;

/** Asks for the lease, where no session can hold a lock. It has nothing to give back. */
final class LeaseCandidate implements Candidate {
    private final PostgresEndpoint database;
    private final LockQueries queries;
    private final Turn turn;

    LeaseCandidate(PostgresEndpoint database, LockQueries queries, Turn turn) {
        this.database = database;
        this.queries = queries;
        this.turn = turn;
    }

    @Override
    public Optional<RunLock> tryOnce() throws SQLException {
        return turn.alone(queries).map(token -> new LeaseRunLock(database, token.getAsLong()));
    }

    @Override
    public String holder() {
        return turn.holder();
    }

    @Override
    public void close() {
        // each question had a connection of its own
    }
}
