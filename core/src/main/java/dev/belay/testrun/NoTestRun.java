package dev.belay.testrun;

/**
 * The change is not tried before.
 *
 * @param reason why, for the report and the audit trail
 * @since 0.1
 */
public record NoTestRun(String reason) implements TestRunStrategy {
    /** Checks that a reason is given. */
    public NoTestRun {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("skipping the test run needs a reason");
        }
    }

    @Override
    public TestCopy copy(TestRunContext context) {
        throw new TestRunFailedException("There is no test run: " + reason);
    }

    @Override
    public String describe() {
        return "no test run (" + reason + ")";
    }
}
