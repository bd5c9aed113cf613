package dev.belay.recipes;

import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.liquibase.LiquibaseChangelog;
import java.nio.file.Path;

/** Changesets that Liquibase runs. */
public final class LiquibaseChangelogs {
    private LiquibaseChangelogs() {}

    /** A plan for a changelog. */
    public static MigrationPlan plan(String url, Path resources, Path backups) {
        // tag::liquibase[]
        MigrationPlan plan = MigrationPlan.builder()
                .database(PostgresDatabase.at(url))
                .revisions(LiquibaseChangelog.in(resources, "db/changelog/db.changelog-master.yaml")
                        .contexts("production"))
                .backup(PgDump.into(backups))
                .build();
        // end::liquibase[]
        return plan;
    }
}
