package dev.belay.rollback;

import java.util.List;

/**
 * The way back after a failure that the transaction alone couldn't undo. Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RollbackStrategy {
    /**
     * Takes the database back to what it was before the change, and checks that it is.
     *
     * @throws Exception when it couldn't; the database is then where the exception says
     */
    RollbackResult rollback(RollbackContext context) throws Exception;

    /** One line for reports; the default is the class's simple name. */
    default String describe() {
        return getClass().getSimpleName();
    }

    /**
     * Whether it may restore the backup beside the database and swap the two; by default it doesn't. Then the preflight
     * checks the privileges and the room that this takes, before anything is done.
     */
    default boolean mayRestore() {
        return false;
    }

    /** Tries this one, and {@code next} when it fails. */
    default RollbackStrategy orElse(RollbackStrategy next) {
        return new FirstThatWorks(List.of(this, next));
    }

    /** Takes the applied revisions back to the recorded ones, by their downgrades, and validates. */
    static RollbackStrategy downgrade() {
        return new Downgrade();
    }

    /**
     * Restores the backup into a database beside, validates it and swaps the two by rename. The failed database is kept;
     * what was written to it after the backup is only there, and is counted.
     */
    static RollbackStrategy restore() {
        return new Restore();
    }

    /** No automatic way back: a failure after a commit needs a person. */
    static RollbackStrategy none() {
        return new FirstThatWorks(List.of());
    }
}
