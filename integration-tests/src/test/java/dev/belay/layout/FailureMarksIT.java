package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.Rows;
import dev.belay.engine.UnsettledHistoryException;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.validation.Heads;
import dev.belay.report.Outcome;
import dev.belay.revision.Direction;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import dev.belay.validation.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a tool marked as failed is told apart by the schema, and its mark goes when the schema proves what is there. */
class FailureMarksIT {
    private static final PostgresServer SERVER = PostgresServers.shared();

    @TempDir
    Path directory;

    private String name;

    /** How a tool lays out its files, and marks the second migration as failed. */
    enum Tool {
        GOLANG("golang-migrate", "UPDATE schema_migrations SET dirty = true"),
        SQLX("sqlx", "UPDATE _sqlx_migrations SET success = false WHERE version = 2"),
        PRISMA(
                "prisma",
                "UPDATE _prisma_migrations SET finished_at = NULL, logs = 'boom', applied_steps_count = 0"
                        + " WHERE migration_name = '2_b'"),
        ATLAS(
                "atlas",
                "UPDATE atlas_schema_revisions SET applied = 1, error = 'boom', error_stmt = 'CREATE' WHERE version = '2'"),
        FLYWAY("flyway", "UPDATE flyway_schema_history SET success = false WHERE version = '2'");

        private final String layout;
        private final String mark;

        Tool(String layout, String mark) {
            this.layout = layout;
            this.mark = mark;
        }

        void write(Path directory, int version, String letter, String up, String down) throws IOException {
            String name = version + "_" + letter;
            switch (this) {
                case PRISMA -> {
                    Path own = Files.createDirectory(directory.resolve(name));
                    Files.writeString(own.resolve("migration.sql"), up);
                    Files.writeString(own.resolve("down.sql"), down);
                }
                case ATLAS -> {
                    Files.writeString(directory.resolve(name + ".sql"), up);
                    Checksums.writeAtlasSum(directory);
                }
                case FLYWAY -> Files.writeString(directory.resolve("V" + version + "__" + letter + ".sql"), up);
                default -> {
                    Files.writeString(directory.resolve(name + ".up.sql"), up);
                    Files.writeString(directory.resolve(name + ".down.sql"), down);
                }
            }
        }
    }

    @BeforeEach
    void create() {
        name = SERVER.createUniqueDatabase("mark");
    }

    @AfterEach
    void drop() {
        SERVER.dropDatabase(name);
    }

    private MigrationPlan plan(Tool tool) {
        return MigrationPlan.builder()
                .database(PostgresDatabase.at(SERVER.jdbcUrl(name), SERVER.user(), SERVER.password()))
                .revisions(Layouts.in(directory, Layouts.named(tool.layout).orElseThrow()))
                .validate(Heads.areExpected())
                .skipBackup("a test")
                .skipTestRun("a test")
                .build();
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = SERVER.connect(name)) {
            return Rows.of(connection, sql);
        }
    }

    /** Two are applied, the third isn't, and the second is marked as failed. */
    private void marked(Tool tool, String second) throws IOException, SQLException {
        tool.write(directory, 1, "a", "CREATE TABLE a (id int PRIMARY KEY);", "DROP TABLE a;");
        tool.write(directory, 2, "b", second, "DROP TABLE b;");
        tool.write(directory, 3, "c", "CREATE TABLE c (id int PRIMARY KEY);", "DROP TABLE c;");
        assertThat(plan(tool).upgrade(Target.of("+2")).outcome()).isEqualTo(Outcome.APPLIED);
        if (tool != Tool.GOLANG) { // it has no checksums: what is left of a file that was edited since can be anything
            rows("CREATE TABLE unrelated (a_id int)");
        }
        rows(tool.mark);
        assertThat(plan(tool).status().failed().orElseThrow())
                .contains("version 2")
                .contains("was begun and failed");
        assertThat(plan(tool).status().current()).hasSize(1).noneMatch(id -> id.startsWith("2"));
        assertThatThrownBy(() -> plan(tool).dryRun(Direction.UP, Target.head(), new StringBuilder()))
                .isInstanceOf(UnsettledHistoryException.class)
                .hasMessageContaining("Recover first");
        assertThat(plan(tool).validate())
                .anyMatch(finding -> finding.severity() == Severity.CRITICAL
                        && finding.message().contains("was begun and failed"));
    }

    private static final String TWO =
            "CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);\nCREATE INDEX b_a ON b (a_id);";

    @ParameterizedTest
    @EnumSource
    void whatWasRolledBackIsPendingAgain(Tool tool) throws Exception {
        marked(tool, TWO);
        rows("DROP TABLE b");

        var report = plan(tool).recover();
        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.notes()).anyMatch(note -> note.contains("nothing of it is in the database"));
        assertThat(plan(tool).status().failed()).isEmpty();
        assertThat(plan(tool).upgrade().applied()).hasSize(2);
        assertSettled(tool);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsThereCountsAsApplied(Tool tool) throws Exception {
        marked(tool, TWO);

        var report = plan(tool).upgrade(); // it recovers by itself
        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(report.applied()).hasSize(1);
        assertThat(report.notes()).anyMatch(note -> note.contains("the database is at 2"));
        assertSettled(tool);
    }

    private void assertSettled(Tool tool) throws SQLException {
        assertThat(plan(tool).upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(plan(tool).status().applied()).hasSize(3);
        assertThat(plan(tool).validate()).isEmpty();
        assertThat(rows("SELECT datname FROM pg_database WHERE datname LIKE '" + name + "_belay%'"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsThereInPartIsForAPerson(Tool tool) throws Exception {
        marked(tool, TWO);
        rows("DROP INDEX b_a");
        String before = history(tool);

        assertThatThrownBy(() -> plan(tool).upgrade())
                .hasMessageContaining("It is there in part")
                .hasMessageContaining("index public.b_a is missing")
                .hasMessageContaining("table public.b is new")
                .hasMessageContaining("belay stamp");
        assertThatThrownBy(() -> plan(tool).recover())
                .isInstanceOfSatisfying(
                        MigrationFailedException.class,
                        e -> assertThat(e.report().to())
                                .isEqualTo(plan(tool).status().current()))
                .hasMessageContaining("It is there in part");
        assertThat(history(tool)).isEqualTo(before);
        assertThat(rows("SELECT to_regclass('c') IS NULL")).containsExactly("t");

        rows("CREATE INDEX b_a ON b (a_id)");
        plan(tool).stamp(Target.of("2"));
        assertThat(plan(tool).status().failed()).isEmpty();
        assertThat(plan(tool).upgrade().applied()).hasSize(1);
        assertSettled(tool);
    }

    private String history(Tool tool) throws SQLException {
        String table = tool.mark.split(" ")[1];
        return String.join("\n", rows("SELECT h::text FROM " + table + " h ORDER BY 1"));
    }

    @ParameterizedTest
    @EnumSource
    void whatWritesRowsIsForAPerson(Tool tool) throws Exception {
        marked(tool, TWO + "\nINSERT INTO a VALUES (1);");
        rows("DELETE FROM a; DROP TABLE b");

        assertThatThrownBy(() -> plan(tool).upgrade())
                .hasMessageContaining("does more than a schema shows")
                .hasMessageContaining("clear the mark");
        assertThat(plan(tool).status().failed()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void somethingElseOfTheSameNameIsForAPerson(Tool tool) throws Exception {
        marked(tool, "CREATE TABLE tmp (id int); CREATE TABLE b (id int); DROP TABLE tmp;");
        rows("DROP TABLE b; CREATE TABLE tmp (id int)"); // as it is when the second statement fails

        assertThatThrownBy(() -> plan(tool).upgrade()).hasMessageContaining("table public.tmp is new");
    }

    /** While a tool is at work its history looks just like after a failure. */
    @ParameterizedTest
    @CsvSource({
        "PRISMA, 72707369, UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL",
        "ATLAS, 2686470616, 'UPDATE atlas_schema_revisions SET applied = total, error = NULL WHERE applied <> total'"
    })
    void waitsForAToolThatIsAtWork(Tool tool, String key, String end) throws Exception {
        marked(tool, TWO);
        rows("DROP TABLE b");
        CompletableFuture<Outcome> recovery;
        try (Connection tools = SERVER.connect(name);
                Statement statement = tools.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + key + ")");
            assertThat(plan(tool).status().failed().orElseThrow())
                    .contains("version 2")
                    .contains("is at work");
            recovery = CompletableFuture.supplyAsync(() -> plan(tool).recover().outcome());
            while (rows("SELECT 1 FROM pg_stat_activity WHERE datname = '" + name
                            + "' AND query LIKE '%pg_try_advisory_lock(" + key + ")%' AND pid <> pg_backend_pid()")
                    .isEmpty()) {
                Thread.sleep(20);
            }
            assertThat(recovery).isNotDone();
            statement.execute(TWO); // what it was in the middle of
            statement.execute(end);
        }
        assertThat(recovery.get(60, TimeUnit.SECONDS)).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(plan(tool).upgrade().applied()).hasSize(1);
        assertSettled(tool);
    }

    @Test
    void golangMigrateOnItsWayDown() throws Exception {
        marked(Tool.GOLANG, TWO);
        rows("UPDATE schema_migrations SET version = 1"); // the script of 2 failed, and was rolled back
        assertThat(plan(Tool.GOLANG).recover().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rows("SELECT version || ' ' || dirty FROM schema_migrations"))
                .containsExactly("2 false");

        rows("DROP TABLE b; UPDATE schema_migrations SET version = 1, dirty = true");
        assertThat(plan(Tool.GOLANG).recover().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rows("SELECT version || ' ' || dirty FROM schema_migrations"))
                .containsExactly("1 false");

        rows("DROP TABLE a; UPDATE schema_migrations SET dirty = true");
        assertThat(plan(Tool.GOLANG).recover().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(rows("SELECT version FROM schema_migrations")).isEmpty();
        assertThat(plan(Tool.GOLANG).upgrade().applied()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLeftOfAFileThatWasEditedIsForAPerson(Tool tool) throws Exception {
        marked(tool, TWO);
        rows("DROP TABLE b; DROP TABLE IF EXISTS unrelated; CREATE TABLE old_b (id int)");
        edit(tool, "CREATE TABLE b (id int);");

        assertThatThrownBy(() -> plan(tool).upgrade()).hasMessageContaining("table public.old_b is new");
        rows("DROP TABLE old_b");
        assertThat(plan(tool).upgrade().applied()).hasSize(2);
    }

    private void edit(Tool tool, String second) throws IOException {
        Path file = switch (tool) {
            case PRISMA -> directory.resolve("2_b/migration.sql");
            case ATLAS -> directory.resolve("2_b.sql");
            case FLYWAY -> directory.resolve("V2__b.sql");
            default -> directory.resolve("2_b.up.sql");
        };
        Files.writeString(file, second);
        if (tool == Tool.ATLAS) {
            Checksums.writeAtlasSum(directory);
        }
    }

    @Test
    void anInvalidIndexIsForAPerson() throws Exception {
        marked(Tool.SQLX, "-- no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY b ON a ((id % 2))");
        rows("DROP INDEX b");
        rows("INSERT INTO a VALUES (1), (3)");
        assertThatThrownBy(() -> rows("CREATE UNIQUE INDEX CONCURRENTLY b ON a ((id % 2))"))
                .hasMessageContaining("could not create unique index");

        assertThatThrownBy(() -> plan(Tool.SQLX).upgrade())
                .hasMessageContaining("It is there in part")
                .hasMessageContaining("public.b");
        rows("DROP INDEX b");
        assertThat(plan(Tool.SQLX).recover().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }
}
