package dev.belay.database;

import dev.belay.context.RunContext;
import java.sql.SQLException;
import java.util.List;

/** Databases beside the one that is migrated: scratch copies, restored ones, and the swap by rename. Thread-safe. @since 0.1 */
public interface Copies {
    /**
     * An empty database beside {@code original}, with its encoding, locale, owner, settings, grants and comment.
     *
     * <p>Named {@code <database>_belay_<what>_<run>}, cut to 63 bytes, and marked by a comment as Belay's, so that a later
     * run recognises and drops it when this one is killed.
     */
    Database create(Database original, String what, RunContext context) throws SQLException;

    /** Drops a database that {@link #create} made, whoever is connected to it; refuses any other. */
    void drop(Database copy) throws SQLException;

    /** Whether an earlier run of this database left scratch databases behind. */
    boolean hasLeftovers(Database original) throws SQLException;

    /** Drops what earlier runs of this database left behind; only to be called with the run's lock held. */
    void dropLeftovers(Database original, RunContext context) throws SQLException;

    /**
     * A database that a restore put aside.
     *
     * @param name its name
     * @param runId the run whose restore it was
     */
    record Kept(String name, String runId) {}

    /** The databases that restores of {@code original} put aside and that are still there, by name. */
    List<Kept> kept(Database original) throws SQLException;

    /**
     * Puts {@code replacement} in the place of {@code original} by two renames in one transaction; new connections are
     * refused and sessions ended for that instant. The replacement's statistics are gathered before.
     *
     * @return the old database, kept under the name {@code <database>_failed_<run>}, with a number behind it when
     *     the run has swapped before
     */
    Database swap(Database original, Database replacement, RunContext context) throws SQLException;

    /** What is done while nobody else writes to the database that is about to be replaced. */
    interface LastWrites {
        /** Before: others are still at work. */
        void catchUp() throws SQLException;

        /** Nobody can connect any more, and all sessions but those of this have ended. Leaves none open. */
        void finish() throws SQLException;
    }

    /**
     * As {@link #swap(Database, Database, RunContext)}, but nobody gets in from before the last writes are carried over until the
     * renames are committed; when they fail, connections are let in again. The default can't refuse them, and only does both before.
     */
    default Database swap(Database original, Database replacement, LastWrites last, RunContext context)
            throws SQLException {
        last.catchUp();
        last.finish();
        return swap(original, replacement, context);
    }
}
