package dev.belay.cli;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupContext;
import dev.belay.backup.ProofLevel;
import dev.belay.context.Cancellation;
import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import dev.belay.postgres.backup.PgDump;
import dev.belay.testrun.TestCopy;
import dev.belay.testrun.TestRunContext;
import dev.belay.testrun.TestRunFailedException;
import dev.belay.testrun.TestRunStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A copy for the test run where the backup is skipped: dumped for it alone, and thrown away at once. */
final class DumpedCopy implements TestRunStrategy {
    @Override
    public TestCopy copy(TestRunContext context) {
        try {
            Path directory = Files.createTempDirectory("belay-test-run-");
            try {
                return restored(PgDump.into(directory), context);
            } finally {
                delete(directory);
            }
        } catch (IOException | SQLException e) {
            throw new TestRunFailedException(
                    "No copy of " + context.database().name() + " could be made for the test run. Nothing was changed.",
                    e);
        }
    }

    private static TestCopy restored(PgDump dump, TestRunContext context) throws SQLException {
        Backup taken = dump.take(new ForTheCopy(context));
        Database scratch = context.copies().create(context.database(), "test", context);
        try {
            dump.restore(taken, scratch, context);
        } catch (RuntimeException e) {
            context.copies().drop(scratch);
            throw e;
        }
        return new TestCopy(scratch, describeCopy(), () -> context.copies().drop(scratch));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String describeCopy() {
        return "a copy dumped for the test run alone";
    }

    @Override
    public String describe() {
        return describeCopy();
    }

    /** What pg_dump is passed; nothing is recorded of a dump that is thrown away. */
    private record ForTheCopy(TestRunContext run) implements BackupContext {
        @Override
        public Database database() {
            return run.database();
        }

        @Override
        public EngineState state() {
            return new EngineState(List.of(), Optional.empty());
        }

        @Override
        public ProofLevel requestedProof() {
            return ProofLevel.NONE;
        }

        @Override
        public String runId() {
            return run.runId();
        }

        @Override
        public Cancellation cancellation() {
            return run.cancellation();
        }

        @Override
        public void progress(String activity, long done, long total, String unit) {
            run.progress(activity, done, total, unit);
        }

        @Override
        public void note(String message) {
            run.note(message);
        }
    }
}
