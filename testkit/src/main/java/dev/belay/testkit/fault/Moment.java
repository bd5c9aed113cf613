package dev.belay.testkit.fault;

/** When, as seen from an act, a fault strikes. @since 0.1 */
public enum Moment {
    /** The act has not reached the server. */
    BEFORE,
    /** The server works on it: some rows of a {@code COPY} have passed, a concurrent index waits for the sessions before it. */
    INSIDE,
    /** The server is done with it, and the run has not heard so; of a session or server that is ended, it may hear so first. */
    AFTER
}
