package dev.belay.postgres.testrun;

import dev.belay.testrun.TestCopy;
import dev.belay.testrun.TestRunContext;
import dev.belay.testrun.TestRunStrategy;

/**
 * Tries the change on the backup, restored into a database of its own beside the original; the default. Where the backup's
 * proof has restored it already, that database is used, so that it costs nothing more.
 *
 * <p>Needs the right to create databases, and room on the server for a second one of this size; leaves nothing behind. The
 * original is not touched and not locked. Thread-safe.
 *
 * @since 0.1
 */
public final class RestoredCopy implements TestRunStrategy {
    private RestoredCopy() {}

    /** On the backup of this run. */
    public static RestoredCopy ofTheBackup() {
        return new RestoredCopy();
    }

    @Override
    public TestCopy copy(TestRunContext context) {
        return context.restoredBackup();
    }

    @Override
    public String describe() {
        return "the restored backup";
    }

    @Override
    public String toString() {
        return describe();
    }
}
