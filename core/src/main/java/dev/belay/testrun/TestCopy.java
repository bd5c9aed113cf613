package dev.belay.testrun;

import dev.belay.database.Database;

/**
 * A copy of the database on which the change is tried.
 *
 * @param database where it is
 * @param description for the report: what kind of copy it is
 * @param disposal what removes it
 * @since 0.1
 */
public record TestCopy(Database database, String description, Disposal disposal) implements AutoCloseable {
    /** Removes a copy. */
    @FunctionalInterface
    public interface Disposal {
        /** Removes the copy; called once, whatever happened before. */
        void dispose() throws Exception;
    }

    @Override
    public void close() throws Exception {
        disposal.dispose();
    }
}
