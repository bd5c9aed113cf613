package dev.belay.guides;

import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.alembic.Alembic;
import dev.belay.postgres.backup.PgDump;
import dev.belay.report.MigrationReport;
import dev.belay.revision.Target;
import dev.belay.rollback.RollbackResult;
import java.nio.file.Path;

/** Guide 003: a migration of data written in Python, and the restore. */
final class BackupAndRestore implements Guide {
    private final Path project;

    BackupAndRestore(Path projects) {
        this.project = projects.resolve("003-backup-and-restore");
    }

    @Override
    public String title() {
        return "003: names are split by Python, and a revision fails in production";
    }

    @Override
    public Ending run(Practice practice) throws Exception {
        practice.begin(Alembic.in(project), "3e0000000001", """
                INSERT INTO employees SELECT i, 'First' || i || ' Last' || i, i || '@example.com' FROM generate_series(1, 1000) i
                """);
        MigrationPlan plan = plan(practice, Alembic.in(project)).build();
        MigrationReport upgrade = plan.upgrade();
        MigrationReport failure = Guide.reportOf(plan(practice, Alembic.configuredBy(project.resolve("next.ini")))
                .skipTestRun("shown: what the test run would have found happens in production")
                .build()::upgrade);
        MigrationReport downgrade = plan.downgrade(Target.of("-1"));
        RollbackResult restore = Guide.restoreFirst(plan);
        return new Ending(upgrade, failure, downgrade, restore);
    }

    private static MigrationPlanBuilder plan(Practice practice, Alembic revisions) {
        return MigrationPlan.builder()
                .database(PostgresDatabase.at(practice.url()))
                .revisions(revisions)
                .backup(PgDump.into(practice.backups()));
    }
}
