package dev.belay.recipes;

import dev.belay.MigrationPlan;
import dev.belay.layout.Layouts;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.flyway.FlywayEngine;
import java.nio.file.Path;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Migrations that another tool has applied so far. */
public final class OtherTools {
    private OtherTools() {}

    /** A plan for a directory of dbmate. */
    public static MigrationPlan plan(String url, Path directory, Path backups) {
        // tag::dbmate[]
        MigrationPlan plan = MigrationPlan.builder()
                .database(PostgresDatabase.at(url))
                .revisions(Layouts.in(directory, Layouts.DBMATE))
                .backup(PgDump.into(backups))
                .build();
        // end::dbmate[]
        return plan;
    }

    /** A plan whose migrations Flyway runs itself. */
    public static MigrationPlan plan(String url, FluentConfiguration configuration, Path backups) {
        // tag::flyway[]
        MigrationPlan plan = MigrationPlan.builder()
                .database(PostgresDatabase.at(url))
                .engine(FlywayEngine.of(configuration))
                .backup(PgDump.into(backups))
                .build();
        // end::flyway[]
        return plan;
    }
}
