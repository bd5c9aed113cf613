package dev.belay.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.Environment;
import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.Rows;
import dev.belay.backup.ProofLevel;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.command.CommandLineTool;
import dev.belay.prove.Prover;
import dev.belay.prove.RevisionProof;
import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.revision.Revision;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shell script around psql, as a tool of its own. */
class CommandLineToolIT {
    private static final PostgresServer SERVER = PostgresServers.shared();

    /** Its table is made by whatever command comes first, also one that only reads. */
    private static final String TOOL = """
            #!/bin/sh
            # tool.sh list | status | up [ID] | down ID | to ID | undo
            set -e
            cd "$(dirname "$0")"
            run() { "$PSQL" -X -q -A -t -v ON_ERROR_STOP=1 "$ADDRESS" "$@"; }
            if [ "$1" = list ]; then
                ls sql | sed -n 's/\\.up\\.sql$//p'
                exit
            fi
            run -c "CREATE TABLE IF NOT EXISTS tool_history (n serial PRIMARY KEY, id text UNIQUE)" 2>/dev/null
            known() { ls sql | sed -n 's/\\.up\\.sql$//p'; }
            applied() { run -c "SELECT 1 FROM tool_history WHERE id = '$1'"; }
            up() { run -1 -f "sql/$1.up.sql" -c "INSERT INTO tool_history (id) VALUES ('$1')"; }
            down() { run -1 -f "sql/$1.down.sql" -c "DELETE FROM tool_history WHERE id = '$1'"; }
            case "$1" in
                status) run -c "SELECT id FROM tool_history" ;;
                up) if [ -n "$2" ]; then up "$2"; else for id in $(known); do [ -n "$(applied $id)" ] || up $id; done; fi ;;
                down) down "$2" ;;
                undo) down "$(run -c 'SELECT id FROM tool_history ORDER BY n DESC LIMIT 1')" ;;
                undo_to) for id in $(run -c 'SELECT id FROM tool_history ORDER BY n DESC'); do
                    [ "$id" = "$2" ] && exit; down "$id"; done ;;
                lie) ;;
            esac
            """;

    @TempDir
    Path directory;

    private String name;

    @BeforeEach
    void make() throws IOException {
        name = SERVER.createUniqueDatabase("command");
        file("tool.sh", TOOL.replace("$ADDRESS", "$DATABASE_URL"));
        file("sql/a1.up.sql", "CREATE TABLE a (id int PRIMARY KEY, name text);\nINSERT INTO a VALUES (1, 'x');");
        file("sql/a1.down.sql", "DROP TABLE a;");
        file("sql/b2.up.sql", "ALTER TABLE a ADD COLUMN b int;");
        file("sql/b2.down.sql", "ALTER TABLE a DROP COLUMN b;");
        file("sql/c3.up.sql", "CREATE VIEW c AS SELECT id FROM a;");
        file("sql/c3.down.sql", "DROP VIEW c;");
    }

    @AfterEach
    void drop() {
        SERVER.dropDatabase(name);
    }

    private void file(String path, String text) throws IOException {
        Path file = directory.resolve("tool").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private CommandLineTool.Builder tool() {
        String psql = SERVER.programs()
                .map(programs -> programs.resolve("psql"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .orElse("psql");
        return CommandLineTool.named("tool.sh", directory.resolve("tool"))
                .revisionsListedBy("sh", "tool.sh", "list")
                .applied("tool_history", "SELECT id FROM tool_history ORDER BY n")
                .check("sh", "tool.sh", "status")
                .upgrade("sh", "tool.sh", "up", "{revision}")
                .downgrade("sh", "tool.sh", "down", "{revision}")
                .environment("PSQL", psql);
    }

    private MigrationPlanBuilder plan(CommandLineTool tool) {
        return MigrationPlan.builder()
                .database(PostgresDatabase.at(SERVER.libpqUrl(name)))
                .revisions(tool)
                .backup(PgDump.into(directory.resolve("backups")))
                .environment(Environment.STAGING)
                .proof(ProofLevel.COMPARED);
    }

    private List<String> values(String sql) throws SQLException {
        try (Connection connection = SERVER.connect(name)) {
            return Rows.of(connection, sql);
        }
    }

    private List<String> history() throws SQLException {
        return values("SELECT id FROM tool_history ORDER BY n");
    }

    private static MigrationReport failed(MigrationPlan plan) {
        return catchThrowableOfType(MigrationFailedException.class, plan::upgrade)
                .report();
    }

    @Test
    void runsTheCommandOnTheCopyAndThenOnTheDatabase() throws Exception {
        MigrationPlan plan = plan(tool().build()).build();

        assertThat(plan.upgrade(Target.of("+1")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(history()).containsExactly("a1");
        assertThat(plan.status().pending()).extracting(Revision::id).containsExactly("b2", "c3");
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(plan.downgrade(Target.of("a1")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(history()).containsExactly("a1");
        assertThat(plan.downgrade(Target.base()).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(history()).isEmpty();
    }

    @Test
    void takesCommandsForTheWholeWay() throws Exception {
        MigrationPlan plan = plan(tool().revisionsInFiles(Path.of("sql"), "(.*)\\.up\\.sql")
                        .upgrade("sh", "tool.sh", "up")
                        .downgrade("sh", "tool.sh", "undo_to", "{to}")
                        .build())
                .build();

        assertThatThrownBy(() -> plan.upgrade(Target.of("+1"))).hasMessageContaining("this target is not the last");
        assertThat(plan.upgrade().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(plan.downgrade(Target.of("a1")).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(history()).containsExactly("a1");
        MigrationPlan undo =
                plan(tool().downgrade("sh", "tool.sh", "undo").build()).build();
        undo.upgrade();
        assertThat(undo.downgrade(Target.base()).outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void provesTheWayBack() throws Exception {
        assertThat(Prover.of(tool().build(), PostgresDatabase.at(SERVER.libpqUrl(name)))
                        .prove())
                .hasSize(3)
                .allMatch(RevisionProof::isReversible);
    }

    @Test
    void aFailureIsFoundOnTheCopy() throws Exception {
        plan(tool().build()).build().upgrade(Target.of("a1"));
        file("sql/c3.up.sql", "CREATE TABLE t (id int);\nINSERT INTO a VALUES (1, 'secret');");

        MigrationReport report = failed(plan(tool().build()).build());

        assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.error().orElseThrow())
                .contains("Revision c3 failed: tool.sh failed with exit status", "a_pkey")
                .doesNotContain("secret");
        assertThat(history()).containsExactly("a1");
    }

    @Test
    void aFailureOnTheDatabaseIsTakenBack() throws Exception {
        file(
                "sql/c3.up.sql",
                "CREATE VIEW c AS SELECT id FROM a;\nSELECT 1/count(*) FROM pg_database WHERE datname = current_database() AND datname <> '"
                        + name + "';");

        MigrationReport report = failed(plan(tool().build()).build());

        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.error().orElseThrow()).contains("Revision c3 failed", "division by zero");
        assertThat(history()).isEmpty();
        assertThat(values("SELECT 1 FROM pg_class WHERE relname = 'a'")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aToolThatGoesElsewhereIsRefused(String thereIsOne) throws Exception {
        String elsewhere = SERVER.createUniqueDatabase("elsewhere");
        try {
            String address = thereIsOne.equals("true") ? SERVER.libpqUrl(elsewhere) : "postgresql://127.0.0.1:1/none";
            file("tool.sh", TOOL.replace("$ADDRESS", address));

            assertThatThrownBy(() -> plan(tool().build()).build().upgrade())
                    .hasMessageContaining(
                            thereIsOne.equals("true")
                                    ? "the tool takes the address from elsewhere"
                                    : "The command of tool.sh that checks the connection failed")
                    .hasMessageContaining("Nothing was changed");

            assertThat(values("SELECT 1 FROM pg_class WHERE relname = 'a'")).isEmpty();
        } finally {
            SERVER.dropDatabase(elsewhere);
        }
    }

    @Test
    void aCommandThatDoesNothingIsNotBelieved() throws Exception {
        MigrationReport report =
                failed(plan(tool().upgrade("sh", "tool.sh", "lie").build()).build());

        assertThat(report.error().orElseThrow())
                .contains("tool.sh ended without an error, but in", "nothing is the last that is applied, and not c3");
    }

    @Test
    void leavesNoProcessAndNoSessionBehindWhenItIsEnded() throws Exception {
        file("sql/a1.up.sql", "SELECT pg_sleep(600);");
        MigrationPlan plan =
                plan(tool().build()).environment(Environment.DEVELOPMENT).build();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread run = new Thread(() -> {
            try {
                plan.upgrade();
                ended.complete(new AssertionError("it went on to its end"));
            } catch (RuntimeException e) {
                ended.complete(e);
            }
        });
        run.start();
        String sleeping = "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'belay tool.sh %'"
                + " AND query LIKE '%pg_sleep%' AND query NOT LIKE '%pg_stat_activity%'";
        while (values(sleeping).isEmpty()) {
            assertThat(ended).as("the run that is to sleep").isNotDone();
            Thread.sleep(20);
        }
        List<ProcessHandle> children = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("a1"))
                .toList();
        assertThat(children).as("the shell and psql").hasSizeGreaterThan(1);

        run.interrupt();

        assertThat(ended.get()).isInstanceOf(MigrationFailedException.class);
        run.join();
        assertThat(values(sleeping)).isEmpty();
        // one that has ended and waits for its new parent to look has no command line any more
        assertThat(children)
                .noneMatch(
                        child -> child.isAlive() && child.info().commandLine().isPresent());
        assertThat(history()).isEmpty();
    }
}
