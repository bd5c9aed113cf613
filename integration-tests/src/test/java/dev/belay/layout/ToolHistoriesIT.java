package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.Rows;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.report.Outcome;
import dev.belay.revision.Direction;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the histories of other tools refuse, and the locks that are shared with the tools. */
class ToolHistoriesIT {
    private static final PostgresServer SERVER = PostgresServers.shared();

    @TempDir
    Path directory;

    private String name;
    private PostgresDatabase database;

    @BeforeEach
    void create() {
        name = SERVER.createUniqueDatabase("histories");
        database = PostgresDatabase.at(SERVER.libpqUrl(name));
    }

    @AfterEach
    void drop() {
        SERVER.dropDatabase(name);
    }

    private MigrationPlan plan(Layout layout) {
        return MigrationPlan.builder()
                .database(database)
                .revisions(Layouts.in(directory, layout))
                .environment(Environment.DEVELOPMENT)
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"golang-migrate", "sqlx", "node-pg-migrate", "prisma", "atlas", "sqitch"})
    void waitsForTheLockOfTheTool(String layoutName) throws Exception {
        Layout layout = Layouts.named(layoutName).orElseThrow();
        Tool.of(layout).write(directory);
        CompletableFuture<Outcome> run;
        try (Connection tools = SERVER.connect(name);
                Statement statement = tools.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + lock(layoutName) + ")");
            run = CompletableFuture.supplyAsync(() -> plan(layout).upgrade().outcome());
            while (rows("SELECT 1 FROM pg_stat_activity WHERE datname = '" + name
                            + "' AND query LIKE '%pg_try_advisory_lock(" + lock(layoutName)
                            + ")%' AND pid <> pg_backend_pid()")
                    .isEmpty()) {
                Thread.sleep(20);
            }
            assertThat(run).isNotDone();
            assertThat(rows("SELECT to_regclass('patients') IS NULL")).containsExactly("t");
        }
        assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(Outcome.APPLIED);
        assertThat(rows("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                        + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .containsExactly("0");
    }

    /** The keys are those of the tools' own code for this database. */
    private long lock(String layout) {
        CRC32 crc = new CRC32();
        return switch (layout) {
            case "golang-migrate" -> {
                crc.update(("public\0schema_migrations\0" + name).getBytes(StandardCharsets.UTF_8));
                yield (crc.getValue() * 1_486_364_155L) & 0xffff_ffffL;
            }
            case "sqlx" -> {
                crc.update(name.getBytes(StandardCharsets.UTF_8));
                yield 0x3d32ad9eL * crc.getValue();
            }
            case "sqitch" -> 75_474_063L;
            case "prisma" -> 72_707_369L;
            case "atlas" -> 2_686_470_616L; // fnv.New32 of atlas_migrate_execute
            default -> 7_241_865_325_823_964L;
        };
    }

    @Test
    void refusesWhatFailedUnderPrismaUntilItIsResolved() throws Exception {
        Tool.of(Layouts.PRISMA).write(directory);
        plan(Layouts.PRISMA).upgrade(Target.of("+1"));
        rows("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '20260101000002_step')");

        assertThat(plan(Layouts.PRISMA).status().failed().orElseThrow())
                .contains("version 20260101000002_step was begun and failed");
        assertThatThrownBy(() -> plan(Layouts.PRISMA).dryRun(Direction.UP, Target.head(), new StringBuilder()))
                .hasMessageContaining("prisma migrate resolve --rolled-back 20260101000002_step");
        rows("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = 'x'");
        assertThat(plan(Layouts.PRISMA).upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rows("SELECT count(*) FROM _prisma_migrations")).containsExactly("4");
    }

    @Test
    void takesOtherEndsOfLinesAndMissingZerosAsPrismaDoesAndNoOtherChange() throws Exception {
        Tool.of(Layouts.PRISMA).write(directory);
        plan(Layouts.PRISMA).upgrade();
        Path file = directory.resolve("20260101000001_step").resolve("migration.sql");
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\r\n", "\n"));
        rows("""
                UPDATE _prisma_migrations SET checksum = (
                    SELECT string_agg(regexp_replace(substr(checksum, i, 2), '^0', ''), '' ORDER BY i)
                    FROM generate_series(1, 63, 2) i)""");

        assertThat(plan(Layouts.PRISMA).upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
        Files.writeString(file, text + " ");
        assertThatThrownBy(() -> plan(Layouts.PRISMA).upgrade())
                .hasMessageContaining("Revision 20260101000001_step was changed after it was applied");
    }

    @Test
    void runsAScriptThatIsOneTransactionInItsOwn() throws Exception {
        Path own = Files.createDirectory(directory.resolve("20260101000001_own"));
        Files.writeString(own.resolve("migration.sql"), "-- own\nBEGIN;\nCREATE TABLE a (id int);\nCOMMIT;\n");

        assertThat(plan(Layouts.PRISMA).upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rows("SELECT count(*) FROM _prisma_migrations")).containsExactly("1");
        for (String text : List.of(
                "BEGIN;\nSELECT 1;",
                "BEGIN;\nSELECT 1;\nCOMMIT;\nSELECT 2;",
                "SELECT 1;\nCOMMIT;",
                "BEGIN;\nSELECT 1;\nROLLBACK;",
                "BEGIN;\nCOMMIT;\nBEGIN;\nCOMMIT;")) {
            Path more = Files.createDirectories(directory.resolve("20260101000002_more"));
            Files.writeString(more.resolve("migration.sql"), text);
            assertThatThrownBy(() -> plan(Layouts.PRISMA).upgrade())
                    .hasMessageContaining("refused before anything ran")
                    .hasMessageContaining("migration.sql:")
                    .hasMessageContaining("Belay begins and ends the transaction itself");
        }
        assertThat(rows("SELECT count(*) FROM _prisma_migrations")).containsExactly("1");
    }

    @Test
    void runsNothingBeforeABaselineOfAtlas() throws Exception {
        Tool.of(Layouts.ATLAS).write(directory);
        plan(Layouts.ATLAS).upgrade(Target.of("+2"));
        rows("DELETE FROM atlas_schema_revisions WHERE version = '20260101000001'");
        rows("UPDATE atlas_schema_revisions SET type = 1, applied = 0, total = 0");

        assertThat(plan(Layouts.ATLAS).status().applied()).hasSize(2);
        assertThat(plan(Layouts.ATLAS).upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rows("SELECT version FROM atlas_schema_revisions ORDER BY version"))
                .containsExactly("20260101000002", "20260101000003");
    }

    @Test
    void refusesAMigrationOfAtlasBetweenAppliedOnes() throws Exception {
        Tool.of(Layouts.ATLAS).write(directory);
        plan(Layouts.ATLAS).upgrade(Target.of("+2"));
        Files.writeString(directory.resolve("202601010000011_x.sql"), "SELECT 1;");
        Checksums.writeAtlasSum(directory);

        assertThatThrownBy(() -> plan(Layouts.ATLAS).upgrade())
                .hasMessageContaining("Migration 202601010000011 was not applied")
                .hasMessageContaining("Atlas refuses to run");
    }

    @Test
    void refusesWhatIsForPsqlBeforeAnythingIsTouched() throws Exception {
        Path own = Files.createDirectory(directory.resolve("20260101000001_own"));
        Files.writeString(own.resolve("migration.sql"), "SELECT 1;\n\\i other.sql\n");

        assertThatThrownBy(() -> plan(Layouts.PRISMA).upgrade())
                .isInstanceOf(MalformedRevisionException.class)
                .hasMessageContaining("migration.sql:2: ");
        assertThat(rows("SELECT to_regclass('_prisma_migrations') IS NULL AND to_regnamespace('belay') IS NULL"))
                .containsExactly("t");
    }

    @Test
    void refusesAFileOfSqlxThatWasChanged() throws Exception {
        Tool.of(Layouts.SQLX).write(directory);
        plan(Layouts.SQLX).upgrade(Target.of("+1"));
        Path file = directory.resolve("0001_the_first-step.up.sql");
        Files.writeString(file, Files.readString(file) + "\n-- a comment counts");

        assertThatThrownBy(() -> plan(Layouts.SQLX).upgrade())
                .hasMessageContaining("Revision 1 was changed after it was applied")
                .hasMessageContaining("0001_the_first-step.up.sql");
        assertThat(rows("SELECT version FROM _sqlx_migrations")).containsExactly("1");
    }

    @Test
    void refusesAMigrationOfNodePgMigrateBeforeAnAppliedOne() throws Exception {
        Files.writeString(directory.resolve("2_b.sql"), "CREATE TABLE b (id int PRIMARY KEY);");
        plan(Layouts.NODE_PG_MIGRATE).upgrade();
        Files.writeString(directory.resolve("1_a.sql"), "CREATE TABLE a (id int PRIMARY KEY);");

        assertThatThrownBy(() -> plan(Layouts.NODE_PG_MIGRATE).upgrade())
                .hasMessageContaining("Migration 1_a was not applied, and the history has 2_b in its place")
                .hasMessageContaining("Nothing was changed");
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = SERVER.connect(name)) {
            return Rows.of(connection, sql);
        }
    }
}
