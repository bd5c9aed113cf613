package dev.belay.revision;

import java.sql.Connection;

/**
 * One direction of a revision, written in Java.
 *
 * <p>The connection is Belay's: the change must neither commit, roll back, close nor keep it. In a transactional change
 * the history row is written in the same transaction, so a commit in between would separate the two.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface JavaChange {
    /**
     * Makes the change.
     *
     * @param connection an open connection to the database that is being changed
     * @throws Exception any exception makes the revision fail, and what it did is rolled back
     */
    void run(Connection connection) throws Exception;
}
