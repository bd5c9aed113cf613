package dev.belay.database;

/** Held while a run works on a database; one at a time. Closing gives it back. @since 0.1 */
public interface RunLock extends AutoCloseable {
    /** Goes on, or throws when the lock was lost, for instance because its connection was cut. */
    void check();

    @Override
    void close();
}
