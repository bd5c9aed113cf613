package dev.belay.recipes;

import dev.belay.MigrationPlan;
import dev.belay.layout.Layouts;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.command.CommandLineTool;
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

    /** A plan whose migrations any tool runs by its command. */
    public static MigrationPlan anyTool(String url, Path directory, Path backups) {
        // tag::command[]
        CommandLineTool knex = CommandLineTool.named("knex", directory)
                .revisionsInFiles(Path.of("migrations"), "(\\d+_\\w+\\.js)")
                .applied("knex_migrations", "SELECT name FROM knex_migrations ORDER BY id")
                .upgrade("npx", "knex", "migrate:up", "{revision}")
                .downgrade("npx", "knex", "migrate:down", "{revision}")
                .check("npx", "knex", "migrate:list")
                .build();
        MigrationPlan plan = MigrationPlan.builder()
                .database(PostgresDatabase.at(url))
                .revisions(knex)
                .backup(PgDump.into(backups))
                .build();
        // end::command[]
        return plan;
    }
}
