package dev.belay.carryover;

import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.revision.Revisions;
import dev.belay.rollback.RollbackStrategy;
import dev.belay.testkit.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Logger;

/** A run in a JVM of its own, to be killed. */
final class KilledRun {
    private KilledRun() {}

    static MigrationPlanBuilder plan(String url, Path directory) {
        return MigrationPlan.builder()
                .database(PostgresDatabase.at(url))
                .revisions(Revisions.in(directory.resolve("revisions")))
                .reports(directory.resolve("reports"))
                .backup(PgDump.into(directory.resolve("backups")))
                .skipTestRun("it is not what is tested")
                .validateAfterCommit()
                .rollback(RollbackStrategy.restore())
                .carryOverWrites();
    }

    static Process start(PostgresServer server, String database, Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx160m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRun.class.getName(),
                        directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("killed.log").toFile());
        builder.environment().put("DATABASE_URL", server.libpqUrl(database));
        builder.environment().put("PGPASSWORD", server.password());
        return builder.start();
    }

    /** What the child does: a change that is found wrong once it is committed. */
    public static void main(String[] arguments) {
        MigrationPlan plan = plan(System.getenv("DATABASE_URL"), Path.of(arguments[0]))
                .validate(Clinic.displeased(() -> {}))
                .build();
        try {
            plan.upgrade();
        } catch (MigrationFailedException e) {
            Logger.getLogger(KilledRun.class.getName()).info(e.report().toText());
        }
    }
}
