package dev.belay.cli;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.database.Database;
import dev.belay.postgres.backup.PgDump;
import dev.belay.testrun.TestCopy;
import dev.belay.testrun.TestRunContext;
import dev.belay.testrun.TestRunFailedException;
import dev.belay.testrun.TestRunStrategy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** A copy for the test run where the backup is skipped: dumped for it alone, and thrown away at once. */
final class DumpedCopy implements TestRunStrategy {
    @Override
    public TestCopy copy(TestRunContext context) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (ScratchFolder folder = ScratchFolder.in(temporary)) {
            return restored(PgDump.into(folder.path()), context);
        } catch (IOException | SQLException e) {
            throw new TestRunFailedException(
                    "No copy of " + context.database().location() + " could be made for the test run: "
                            + e.getMessage() + ". Nothing was changed. Correct that (the dump goes through " + temporary
                            + "), or leave the test run out: --skip-test REASON.",
                    e);
        }
    }

    private static TestCopy restored(PgDump dump, TestRunContext context) throws SQLException {
        Backup taken = dump.take(BackupContext.throwaway(context, context.database()));
        Database scratch = context.copies().create(context.database(), "test", context);
        try {
            dump.restore(taken, scratch, context);
        } catch (RuntimeException e) {
            context.copies().drop(scratch);
            throw e;
        }
        return new TestCopy(scratch, describeCopy(), () -> context.copies().drop(scratch));
    }

    private static String describeCopy() {
        return "a copy dumped for the test run alone";
    }

    @Override
    public String describe() {
        return describeCopy();
    }
}
