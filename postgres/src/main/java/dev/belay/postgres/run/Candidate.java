package dev.belay.postgres.run;

import dev.belay.database.RunLock;
import java.sql.SQLException;
import java.util.Optional;

/** A run that wants the lock; it asks again and again. Closing gives back what it has got of a lock that it didn't get. */
interface Candidate extends AutoCloseable {
    /** The lock, if it is to be had now. */
    Optional<RunLock> tryOnce() throws SQLException;

    /** Who has it, as far as it can be seen; empty when nobody was seen. */
    String holder() throws SQLException;

    @Override
    void close();
}
