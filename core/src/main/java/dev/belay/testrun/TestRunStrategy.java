package dev.belay.testrun;

/**
 * Provides the copy on which the change is tried. Belay then runs the revisions on it, validates it, takes it down and up
 * again, and compares. Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface TestRunStrategy {
    /**
     * Makes the copy.
     *
     * @throws dev.belay.BelayException when no copy can be had
     */
    TestCopy copy(TestRunContext context);

    /** One line for reports; the default is the class's simple name. */
    default String describe() {
        return getClass().getSimpleName();
    }

    /** No test run, for a reason that the report and the audit trail show. */
    static TestRunStrategy none(String reason) {
        return new NoTestRun(reason);
    }
}
