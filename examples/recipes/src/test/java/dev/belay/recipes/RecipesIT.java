package dev.belay.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.prove.RevisionProof;
import dev.belay.report.Outcome;
import dev.belay.revision.Revisions;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every recipe of the documentation does what is said there. */
class RecipesIT {
    private final PostgresServer server = PostgresServers.shared();
    private final String name = server.createUniqueDatabase("recipes");

    @TempDir
    Path directory;

    @AfterEach
    void drop() {
        server.dropDatabase(name);
    }

    private PostgresDatabase database() {
        return PostgresDatabase.at(server.libpqUrl(name));
    }

    private MigrationPlanBuilder development() {
        return MigrationPlan.builder()
                .database(database())
                .revisions(Revisions.onClasspath("db/revisions"))
                .environment(Environment.DEVELOPMENT);
    }

    @Test
    void aStartSaysWhenItIsReady() {
        BootSafe application = new BootSafe();
        MigrationPlan plan = Startup.plan(server.libpqUrl(name), directory);
        development().build().upgrade(Target.revision("1b77e000"));
        assertThat(application.readiness()).isEqualTo(503);
        assertThat(application.start(plan).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(application.readiness()).isEqualTo(200);
    }

    @Test
    void thePlanOfAnApplicationUpgrades() {
        MigrationPlan plan = Startup.plan(server.libpqUrl(name), directory);
        development().build().upgrade(Target.revision("1b77e000"));
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(plan.toString()).contains("pg_dump").doesNotContain("password");
        assertThat(plan.status().pending()).isEmpty();
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(plan.validate()).isEmpty();
        assertThat(plan.backups()).hasSize(1);
    }

    @Test
    void migrationsOfDbmateAreTakenOver() throws Exception {
        Path migrations = Files.createDirectory(directory.resolve("migrations"));
        Files.writeString(
                migrations.resolve("20260101000000_rooms.sql"),
                "-- migrate:up\nCREATE TABLE rooms (id int PRIMARY KEY);\n-- migrate:down\nDROP TABLE rooms;\n");
        MigrationPlan plan = OtherTools.plan(server.libpqUrl(name), migrations, directory.resolve("backups"));
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(plan.status().applied()).hasSize(1);
        assertThat(plan.downgrade(Target.base()).outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void liquibaseRunsItsChangesets() throws Exception {
        Path changelog = Files.createDirectories(directory.resolve("db/changelog"));
        Files.writeString(changelog.resolve("db.changelog-master.yaml"), """
                databaseChangeLog:
                  - changeSet:
                      id: rooms
                      author: ann
                      changes:
                        - sql: CREATE TABLE rooms (id int PRIMARY KEY)
                      rollback: DROP TABLE rooms
                """);
        MigrationPlan plan = LiquibaseChangelogs.plan(server.libpqUrl(name), directory, directory.resolve("backups"));
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(plan.downgrade(Target.base()).outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void schemasAreComparedAndRevisionsProven() throws Exception {
        assertThat(Proving.allSound(server.libpqUrl(name), System.out)).isTrue();
        development().build().upgrade();
        Path file = directory.resolve("schema.json");
        Proving.keep(server.libpqUrl(name), file);
        assertThat(Proving.between(server.libpqUrl(name), server.libpqUrl(name)))
                .isEmpty();
        assertThat(Proving.plan(server.libpqUrl(name), file).validate()).isEmpty();
        try (var connection = database().connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE employees ALTER COLUMN name DROP NOT NULL");
        }
        assertThat(Proving.plan(server.libpqUrl(name), file).validate())
                .singleElement()
                .asString()
                .contains("public.employees.name")
                .contains("not null");
    }

    @Test
    void aToolListensAndReports() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MigrationPlan plan = Tooling.telling(development(), new PrintStream(out, true, StandardCharsets.UTF_8))
                .build();
        assertThat(Tooling.oneStep(plan)).contains("\"outcome\": \"applied\"").contains("1b77e000");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("apply ...");
        plan.upgrade();
        assertThat(Tooling.sqlBackTo(plan, "1b77e000"))
                .contains("DROP COLUMN qualifications")
                .contains("DROP INDEX CONCURRENTLY");
    }

    @Test
    void aRevisionInJavaRuns() throws Exception {
        development().build().upgrade();
        try (var connection = database().connect();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO employees (name) VALUES ('Ada')");
            MigrationPlan.builder()
                    .database(database())
                    .revisions(JavaRevision.revisions())
                    .environment(Environment.DEVELOPMENT)
                    .build()
                    .upgrade();
            try (var rows = statement.executeQuery("SELECT name FROM employees")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("ada");
            }
        }
    }

    @Test
    void whatADowngradeDropsComesBack() throws Exception {
        development().build().upgrade(Target.revision("4f2a9c01"));
        MigrationPlan plan = Lossless.plan(server.libpqUrl(name), directory.resolve("backups"));
        try (var connection = database().connect();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO employees (name, qualifications) VALUES ('Ada', '{midwife}')");
            plan.downgrade(Target.of("-1"));
            plan.upgrade(Target.of("+1"));
            try (var rows = statement.executeQuery("SELECT qualifications FROM employees")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("{midwife}");
            }
        }
        assertThat(Lossless.prove(server.libpqUrl(name))).hasSize(3).allMatch(RevisionProof::isSound);
    }

    @Test
    void whatWentUpComesDownAndGoesUpAgain() {
        // tag::test[]
        MigrationPlan plan = development().build();
        plan.upgrade();
        plan.downgrade(Target.base());
        assertThat(plan.status().applied()).isEmpty();
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        // end::test[]
    }
}
