package dev.belay.recipes;

// tag::imports[]
import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.testrun.RestoredCopy;
import dev.belay.postgres.validation.ForeignKeys;
import dev.belay.postgres.validation.Rows;
import dev.belay.postgres.validation.Tables;
import dev.belay.report.MigrationReport;
import dev.belay.revision.Revisions;
import dev.belay.rollback.RollbackStrategy;
import java.nio.file.Path;
import java.time.Duration;
// end::imports[]

/** The plan of an application, as the README and the tutorial show it. */
public final class Startup {
    private Startup() {}

    /** The least that is needed: everything else is the default of production. */
    // tag::short[]
    public static MigrationReport upgrade(String url) {
        return MigrationPlan.builder()
                .database(PostgresDatabase.at(url))
                .revisions(Revisions.onClasspath("db/revisions"))
                .build()
                .upgrade();
    }
    // end::short[]

    /** The same, with what the defaults would choose written out, and validators of the application. */
    public static MigrationPlan plan(String url, Path directory) {
        // tag::plan[]
        MigrationPlan plan = MigrationPlan.builder()
                .database(PostgresDatabase.at(url))
                .revisions(Revisions.onClasspath("db/revisions"))
                .environment(Environment.PRODUCTION)
                .backup(PgDump.into(directory.resolve("backups")).keepFor(Duration.ofDays(30)))
                .testRun(RestoredCopy.ofTheBackup())
                .validate(ForeignKeys.hold(), Tables.exist("employees"), Rows.unchangedIn("employees"))
                .rollback(RollbackStrategy.downgrade().orElse(RollbackStrategy.restore()))
                .timeout(Duration.ofMinutes(5))
                .reports(directory.resolve("reports"))
                .build();
        // end::plan[]
        return plan;
    }
}
