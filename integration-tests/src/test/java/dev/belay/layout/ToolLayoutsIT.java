package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionProof;
import dev.belay.report.Outcome;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Directories of other tools, with the rows that the tools themselves would have written. */
class ToolLayoutsIT {
    private static final PostgresServer SERVER = PostgresServers.shared();
    private static final String[] UP = {
        "CREATE TABLE patients (id bigint PRIMARY KEY, name text NOT NULL);",
        "ALTER TABLE patients ADD COLUMN phone text;\nCREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;",
        "CREATE INDEX CONCURRENTLY patients_name ON patients (name);"
    };
    private static final String[] DOWN = {
        "DROP TABLE patients;",
        "DROP FUNCTION one();\nALTER TABLE patients DROP COLUMN phone;",
        "DROP INDEX CONCURRENTLY patients_name;"
    };

    @TempDir
    Path directory;

    private String name;
    private PostgresDatabase database;

    /** How a tool writes its files, and what it writes into its table. */
    private record Tool(Layout layout, Writer writer, String rows, List<String> afterTwo, List<String> afterThree) {
        @Override
        public String toString() {
            return layout.name();
        }
    }

    private interface Writer {
        void write(Path directory, int number, String up, String down, boolean transactional) throws IOException;
    }

    static Stream<Tool> tools() {
        return Stream.of(
                new Tool(
                        Layouts.GOLANG_MIGRATE,
                        (directory, number, up, down, transactional) -> {
                            Files.writeString(directory.resolve("00000" + number + "_step.up.sql"), up + "\n");
                            Files.writeString(directory.resolve("00000" + number + "_step.down.sql"), down + "\n");
                        },
                        "SELECT version || ' ' || dirty FROM schema_migrations",
                        List.of("2 false"),
                        List.of("3 false")),
                new Tool(
                        Layouts.DBMATE,
                        (directory, number, up, down, transactional) -> {
                            String option = transactional ? "" : " transaction:false";
                            Files.writeString(
                                    directory.resolve("2026010100000" + number + "_step.sql"),
                                    "-- migrate:up" + option + "\n" + up + "\n\n-- migrate:down" + option + "\n" + down
                                            + "\n");
                        },
                        "SELECT version FROM schema_migrations ORDER BY version",
                        List.of("20260101000001", "20260101000002"),
                        List.of("20260101000001", "20260101000002", "20260101000003")),
                new Tool(
                        Layouts.GOOSE,
                        (directory, number, up, down, transactional) -> Files.writeString(
                                directory.resolve("0000" + number + "_step.sql"),
                                (transactional ? "" : "-- +goose NO TRANSACTION\n")
                                        + "-- +goose Up\n-- +goose StatementBegin\n" + up
                                        + "\n-- +goose StatementEnd\n\n-- +goose Down\n" + down + "\n"),
                        "SELECT version_id || ' ' || is_applied FROM goose_db_version ORDER BY id",
                        List.of("0 true", "1 true", "2 true"),
                        List.of("0 true", "1 true", "2 true", "3 true")),
                new Tool(
                        Layouts.DIESEL,
                        (directory, number, up, down, transactional) -> {
                            Path own = Files.createDirectory(directory.resolve("2026-01-01-00000" + number + "_step"));
                            Files.writeString(own.resolve("up.sql"), up + "\n");
                            Files.writeString(own.resolve("down.sql"), down + "\n");
                            if (!transactional) {
                                Files.writeString(own.resolve("metadata.toml"), "run_in_transaction = false\n");
                            }
                        },
                        "SELECT version FROM __diesel_schema_migrations ORDER BY version",
                        List.of("20260101000001", "20260101000002"),
                        List.of("20260101000001", "20260101000002", "20260101000003")));
    }

    @BeforeEach
    void create() {
        name = SERVER.createUniqueDatabase("layout");
        database = PostgresDatabase.at(SERVER.libpqUrl(name));
    }

    @AfterEach
    void drop() {
        SERVER.dropDatabase(name);
    }

    private void write(Tool tool) throws IOException {
        boolean concurrent = tool.layout() != Layouts.GOLANG_MIGRATE;
        for (int i = 0; i < 3; i++) {
            boolean last = i == 2;
            String up = last && !concurrent ? UP[i].replace(" CONCURRENTLY", "") : UP[i];
            String down = last && !concurrent ? DOWN[i].replace(" CONCURRENTLY", "") : DOWN[i];
            tool.writer().write(directory, i + 1, up, down, !last);
        }
    }

    private MigrationPlan plan(Tool tool) {
        return MigrationPlan.builder()
                .database(database)
                .revisions(Layouts.in(directory, tool.layout()))
                .environment(Environment.DEVELOPMENT)
                .build();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void writesWhatTheToolWouldHaveWritten(Tool tool) throws Exception {
        write(tool);

        assertThat(Layouts.recognising(directory)).containsExactly(tool.layout());
        assertThat(plan(tool).upgrade(Target.of("+2")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rows(tool.rows())).isEqualTo(tool.afterTwo());
        assertThat(plan(tool).upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rows(tool.rows())).isEqualTo(tool.afterThree());
        assertThat(plan(tool).upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(plan(tool).downgrade(Target.of("-1")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rows(tool.rows())).isEqualTo(tool.afterTwo());
        assertThat(rows("SELECT relname FROM pg_class WHERE relname = 'patients_name'"))
                .isEmpty();
        assertThat(plan(tool).downgrade(Target.of("base")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(plan(tool).status().applied()).isEmpty();
        assertThat(rows("SELECT to_regclass('patients')::text IS NULL")).containsExactly("t");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void provesTheWayBack(Tool tool) throws Exception {
        write(tool);

        List<RevisionProof> proofs =
                Prover.of(Layouts.in(directory, tool.layout()), database).prove();

        assertThat(proofs).hasSize(3).allMatch(RevisionProof::isReversible);
        assertThat(rows("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .containsExactly("0");
    }

    @Test
    void refusesWhatGolangMigrateMarkedAsDirty() throws Exception {
        Tool tool = tools().findFirst().orElseThrow();
        write(tool);
        rows("CREATE TABLE schema_migrations (version bigint not null primary key, dirty boolean not null)");
        rows("INSERT INTO schema_migrations VALUES (1, true)");

        assertThatThrownBy(() -> plan(tool).status())
                .hasMessageContaining("version 1 was begun and failed")
                .hasMessageContaining("Nothing was changed");
        assertThatThrownBy(() -> plan(tool).upgrade()).hasMessageContaining("version 1 was begun and failed");
        assertThat(rows(tool.rows())).containsExactly("1 true");
    }

    /** The key is the one of golang-migrate's own code for this schema, table and database. */
    @Test
    void waitsForTheLockOfGolangMigrate() throws Exception {
        Tool tool = tools().findFirst().orElseThrow();
        write(tool);
        CRC32 crc = new CRC32();
        crc.update(("public\0schema_migrations\0" + name).getBytes(StandardCharsets.UTF_8));
        long key = (crc.getValue() * 1_486_364_155L) & 0xffff_ffffL;
        CompletableFuture<Outcome> run;
        try (Connection tools = SERVER.connect(name);
                Statement statement = tools.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + key + ")");
            run = CompletableFuture.supplyAsync(() -> plan(tool).upgrade().outcome());
            while (rows("SELECT 1 FROM pg_stat_activity WHERE datname = '" + name
                            + "' AND query LIKE '%pg_try_advisory_lock(" + key + ")%' AND pid <> pg_backend_pid()")
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

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new java.util.ArrayList<>();
        try (Connection connection = SERVER.connect(name);
                Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                ResultSet row = statement.getResultSet();
                while (row.next()) {
                    rows.add(row.getString(1));
                }
            }
        }
        return rows;
    }
}
