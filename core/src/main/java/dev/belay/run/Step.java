package dev.belay.run;

/** The steps of a run, in their order, and what can be asked for alone. @since 0.1 */
public enum Step {
    /** What an earlier run left behind is finished or undone; only where there is something. */
    RECOVERY("recovery"),
    /** Everything that can be known before anything is done. */
    PREFLIGHT("preflight"),
    /** The backup is taken. */
    BACKUP("backup"),
    /** The backup is proven. */
    PROOF("proof"),
    /** The change is tried on a copy. */
    TEST_RUN("test-run"),
    /** The change is applied. */
    APPLY("apply"),
    /** The changed database is validated. */
    VALIDATE("validate"),
    /** The change is undone: by the downgrades, or by restoring the backup of this run. */
    ROLLBACK("rollback"),
    /** A chosen backup is restored on request; no step of an upgrade or a downgrade. */
    RESTORE("restore");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    /** The name in reports and events. */
    public String label() {
        return label;
    }
}
