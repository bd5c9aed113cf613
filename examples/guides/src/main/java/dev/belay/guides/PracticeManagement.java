package dev.belay.guides;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.alembic.Alembic;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.validation.ForeignKeys;
import dev.belay.postgres.validation.Tables;
import dev.belay.report.MigrationReport;
import dev.belay.revision.Target;
import dev.belay.rollback.RollbackResult;
import java.nio.file.Path;

/** Guide 000: Alembic with two branches and the revision that merges them. */
final class PracticeManagement implements Guide {
    private final Path project;

    PracticeManagement(Path projects) {
        this.project = projects.resolve("000-practice-management");
    }

    @Override
    public String title() {
        return "000: a practice's database, two branches of revisions and their merge";
    }

    @Override
    public Ending run(Practice practice) throws Exception {
        practice.begin(Alembic.in(project), "4d0f6a1c2b3e", """
                INSERT INTO clients (id, name, notes) SELECT i, 'client ' || i, nullif(i % 7, 0)::text FROM generate_series(1, 2000) i;
                INSERT INTO sessions SELECT i, 1 + i % 2000, now() FROM generate_series(1, 5000) i
                """);
        String url = practice.url();
        Path backups = practice.backups();
        // tag::alembic[]
        MigrationPlan plan = MigrationPlan.builder()
                .database(PostgresDatabase.at(url))
                .revisions(Alembic.in(project))
                .environment(Environment.PRODUCTION)
                .backup(PgDump.into(backups))
                .validate(Tables.exist("clients", "sessions", "audit_log"), ForeignKeys.hold())
                .build();
        MigrationReport upgrade = plan.upgrade();
        // end::alembic[]
        MigrationReport failure = Guide.reportOf(next(practice).build()::upgrade);
        MigrationReport downgrade = staging(practice).downgrade(Target.revision("c8c1872a99cf"));
        RollbackResult restore = Guide.restoreFirst(plan);
        return new Ending(upgrade, failure, downgrade, restore);
    }

    /** One revision more, for which some rows aren't ready: found on the copy. */
    private MigrationPlanBuilder next(Practice practice) {
        return MigrationPlan.builder()
                .database(PostgresDatabase.at(practice.url()))
                .revisions(Alembic.configuredBy(project.resolve("next.ini")))
                .backup(PgDump.into(practice.backups()));
    }

    private MigrationPlan staging(Practice practice) {
        return MigrationPlan.builder()
                .database(PostgresDatabase.at(practice.url()))
                .revisions(Alembic.in(project))
                .environment(Environment.STAGING)
                .backup(PgDump.into(practice.backups()))
                .build();
    }
}
