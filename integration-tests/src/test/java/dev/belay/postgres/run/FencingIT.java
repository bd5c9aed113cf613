package dev.belay.postgres.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.Environment;
import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.Rows;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.report.MigrationReport;
import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionBuilder;
import dev.belay.revision.Revisions;
import dev.belay.revision.Script;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that lost its lock without knowing writes nothing more to the history. */
class FencingIT {
    private static final long PATIENCE_SECONDS = 120;
    private static final Revision BASE = Revision.named("aaaa0000", "Base")
            .upgrade(sql("CREATE TABLE base (id int)"))
            .downgrade(sql("DROP TABLE base"));

    private final PostgresServer server = PostgresServers.shared();
    private final CountDownLatch firstIsInside = new CountDownLatch(1);
    private final CountDownLatch firstMayGoOn = new CountDownLatch(1);
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private String name;
    private PostgresDatabase database;

    @BeforeEach
    void createDatabase() {
        name = server.createUniqueDatabase("fencing");
        database = PostgresDatabase.at(server.jdbcUrl(name), server.user(), server.password());
    }

    @AfterEach
    void dropDatabase() {
        firstMayGoOn.countDown();
        other.shutdownNow();
        server.dropDatabase(name);
    }

    @Test
    void aRunWhoseLockWasTakenOverWritesNoHistoryInItsTransaction() throws Exception {
        assertTheSecondRunAloneIsRecorded(plan(BASE, waiting(true)), true);
    }

    @Test
    void aRunWhoseLockWasTakenOverRecordsNoStepOutsideATransaction() throws Exception {
        assertTheSecondRunAloneIsRecorded(plan(BASE, waiting(false)), false);
    }

    private void assertTheSecondRunAloneIsRecorded(MigrationPlan first, boolean transactional) throws Exception {
        plan(BASE).upgrade();
        Future<MigrationReport> overtaken = other.submit(() -> first.upgrade());
        assertThat(firstIsInside.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        execute(
                "postgres",
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                        + " AND pid IN (SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'belay run %')");

        Revision table = Revision.named("aaaa0001", "Rooms")
                .after("aaaa0000")
                .upgrade(sql("CREATE TABLE rooms (id int)"))
                .downgrade(sql("DROP TABLE rooms"));
        MigrationReport second = plan(BASE, table).upgrade();
        firstMayGoOn.countDown();

        assertThatThrownBy(() -> overtaken.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(MigrationFailedException.class)
                .hasMessageContaining("was lost");
        assertThat(second.succeeded()).isTrue();
        assertThat(values("SELECT revision || ' ' || run_id FROM belay.history WHERE revision <> 'aaaa0000'"))
                .containsExactly("aaaa0001 " + second.runId());
        assertThat(values("SELECT count(*) FROM rooms")).containsExactly("0");
        assertThat(values("SELECT token FROM belay.lease")).containsExactly("3");
        assertThat(values("SELECT count(*) FROM pg_class WHERE relname = 'first_only'"))
                .containsExactly(transactional ? "0" : "1");
    }

    /** Runs until the second run is over. */
    private Revision waiting(boolean transactional) {
        RevisionBuilder revision = Revision.named("bbbb0001", "Wait").after("aaaa0000");
        return (transactional ? revision : revision.noTransaction())
                .upgrade(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("CREATE TABLE first_only (id int)");
                    }
                    firstIsInside.countDown();
                    firstMayGoOn.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                })
                .irreversible("it is only tried");
    }

    private static Change sql(String text) {
        return new Change.Sql(Script.ofText("test.sql", text), true);
    }

    private MigrationPlan plan(Revision... revisions) {
        return MigrationPlan.builder()
                .database(database)
                .revisions(Revisions.of(revisions))
                .environment(Environment.DEVELOPMENT)
                .build();
    }

    private List<String> values(String sql) throws SQLException {
        try (Connection connection = server.connect(name)) {
            return Rows.of(connection, sql);
        }
    }

    private void execute(String where, String sql) throws SQLException {
        try (Connection connection = server.connect(where);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
