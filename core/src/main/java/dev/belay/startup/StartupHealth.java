package dev.belay.startup;

import java.util.Objects;

/**
 * How far an application's start is with its database.
 *
 * @param state what it does
 * @param detail for people: the step, whom it waits for, why it was refused; may be empty
 * @since 0.1
 */
public record StartupHealth(State state, String detail) {
    /** What a start does. */
    public enum State {
        /** It looks what is pending, or another process has the lock or the work. */
        WAITING,
        /** This process is at the steps of an upgrade. */
        MIGRATING,
        /** The database is where the application wants it. */
        READY,
        /** It is not, and this start has ended with an exception. */
        REFUSED
    }

    /** Checks. */
    public StartupHealth {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
    }

    /** Whether the application may serve. */
    public boolean isReady() {
        return state == State.READY;
    }
}
