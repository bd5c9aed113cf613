package dev.belay.carryover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.report.MigrationReport;
import dev.belay.report.Outcome;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After kill -9 amid a capture by triggers the application goes on writing, and the next run leaves nothing of them. */
class KilledCaptureIT {
    private static final long PATIENCE_SECONDS = 120;

    private final PostgresServer server = PostgresServers.shared();

    @TempDir
    Path directory;

    private Clinic clinic;

    @BeforeEach
    void open() throws IOException {
        clinic = new Clinic(server, directory.resolve("backups"));
        clinic.execute("CREATE TABLE t (id int PRIMARY KEY, up int REFERENCES t)", "INSERT INTO t VALUES (1, NULL)");
        Files.createDirectories(directory.resolve("revisions"));
    }

    @AfterEach
    void close() {
        clinic.close();
    }

    private void revision(String up) throws IOException {
        Files.writeString(
                directory.resolve("revisions/20261121_0000_a0000001_change.sql"),
                "-- belay:revision a0000001\n-- belay:upgrade\n" + up + "\n-- belay:downgrade\nSELECT 1;\n");
    }

    @Test
    void whileTheTriggersAreThere() throws Exception {
        revision("SELECT pg_advisory_xact_lock(4711);\nCREATE TABLE made (id int);");
        try (Connection blocker = server.connect(clinic.name());
                Statement statement = blocker.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(4711)");
            Process run = KilledRun.start(server, clinic.name(), directory);
            await(
                    run,
                    clinic.name(),
                    "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted");
            clinic.execute("INSERT INTO t VALUES (2, 1)");
            kill(run);
        }
        clinic.execute("INSERT INTO t VALUES (3, 1)", "UPDATE t SET up = 1 WHERE id = 1", "DELETE FROM t WHERE id = 2");
        assertThat(clinic.rows("SELECT op FROM belay.written ORDER BY seq"))
                .containsExactly("INSERT", "INSERT", "UPDATE", "DELETE");

        MigrationReport report = KilledRun.plan(server.libpqUrl(clinic.name()), directory)
                .build()
                .upgrade();

        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(report.notes()).anySatisfy(note -> assertThat(note).contains("left triggers behind"));
        assertNothingIsLeft();
        assertThat(clinic.rows("SELECT id, up FROM t ORDER BY id")).containsExactly("1|1", "3|1");
    }

    @Test
    void whileTheDatabaseIsClosed() throws Exception {
        revision("CREATE TABLE made (id int);");
        clinic.execute("""
                CREATE FUNCTION hang() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
                    IF EXISTS (SELECT FROM pg_database WHERE NOT datallowconn AND datname = '%s') THEN
                        PERFORM pg_sleep(6000);
                    END IF;
                END $$
                """.formatted(clinic.name()), """
                CREATE EVENT TRIGGER hanging ON ddl_command_start WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION hang()
                """);
        Process run = KilledRun.start(server, clinic.name(), directory);
        await(
                run,
                "postgres",
                "SELECT 1 FROM pg_stat_activity WHERE datname LIKE '" + clinic.name()
                        + "_belay_restored%' AND wait_event = 'PgSleep'");
        kill(run);
        assertThatThrownBy(() -> server.connect(clinic.name()))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55000"));

        MigrationReport report = KilledRun.plan(server.libpqUrl(clinic.name()), directory)
                .build()
                .upgrade();

        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        clinic.execute("INSERT INTO t VALUES (2, 1)");
        assertNothingIsLeft();
        assertThat(clinic.rows("SELECT id, up FROM t ORDER BY id")).containsExactly("1|null", "2|1");
    }

    private void await(Process run, String database, String query) throws InterruptedException, IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (clinic.rows(database, query).isEmpty()) {
            assertThat(run.isAlive() && System.nanoTime() < end)
                    .as(query + "\n" + Files.readString(directory.resolve("killed.log")))
                    .isTrue();
            Thread.sleep(20);
        }
    }

    /** The server doesn't notice at once that the client of a session which waits is gone. */
    private void kill(Process run) throws InterruptedException {
        run.destroyForcibly().waitFor();
        clinic.rows(
                "postgres",
                "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname LIKE '" + clinic.name()
                        + "%' AND application_name LIKE 'belay%'");
    }

    private void assertNothingIsLeft() {
        assertThat(clinic.rows("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"))
                .isEmpty();
        assertThat(clinic.rows("SELECT to_regclass('belay.written'), to_regprocedure('belay.write_down()')"))
                .containsExactly("null|null");
        assertThat(clinic.rows(
                        "postgres",
                        "SELECT datname FROM pg_database WHERE datname LIKE '" + clinic.name()
                                + "%' AND (NOT datallowconn OR datname LIKE '%belay%')"))
                .isEmpty();
        assertThat(clinic.rows("postgres", "SELECT 1 FROM pg_db_role_setting WHERE setconfig::text LIKE '%geqo_seed%'"))
                .isEmpty();
    }
}
