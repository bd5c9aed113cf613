package dev.belay.postgres.revision;

import dev.belay.postgres.sql.SqlStatement;

/**
 * Where in a run something is executed, for messages.
 *
 * @param revision the revision
 * @param what what is executed, without literals
 * @param sql its text; never shown, it only tells names from values
 */
public record Place(String revision, Described what, String sql) {
    /** Words that are only made when they are needed. */
    @FunctionalInterface
    public interface Described {
        /** The words. */
        String describe();
    }

    /** A statement of a script. */
    public static Place of(String revision, SqlStatement statement) {
        return new Place(revision, statement::describe, statement.text());
    }

    /** Something that Belay itself executes. */
    public static Place own(String revision, String what, String sql) {
        return new Place(revision, () -> what, sql);
    }

    @Override
    public String toString() {
        return what.describe();
    }
}
