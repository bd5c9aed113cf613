package dev.belay.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.report.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both tools at once: the second waits for the first. A migration is held by a lock of the test's own. */
class FlywayLockIT {
    private static final String HELD = "SELECT pg_advisory_xact_lock(4242);";

    @TempDir
    Path directory;

    private String name;
    private FlywayDirectory flyway;

    @BeforeEach
    void create() throws Exception {
        name = FlywayDirectory.SERVER.createUniqueDatabase("locks");
        flyway = new FlywayDirectory(directory, name);
        flyway.file("V1__first.sql", "CREATE TABLE first (id bigint);");
        flyway.flyway().migrate();
        flyway.file("V2__held.sql", HELD + "\nCREATE TABLE second (id bigint);");
    }

    @AfterEach
    void drop() {
        FlywayDirectory.SERVER.dropDatabase(name);
    }

    /** A session that ran this last or is running it. */
    private void awaitSession(String query, CompletableFuture<?> other) throws Exception {
        while (flyway.rows("SELECT 1 FROM pg_stat_activity WHERE datname = '" + name + "' AND query LIKE '%" + query
                        + "%' AND pid <> pg_backend_pid()")
                .isEmpty()) {
            assertThat(other).as("what is waited for").isNotDone();
            Thread.sleep(20);
        }
    }

    private long key() {
        return 0x466C79776179L + "\"public\".\"flyway_schema_history\"".hashCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void flywayWaitsForBelay(String transactional) throws Exception {
        CompletableFuture<Outcome> belay;
        CompletableFuture<Integer> other;
        try (Connection held = FlywayDirectory.SERVER.connect(name);
                Statement statement = held.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(4242)");
            belay = CompletableFuture.supplyAsync(() -> flyway.belay().upgrade().outcome());
            awaitSession("pg_advisory_xact_lock(4242)", belay);
            other = CompletableFuture.supplyAsync(() -> flyway.configuration()
                    .configuration(Map.of("flyway.postgresql.transactional.lock", transactional))
                    .load()
                    .migrate()
                    .migrationsExecuted);
            awaitSession(
                    (transactional.equals("true") ? "pg_try_advisory_xact_lock(" : "pg_try_advisory_lock(") + key(),
                    other);
            assertThat(other).isNotDone();
            assertThat(belay).isNotDone();
        }
        assertThat(belay.get(120, TimeUnit.SECONDS)).isEqualTo(Outcome.APPLIED);
        assertThat(other.get(120, TimeUnit.SECONDS)).isZero();
        assertThat(flyway.rows("SELECT count(*) FROM flyway_schema_history")).containsExactly("2");
    }

    @Test
    void belayWaitsForFlyway() throws Exception {
        CompletableFuture<Integer> first;
        CompletableFuture<Outcome> belay;
        try (Connection held = FlywayDirectory.SERVER.connect(name);
                Statement statement = held.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(4242)");
            first = CompletableFuture.supplyAsync(() -> flyway.flyway().migrate().migrationsExecuted);
            awaitSession("pg_advisory_xact_lock(4242)", first);
            belay = CompletableFuture.supplyAsync(() -> flyway.belay().upgrade().outcome());
            awaitSession("pg_try_advisory_lock(" + key() + ")", belay);
            assertThat(belay).isNotDone();
            assertThat(first).isNotDone();
        }
        assertThat(first.get(120, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(belay.get(120, TimeUnit.SECONDS)).isEqualTo(Outcome.APPLIED);
        assertThat(flyway.belay().upgrade().outcome()).isEqualTo(Outcome.UP_TO_DATE);
        assertThat(flyway.rows("SELECT count(*) FROM flyway_schema_history")).containsExactly("2");
        assertThat(flyway.rows("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                        + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .containsExactly("0");
    }
}
