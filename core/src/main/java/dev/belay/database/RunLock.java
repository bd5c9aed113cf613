package dev.belay.database;

import java.sql.SQLException;
import java.util.OptionalLong;

/** Held while a run works on a database; one at a time. Closing gives it back. @since 0.1 */
public interface RunLock extends AutoCloseable {
    /** Goes on, or throws when the lock was lost, for instance because its connection was cut. */
    void check();

    /**
     * The number that this holder got and none before or after it: each write of the history proves in its own transaction
     * that it is still the latest, so that a holder who lost the lock without knowing writes nothing more. Empty by default,
     * and where such a number can't be kept.
     */
    default OptionalLong fencingToken() {
        return OptionalLong.empty();
    }

    /**
     * Whether nobody else has got the lock since, be it lost or not: asked before the way back replaces the database. The
     * default says yes.
     *
     * @throws SQLException when the database can't be asked
     */
    default boolean isLatest() throws SQLException {
        return true;
    }

    @Override
    void close();
}
