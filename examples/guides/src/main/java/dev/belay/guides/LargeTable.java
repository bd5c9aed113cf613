package dev.belay.guides;

import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.alembic.Alembic;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.validation.Indexes;
import dev.belay.postgres.validation.Query;
import dev.belay.report.MigrationReport;
import dev.belay.revision.Target;
import dev.belay.rollback.RollbackResult;
import java.nio.file.Path;

/**
 * Guide 002: the four phases of a change to a large table. The guide's own last phase brings back an empty column on the way
 * down: the test run says so.
 */
final class LargeTable implements Guide {
    private final Path project;

    LargeTable(Path projects) {
        this.project = projects.resolve("002-strategy");
    }

    @Override
    public String title() {
        return "002: a large table in four phases, the last of which has no way back";
    }

    @Override
    public Ending run(Practice practice) throws Exception {
        practice.begin(Alembic.in(project), "2d0000000001", """
                INSERT INTO patients SELECT i, '030 ' || lpad(i::text, 6, '0') FROM generate_series(1, 10000) i
                """);
        MigrationPlan plan = plan(practice, Alembic.in(project));
        MigrationReport upgrade = plan.upgrade();
        MigrationPlan cleanup = plan(practice, Alembic.configuredBy(project.resolve("next.ini")));
        MigrationReport failure = Guide.reportOf(cleanup::upgrade);
        MigrationReport downgrade = plan.downgrade(Target.of("-2"));
        RollbackResult restore = Guide.restoreFirst(plan);
        return new Ending(upgrade, failure, downgrade, restore);
    }

    private static MigrationPlan plan(Practice practice, Alembic revisions) {
        return MigrationPlan.builder()
                .database(PostgresDatabase.at(practice.url()))
                .revisions(revisions)
                .backup(PgDump.into(practice.backups()))
                .validate(Indexes.areValid(), Query.isTrue("SELECT count(*) = 10000 FROM patients"))
                .build();
    }
}
