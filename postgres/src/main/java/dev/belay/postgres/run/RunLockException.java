package dev.belay.postgres.run;

import dev.belay.BelayException;
import org.jspecify.annotations.Nullable;

/** The run's lock could not be asked for, or was lost. @since 0.1 */
public final class RunLockException extends BelayException {
    private static final long serialVersionUID = 1L;

    /** Another run got the lock while this one didn't know that it had lost it. */
    public static RunLockException overtaken(String location) {
        return new RunLockException(
                "The lock of this run on " + location
                        + " was lost: another run took over. What was not committed before is rolled back, and nothing more is"
                        + " written to the history. Look at the other run's report, then run again.",
                null);
    }

    static RunLockException lost(String location, String why, @Nullable Throwable cause) {
        return new RunLockException(
                "The lock of this run on " + location + " was lost: " + why
                        + ". The run stops, since another may have begun. Look at the report, then run again.",
                cause);
    }

    static RunLockException noLease(String location, Throwable cause) {
        return new RunLockException(
                "The database " + location
                        + " is reached through a pooler in transaction mode, where the lock of a run is"
                        + " the table belay.lease, and this user can't make or write it. Nothing was changed. Grant CREATE on"
                        + " the database, or give the server's own URL.",
                cause);
    }

    RunLockException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
