package dev.belay.database;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Keeps, inside a database, what the run on it is about to do, so that the next one can tell what became of it when it is killed.
 *
 * <p>There is at most one entry: that of the run which was begun and has not ended. An entry is durable once it is written,
 * whatever the server's settings for other transactions are. Thread-safe.
 *
 * @since 0.1
 */
public interface Journal {
    /** The entry that is there; empty where no run is under way or was left behind. */
    Optional<String> read(Database database) throws SQLException;

    /** Replaces the entry. */
    void write(Database database, String runId, String entry) throws SQLException;

    /** Removes the entry: nothing is under way any more. */
    void erase(Database database) throws SQLException;
}
