package dev.belay.postgres.revision;

/** Is told when a session waits for the server and when it got its answer. */
public interface Busy {
    /** A statement is on its way. */
    void begin(Place place);

    /** It has come back. */
    void end();
}
