package dev.belay.guides;

import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.alembic.Alembic;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.validation.ForeignKeys;
import dev.belay.postgres.validation.Health;
import dev.belay.postgres.validation.Query;
import dev.belay.postgres.validation.Tables;
import dev.belay.report.MigrationReport;
import dev.belay.revision.Target;
import dev.belay.rollback.RollbackResult;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Guide 001: the production script's commands (dry run, upgrade, validate, downgrade) and its decision tree. */
final class ProductionScript implements Guide {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final Path project;

    ProductionScript(Path projects) {
        this.project = projects.resolve("001-production-script");
    }

    @Override
    public String title() {
        return "001: a script's commands, and an application that is down after the upgrade";
    }

    @Override
    public Ending run(Practice practice) throws Exception {
        practice.begin(Alembic.in(project), "1f0000000001", """
                INSERT INTO workspaces SELECT i, 'workspace ' || i FROM generate_series(1, 20) i;
                INSERT INTO users SELECT i, 1 + i % 20, 'user' || i || '@example.com' FROM generate_series(1, 100) i;
                INSERT INTO clients SELECT i, 1 + i % 20, 'client' || i || '@example.com' FROM generate_series(1, 3000) i
                """);
        try (Application application = Application.start()) {
            URI health = application.health();
            MigrationPlan plan = plan(practice, Alembic.in(project), health);
            if (!plan.dryRun().contains("CREATE TABLE appointments")) {
                throw new IllegalStateException("the dry run shows no SQL");
            }
            MigrationReport upgrade = plan.upgrade();
            if (!plan.validate().isEmpty()) {
                throw new IllegalStateException("the database is not as the plan's checks want it");
            }
            application.isWell(false);
            MigrationPlan next = plan(practice, Alembic.configuredBy(project.resolve("next.ini")), health);
            MigrationReport failure = Guide.reportOf(next::upgrade);
            application.isWell(true);
            MigrationReport downgrade = plan.downgrade(Target.of("-1"));
            RollbackResult restore = Guide.restoreFirst(plan);
            return new Ending(upgrade, failure, downgrade, restore);
        }
    }

    private static MigrationPlan plan(Practice practice, Alembic revisions, URI health) {
        return MigrationPlan.builder()
                .database(PostgresDatabase.at(practice.url()))
                .revisions(revisions)
                .backup(PgDump.into(practice.backups()))
                .reports(practice.reports())
                .validate(
                        Tables.exist("workspaces", "users", "clients"),
                        ForeignKeys.hold(),
                        Query.isTrue("SELECT count(*) > 0 FROM users"),
                        Health.answers(health, AT_ONCE, AT_ONCE))
                .build();
    }
}
