package dev.belay.report;

/** How a run ended. @since 0.1 */
public enum Outcome {
    /** There was nothing to do. */
    UP_TO_DATE("up-to-date"),
    /** The change is in. */
    APPLIED("applied"),
    /** The change failed; a transaction or the downgrades took it back. */
    ROLLED_BACK("rolled-back"),
    /** The change failed; the backup was restored and swapped in. */
    RESTORED("restored"),
    /** The run stopped before anything was changed. */
    REFUSED("refused"),
    /** The change failed and couldn't be taken back: the database needs a person. */
    FAILED("failed");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** The name in reports. */
    public String label() {
        return label;
    }
}
