package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C and SIGTERM while production is being changed. */
class SignalsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final ClinicDatabase clinic = new ClinicDatabase();
    private Belay belay = new Belay(Path.of("."));

    @BeforeEach
    void writeASlowRevision() {
        belay = new Belay(directory).with("DATABASE_URL", clinic.url());
        belay.revision(
                "aaaa0001",
                "",
                "ALTER TABLE patients ADD COLUMN phone text;\nSELECT pg_sleep(100);",
                "ALTER TABLE patients DROP COLUMN phone;");
    }

    @AfterEach
    void dropTheDatabases() {
        clinic.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void takesBackWhatWasBegun(String signal) throws Exception {
        Belay.Running running = belay.start("upgrade", "--skip-test", "to reach production", "--json");
        awaitTheSlowStatement(running);
        running.signal(signal);

        Belay.Result result = running.join().exits(130);

        assertThat(result.json().getAsJsonObject().get("outcome").getAsString()).isEqualTo("rolled-back");
        assertThat(result.err()).contains("interrupted");
        leftNothing();
    }

    @Test
    void isNotHurriedByASecondInterrupt() throws Exception {
        Belay.Running running = belay.start("upgrade", "--skip-test", "to reach production");
        awaitTheSlowStatement(running);
        for (int i = 0; i < 5; i++) {
            running.interruptFromTheTerminal();
            Thread.sleep(20);
        }

        running.join().exits(130);
        leftNothing();
    }

    @Test
    void finishesARestoreThatIsUnderWay() throws Exception {
        makeRestoringSlow();
        belay.file(
                "db/revisions/20260101_0000_aaaa0001_revision_aaaa0001.sql",
                """
                -- belay:revision aaaa0001
                -- belay:upgrade no-transaction
                ALTER TABLE patients ADD COLUMN phone text;
                ALTER TABLE patients ALTER COLUMN email SET NOT NULL;
                -- belay:irreversible it is a test
                """);
        Belay.Running running = belay.start("upgrade", "--skip-test", "to reach production", "--json");
        await(running, "SELECT 1 FROM pg_stat_activity WHERE datname LIKE '" + clinic.name()
                + "\\_belay\\_restored%' AND query LIKE 'CREATE INDEX%' AND state = 'active'");
        running.interruptFromTheTerminal();
        Thread.sleep(200);
        running.interruptFromTheTerminal();

        Belay.Result result = running.join().exits(130);

        assertThat(result.json().getAsJsonObject().get("outcome").getAsString()).isEqualTo("restored");
        leftNothing();
        assertThat(clinic.besides()).singleElement().asString().contains("_failed_");
    }

    /** An index whose expression takes its time: it is built by every restore. */
    private void makeRestoringSlow() {
        clinic.execute("CREATE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS"
                + " 'BEGIN PERFORM pg_sleep(0.02); RETURN $1; END'; CREATE INDEX slow_patients ON patients (public.slow(id))");
    }

    @Test
    void dropsTheCopyWhenInterruptedInTheTestRun() throws Exception {
        Belay.Running running = belay.start("upgrade");
        awaitTheSlowStatement(running);
        running.signal("TERM");

        running.join().exits(130);
        leftNothing();
        assertThat(clinic.besides()).isEmpty();
    }

    private void leftNothing() {
        assertThat(clinic.columns()).doesNotContain("phone");
        assertThat(clinic.sessions()).isEmpty();
        assertThat(clinic.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")).containsExactly("0");
        assertThat(clinic.query("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(100)%' AND state = 'active'"
                        + " AND pid <> pg_backend_pid() AND datname LIKE '" + clinic.name() + "%'"))
                .containsExactly("0");
    }

    private void awaitTheSlowStatement(Belay.Running running) throws InterruptedException {
        await(running, "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(100)%' AND wait_event = 'PgSleep'"
                + " AND datname LIKE '" + clinic.name() + "%'");
    }

    private void await(Belay.Running running, String query) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (clinic.query(query).isEmpty()) {
            assertThat(running.isRunning() && System.nanoTime() < end).as("came to: " + query).isTrue();
            Thread.sleep(20);
        }
    }
}
