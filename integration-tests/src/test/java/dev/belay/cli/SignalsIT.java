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
    private static final Duration PATIENCE = Duration.ofMinutes(2);

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
        running.signal("INT");
        for (int i = 0; i < 5 && running.isRunning(); i++) {
            Thread.sleep(20);
            running.signalIfRunning("INT");
        }

        running.join().exits(130);
        leftNothing();
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
        assertThat(clinic.lingering("SELECT mode FROM pg_locks WHERE locktype = 'advisory'"))
                .isEmpty();
        assertThat(clinic.lingering("SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(100)%'"
                        + " AND state = 'active' AND pid <> pg_backend_pid() AND datname LIKE '" + clinic.name()
                        + "%'"))
                .isEmpty();
    }

    private void awaitTheSlowStatement(Belay.Running running) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (clinic.query(
                        "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(100)%' AND wait_event = 'PgSleep'"
                                + " AND datname LIKE '" + clinic.name() + "%'")
                .isEmpty()) {
            assertThat(running.isRunning() && System.nanoTime() < end)
                    .as("the slow statement began")
                    .isTrue();
            Thread.sleep(50);
        }
    }
}
