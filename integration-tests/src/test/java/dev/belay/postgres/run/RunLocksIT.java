package dev.belay.postgres.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.context.Cancellation;
import dev.belay.context.RunCancelledException;
import dev.belay.context.RunContext;
import dev.belay.database.AuditTrail;
import dev.belay.database.Database;
import dev.belay.database.RunLock;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.run.internal.InterruptibleCall;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunLocksIT {
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
        try (RunLock lock = database.lock(run("one", Cancellation.withoutTimeout()))) {
            lock.check();
            RunContext second = run("two", Cancellation.after(Duration.ofMillis(300)));
            assertThat(database.tryLock(second)).isEmpty();
            assertThatThrownBy(() -> InterruptibleCall.of(() -> database.lock(second), second.cancellation()))
                    .isInstanceOf(RunCancelledException.class);
        }
        assertThat(notes).singleElement().asString().contains("belay run one", "pid ");
        database.tryLock(run("three", Cancellation.withoutTimeout()))
                .orElseThrow()
                .close();
    }

    @Test
    void noticesThatItsSessionWasEnded() throws Exception {
        try (RunLock lock = database.lock(run("one", Cancellation.withoutTimeout()))) {
            try (var connection = database.connect();
                    var statement = connection.createStatement()) {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = 'postgres' AND application_name = 'belay run one'");
            }
            assertThatThrownBy(lock::check).isInstanceOf(RunLockException.class).hasMessageContaining("was lost");
        }
    }

    @Test
    void survivesASwapAfterWhichAWaiterGetsIt() throws Exception {
        RunContext first = run("one", Cancellation.withoutTimeout());
        var copies = database.copies();
        RunLock lock = database.lock(first);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<RunLock> waiter = other.submit(() -> database.lock(run("two", Cancellation.withoutTimeout())));
            await(() -> notes.stream().anyMatch(note -> note.contains("belay run one")));
            Database replacement = copies.create(database, "swap", first);
            Database kept = copies.swap(database, replacement, first);
            lock.check();
            assertThat(waiter.isDone()).isFalse();
            lock.close();
            try (RunLock second = waiter.get(20, TimeUnit.SECONDS)) {
                second.check();
                assertThat(database.tryLock(first)).isEmpty();
            }
            server.dropDatabase(kept.name());
        } finally {
            lock.close();
            other.shutdownNow();
        }
    }

    @Test
    void isInTheDatabaseItselfForAUserWhoIsNotLetIntoTheMaintenanceDatabase() throws Exception {
        String role = "outsider_" + name;
        execute("CREATE ROLE " + role + " LOGIN PASSWORD 'outside'", "REVOKE CONNECT ON DATABASE postgres FROM PUBLIC");
        try {
            PostgresDatabase outsider = PostgresDatabase.at(server.jdbcUrl(name), role, "outside");
            RunContext context = run("one", Cancellation.withoutTimeout());
            try (RunLock lock = outsider.lock(context)) {
                lock.check();
                assertThat(outsider.tryLock(context)).isEmpty();
            }
        } finally {
            execute("GRANT CONNECT ON DATABASE postgres TO PUBLIC", "DROP ROLE " + role);
        }
    }

    private void execute(String... statements) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void carriesAuditEntriesOverOnce() throws Exception {
        String other = server.createUniqueDatabase("lock");
        PostgresDatabase restored = database.named(other);
        AuditTrail trail = new PostgresAuditTrail();
        trail.write(
                database,
                List.of(new AuditTrail.Entry("one", Instant.now(), "run-started", Map.of("route", "a -> \"b\""))));
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
