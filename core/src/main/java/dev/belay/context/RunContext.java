package dev.belay.context;

/**
 * What every strategy is passed: the run that it works for.
 *
 * <p>Thread-safe: a strategy may hand it to threads of its own.
 *
 * @since 0.1
 */
public interface RunContext {
    /** The run's id: names scratch databases, backups and reports. */
    String runId();

    /** Ask it before each piece of work, and register with it whatever blocks. */
    Cancellation cancellation();

    /**
     * Tells the listeners how far a piece of work is.
     *
     * @param activity what is done, for instance {@code "pg_dump"}; without names of rows or literals
     * @param done how much is done, in {@code unit}
     * @param total how much there is, in {@code unit}; 0 where that is not known
     * @param unit for instance {@code "bytes"} or {@code "blocks"}
     */
    void progress(String activity, long done, long total, String unit);

    /** Puts a sentence for the reader into the log and the report; without passwords, row values and literals. */
    void note(String message);
}
