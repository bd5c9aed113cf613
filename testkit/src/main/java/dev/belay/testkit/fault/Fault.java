package dev.belay.testkit.fault;

/** A way in which a run, its server or what is between them can fail. @since 0.1 */
public enum Fault {
    /** {@code kill -9} of the process that runs. The programs that it has started live on. */
    KILL,
    /** {@code pg_terminate_backend} of the session that acts. */
    TERMINATE,
    /** Immediate stop of the whole server, as a crash would stop it, and its restart. */
    CRASH,
    /** All connections are reset at once; new ones can be made. */
    CUT,
    /** No byte moves on any connection that is there; when the run gives one up or some seconds later, all are reset. New ones can be made. */
    STALL,
    /** The run is told that the connection is closed, the server is not: the session and its locks are there for a while. */
    HALF_CLOSE;

    /** Whether the process that runs is another one than that which strikes. */
    boolean needsAProcess() {
        return this == KILL;
    }
}
