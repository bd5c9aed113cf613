package dev.belay.postgres.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.context.Cancellation;
import dev.belay.context.RunCancelledException;
import dev.belay.context.RunContext;
import dev.belay.database.AuditTrail;
import dev.belay.database.RunLock;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdvisoryRunLockIT {
    private final PostgresServer server = PostgresServers.shared();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private String name;
    private PostgresDatabase database;

    @BeforeEach
    void createDatabase() {
        name = server.createUniqueDatabase("lock");
        database = PostgresDatabase.at(server.jdbcUrl(name), server.user(), server.password());
    }

    @AfterEach
    void dropDatabase() {
        server.dropDatabase(name);
    }

    @Test
    void showsTheHolderToAWaiterAndStopsAtTheTimeout() {
        try (RunLock lock = AdvisoryRunLock.await(database, run("one", Cancellation.withoutTimeout()))) {
            lock.check();
            RunContext second = run("two", Cancellation.after(Duration.ofMillis(300)));
            assertThat(AdvisoryRunLock.tryOnce(database, second)).isEmpty();
            assertThatThrownBy(() -> AdvisoryRunLock.await(database, second)).isInstanceOf(RunCancelledException.class);
        }
        assertThat(notes).singleElement().asString().contains("belay run one", "pid ");
        AdvisoryRunLock.tryOnce(database, run("three", Cancellation.withoutTimeout()))
                .orElseThrow()
                .close();
    }

    @Test
    void noticesThatItsSessionWasEnded() throws Exception {
        try (RunLock lock = AdvisoryRunLock.await(database, run("one", Cancellation.withoutTimeout()))) {
            try (var connection = database.connect();
                    var statement = connection.createStatement()) {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND application_name = 'belay run one'");
            }
            assertThatThrownBy(lock::check).isInstanceOf(RunLockException.class).hasMessageContaining("was lost");
        }
    }

    @Test
    void carriesAuditEntriesOverOnce() throws Exception {
        String other = server.createUniqueDatabase("lock");
        PostgresDatabase restored = database.named(other);
        AuditTrail trail = new PostgresAuditTrail();
        trail.write(database, new AuditTrail.Entry("one", Instant.now(), "run-started", Map.of("route", "a -> \"b\"")));
        trail.carryOver(database, restored);
        trail.carryOver(database, restored);
        try (var connection = restored.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*), min(details->>'route') FROM belay.audit")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1);
            assertThat(rows.getString(2)).isEqualTo("a -> \"b\"");
        } finally {
            server.dropDatabase(other);
        }
    }

    private RunContext run(String id, Cancellation cancellation) {
        return new RunContext() {
            @Override
            public String runId() {
                return id;
            }

            @Override
            public Cancellation cancellation() {
                return cancellation;
            }

            @Override
            public void progress(String activity, long done, long total, String unit) {}

            @Override
            public void note(String message) {
                notes.add(message);
            }
        };
    }
}
