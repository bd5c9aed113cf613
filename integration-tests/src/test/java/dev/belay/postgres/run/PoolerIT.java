package dev.belay.postgres.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.Environment;
import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.Rows;
import dev.belay.database.RunLock;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.revision.Change;
import dev.belay.revision.Revision;
import dev.belay.revision.Revisions;
import dev.belay.revision.Script;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind PgBouncer: a lease instead of the session lock, and no setting that stays on a session of others. */
class PoolerIT {
    private static final Revision TABLE = Revision.named("aaaa0000", "Rooms")
            .upgrade(sql("CREATE TABLE rooms (id int); INSERT INTO rooms SELECT generate_series(1, 100)", true))
            .downgrade(sql("DROP TABLE rooms", true));
    private static final Revision INDEX = Revision.named("bbbb0000", "Index")
            .after("aaaa0000")
            .upgrade(sql("CREATE INDEX CONCURRENTLY rooms_id ON rooms (id)", false))
            .downgrade(sql("DROP INDEX CONCURRENTLY rooms_id", false));

    private final PostgresServer server = PostgresServers.shared();
    private final List<PgBouncer> poolers = new ArrayList<>();
    private String name;

    @TempDir
    private Path directory;

    @BeforeEach
    void createDatabase() {
        name = server.createUniqueDatabase("pooler");
    }

    @AfterEach
    void dropDatabase() throws Exception {
        for (PgBouncer pooler : poolers) {
            pooler.close();
        }
        server.dropDatabase(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "session"})
    void goesUpAndDownWithAConcurrentIndex(String mode) throws Exception {
        MigrationPlan plan = plan(through(mode), TABLE, INDEX).build();

        assertThat(plan.upgrade().succeeded()).isTrue();
        assertThat(values("SELECT revision FROM belay.history ORDER BY seq")).containsExactly("aaaa0000", "bbbb0000");
        assertThat(values("SELECT indisvalid FROM pg_index WHERE indexrelid = 'rooms_id'::regclass"))
                .containsExactly("t");
        assertThat(values("SELECT held AND beating FROM belay.lease")).containsExactly("f");
        plan.downgrade(Target.base());
        assertThat(values("SELECT count(*) FROM belay.history")).containsExactly("0");
        assertThat(values("SELECT coalesce(to_regclass('rooms')::text, 'gone')"))
                .containsExactly("gone");
    }

    @Test
    void leavesNoSettingOnASessionOfOthers() throws Exception {
        PostgresDatabase database = through("transaction");
        plan(database, TABLE, INDEX).build().upgrade();

        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT current_setting('lock_timeout'), current_setting('statement_timeout'),"
                                + " current_setting('idle_in_transaction_session_timeout'),"
                                + " (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory')")) {
            row.next();
            for (int column = 1; column <= 4; column++) {
                assertThat(row.getString(column)).isEqualTo("0");
            }
        }
    }

    @Test
    void aLeaseAndASessionLockExcludeEachOther() throws Exception {
        PostgresDatabase pooled = through("transaction");
        PostgresDatabase direct = PostgresDatabase.at(server.jdbcUrl(name), server.user(), server.password());
        try (RunLock lease = pooled.lock(new Run("pooled"))) {
            lease.check();
            assertThat(lease.fencingToken()).hasValue(1);
            assertThat(direct.tryLock(new Run("direct"))).isEmpty();
            Run waiting = new Run("waiting");
            assertThat(direct.lock(waiting, () -> false)).isEmpty();
            assertThat(waiting.notes()).singleElement().asString().contains("run pooled", "process ", "since ");
        }
        try (RunLock lock = direct.lock(new Run("direct"))) {
            lock.check();
            assertThat(lock.fencingToken()).hasValue(2);
            assertThat(pooled.tryLock(new Run("pooled"))).isEmpty();
        }
        pooled.tryLock(new Run("pooled")).orElseThrow().close();
    }

    @Test
    void aHolderThatGivesNoSignOfLifeIsOvertakenAndCanWriteNoMore() throws Exception {
        PostgresDatabase pooled = through("transaction");
        pooled.tryLock(new Run("one")).orElseThrow().close();
        execute(
                "UPDATE belay.lease SET held = true, since = now() + interval '1 year', beat_at = now() + interval '1 year'");
        Run second = new Run("two");
        assertThat(pooled.tryLock(second)).isEmpty();

        try (RunLock lock = pooled.lock(second)) {
            assertThat(lock.fencingToken()).hasValue(2);
        }
        assertThat(second.notes()).anySatisfy(note -> assertThat(note).contains("no sign of life", "run one"));
    }

    @Test
    void endsAConcurrentBuildThatWaitsForALockLongerThanItMay() throws Exception {
        PostgresDatabase pooled = through("transaction");
        plan(pooled, TABLE).build().upgrade();
        try (Connection blocker = server.connect(name);
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE rooms IN SHARE MODE");

            assertThatThrownBy(() -> plan(pooled, TABLE, INDEX)
                            .lockTimeout(Duration.ofMillis(300))
                            .build()
                            .upgrade())
                    .isInstanceOf(MigrationFailedException.class)
                    .hasMessageContaining("In the way:");
            assertThat(
                            values(
                                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%' AND state = 'active'"))
                    .containsExactly("0");
            blocker.rollback();
        }
    }

    @Test
    void refusesPgDumpInTransactionMode() throws Exception {
        MigrationPlan plan = plan(through("transaction"), TABLE)
                .backup(PgDump.into(directory))
                .build();

        assertThatThrownBy(plan::upgrade)
                .isInstanceOf(MigrationFailedException.class)
                .hasMessageContainingAll("transaction mode", "pg_dump", "own URL");
        assertThat(values("SELECT coalesce(to_regclass('rooms')::text, 'none')"))
                .containsExactly("none");
    }

    private PostgresDatabase through(String mode) throws Exception {
        PgBouncer pooler = PgBouncer.before(server, mode);
        poolers.add(pooler);
        return PostgresDatabase.at(pooler.url(name), server.user(), server.password());
    }

    private static Change sql(String text, boolean transactional) {
        return new Change.Sql(Script.ofText("test.sql", text), transactional);
    }

    private static MigrationPlanBuilder plan(PostgresDatabase database, Revision... revisions) {
        return MigrationPlan.builder()
                .database(database)
                .revisions(Revisions.of(revisions))
                .environment(Environment.DEVELOPMENT);
    }

    private List<String> values(String sql) throws SQLException {
        try (Connection connection = server.connect(name)) {
            return Rows.of(connection, sql);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
