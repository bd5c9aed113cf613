package dev.belay.postgres.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.backup.Backup;
import dev.belay.backup.ProofLevel;
import dev.belay.database.Database;
import dev.belay.engine.EngineState;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.tools.ClientPrograms;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import dev.belay.validation.Finding;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresPreflightIT {
    private static final String OWNER = "preflight_owner";
    private static final String WEAK = "preflight_weak";
    private static PostgresServer server;

    @TempDir
    private Path directory;

    private String name;
    private Connection admin;

    @BeforeAll
    static void start() {
        server = PostgresServers.search()
                .setting("max_prepared_transactions", "5")
                .setting("wal_level", "replica")
                .setting("max_wal_senders", "5")
                .find();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void create() throws SQLException {
        name = server.createUniqueDatabase("preflight");
        admin = server.connect(name);
        execute("CREATE ROLE " + OWNER + " LOGIN CREATEDB PASSWORD 'test'; CREATE ROLE " + WEAK
                + " LOGIN PASSWORD 'test';"
                + "GRANT pg_read_all_stats, pg_signal_backend TO " + OWNER + ";"
                + "ALTER DATABASE " + name + " OWNER TO " + OWNER);
    }

    @AfterEach
    void drop() throws SQLException {
        execute("DROP OWNED BY " + OWNER + ", " + WEAK);
        admin.close();
        server.dropDatabase(name);
        try (Connection other = server.connect("postgres");
                Statement statement = other.createStatement()) {
            statement.execute("DROP ROLE " + OWNER + ", " + WEAK);
        }
    }

    @Test
    void findsNothingOnAQuietServerAndIsQuick() throws SQLException {
        execute("CREATE TABLE users (id serial PRIMARY KEY); ALTER TABLE users OWNER TO " + OWNER);
        assertThat(look(OWNER)).isEmpty();
        long start = System.nanoTime();
        assertThat(look(OWNER)).isEmpty();
        // 100 ms by design; a busy machine for tests gets more
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void namesWhatTheRoleMayNotDo() {
        assertThat(look(WEAK))
                .containsExactly(
                        "critical privileges: role \"preflight_weak\" may not create Belay's schema in the database.",
                        "critical privileges: role \"preflight_weak\" may not create databases, which the copy or the restore"
                                + " needs.",
                        "critical privileges: role \"preflight_weak\" does not own the database and so can't rename it for a"
                                + " rollback by restore.",
                        "minor privileges: role \"preflight_weak\" can't end sessions of other roles; a rollback by restore"
                                + " waits until they end. Grant pg_signal_backend.",
                        "minor busy-sessions: sessions of other roles can't be seen. Grant pg_read_all_stats to see them.");
    }

    @Test
    void asksForNoPrivilegeThatThePlanDoesNotNeed() throws SQLException {
        execute("GRANT CREATE ON DATABASE " + name + " TO " + WEAK + "; GRANT pg_read_all_stats TO " + WEAK);
        execute("CREATE TABLE secret (id int)");
        assertThat(messages(context(WEAK).withoutCopies()))
                .containsExactly("minor owners: a change of tables of other roles would be refused: public.secret.");
    }

    @Test
    void namesTablesThatTheBackupCannotRead() throws SQLException {
        execute("CREATE TABLE secret (id int); CREATE TABLE guarded (id int); GRANT SELECT ON guarded TO " + OWNER
                + "; ALTER TABLE guarded ENABLE ROW LEVEL SECURITY; CREATE TABLE fine (id int); GRANT SELECT ON fine TO "
                + OWNER);
        assertThat(look(OWNER))
                .containsExactly(
                        "critical readable-tables: the backup can't read all of public.guarded, public.secret.",
                        "minor owners: a change of tables of other roles would be refused: public.fine, public.guarded,"
                                + " public.secret.");
    }

    @Test
    void refusesAReadOnlyDatabase() throws SQLException {
        execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
        assertThat(look(OWNER))
                .containsExactly("critical writable: transactions are read-only by default for this role or database.");
        execute("ALTER DATABASE " + name + " RESET default_transaction_read_only");
    }

    @Test
    void countsTheConnectionsThatAreLeft() throws SQLException {
        execute("ALTER DATABASE " + name + " CONNECTION LIMIT 8; ALTER ROLE " + OWNER + " CONNECTION LIMIT 5");
        assertThat(look(OWNER))
                .anyMatch(m -> m.matches(
                        "critical free-connections: the database has [67] connections left of 8; the run needs"
                                + " up to 9\\."))
                .anyMatch(m -> m.matches(
                        "critical free-connections: role \"preflight_owner\" has 4 connections left of 5; .*"));
    }

    @Test
    void needsClientProgramsThatAreNewEnough() {
        var dump = new TestDump(directory, ClientPrograms.at(directory), List.of());
        assertThat(messages(TestPreflightContext.of(database(OWNER), dump)))
                .hasSize(2)
                .allMatch(m -> m.startsWith("critical client-programs: "));
    }

    @Test
    void needsSpaceForTheBackupAndForACopyBesideIt() throws SQLException {
        var huge = new Backup(
                "huge",
                "/backups/huge",
                Optional.empty(),
                name,
                Instant.EPOCH,
                List.of(),
                Long.MAX_VALUE / 4,
                Duration.ZERO,
                ProofLevel.NONE,
                Optional.empty());
        var dump = new TestDump(directory.resolve("not/yet"), ClientPrograms.installed(), List.of(huge));
        assertThat(messages(TestPreflightContext.of(database(OWNER), dump)))
                .singleElement()
                .asString()
                .startsWith("critical backup-space: " + directory + " has ");
        execute("GRANT pg_read_all_settings TO " + OWNER);
        assertThat(messages(TestPreflightContext.of(database(OWNER), dump)))
                .element(1)
                .asString()
                .startsWith("critical server-space: ")
                .contains("a copy of the database with its backup on the same disk needs about");
    }

    @Test
    void namesTransactionsThatHoldLocksAndDoNothing() throws Exception {
        execute("CREATE TABLE users (id int); ALTER TABLE users OWNER TO " + OWNER);
        try (Connection idle = server.connect(name);
                Statement statement = idle.createStatement()) {
            idle.setAutoCommit(false);
            statement.execute("SET application_name = 'payroll'");
            statement.execute("SELECT 'secret' FROM users");
            Thread.sleep(10_500);
            assertThat(look(OWNER))
                    .singleElement()
                    .asString()
                    .matches(
                            "minor busy-sessions: session \\d+ of role \".+\" \\(application \"payroll\", idle in transaction\\)"
                                    + " has been in a transaction for 1\\d s\\.");
        }
    }

    @Test
    void namesPreparedTransactions() throws SQLException {
        try (Connection other = server.connect(name);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("CREATE TABLE t ()");
            statement.execute("PREPARE TRANSACTION 'one'");
        }
        assertThat(look(OWNER))
                .singleElement()
                .asString()
                .matches("minor prepared-transactions: a transaction of role \".+\" has been prepared for \\d s\\.");
        execute("ROLLBACK PREPARED 'one'");
    }

    @Test
    void namesSlotsThatNobodyReads() throws SQLException {
        execute("SELECT pg_create_physical_replication_slot('gone', true)");
        try {
            assertThat(look(OWNER))
                    .singleElement()
                    .asString()
                    .matches("minor replication: replication slot \"gone\" is inactive and holds back .* of WAL\\.");
        } finally {
            execute("SELECT pg_drop_replication_slot('gone')");
        }
    }

    @Test
    void namesWhatWasNotValidBefore() throws SQLException {
        execute("CREATE TABLE t (id int); ALTER TABLE t OWNER TO " + OWNER + "; CREATE INDEX i ON t (id);"
                + "ALTER TABLE t ADD CONSTRAINT positive CHECK (id > 0) NOT VALID;"
                + "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass");
        assertThat(look(OWNER))
                .containsExactly(
                        "minor catalog-flaws: not valid before the change: constraint \"positive\" of t, index i.");
    }

    @Test
    void refusesWhenACopyCannotHaveTheExtensions() throws SQLException {
        execute("INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)"
                + " VALUES (99999, 'gone', 10, 11, false, '1')");
        assertThat(look(OWNER))
                .containsExactly(
                        "critical extensions: extension \"gone\" is no longer available: a copy can't have it.");
        assertThat(messages(context(OWNER).withoutCopies())).isEmpty();
    }

    @Test
    void comparesTheHistoryWithTheFiles() {
        var applied = new AppliedRevision("gone", List.of(), "", "", Instant.EPOCH, false);
        var state = new EngineState(List.of(applied), Optional.of(new EngineState.Partial("aaaa", Direction.UP, 1)));
        var revisions = List.of(revision("aaaa"), revision("bbbb"));
        assertThat(messages(context(OWNER).with(state, () -> revisions)))
                .containsExactly(
                        "minor history: revision aaaa was left after 1 statements.",
                        "minor history: applied, but not among the files: gone.",
                        "minor history: the revisions have 2 heads.");
        assertThat(messages(context(OWNER).with(state, () -> List.of(revision("aaaa"), revision("aaaa")))))
                .hasSize(2)
                .element(1)
                .asString()
                .startsWith("critical history: ");
    }

    @Test
    void aCheckThatFailsHidesNoOther() throws SQLException {
        execute("REVOKE SELECT ON pg_prepared_xacts FROM PUBLIC; CREATE TABLE secret ()");
        assertThat(look(OWNER))
                .containsExactly(
                        "critical readable-tables: the backup can't read all of public.secret.",
                        "minor owners: a change of tables of other roles would be refused: public.secret.",
                        "minor prepared-transactions: could not be checked: permission denied for view pg_prepared_xacts"
                                + " (SQLSTATE 42501).");
    }

    private static Revision revision(String id) {
        return Revision.named(id, id).upgrade(connection -> {}).irreversible("a test");
    }

    private Database database(String role) {
        return PostgresDatabase.at(server.jdbcUrl(name), role, "test");
    }

    private TestPreflightContext context(String role) {
        return TestPreflightContext.of(database(role), new TestDump(directory, ClientPrograms.installed(), List.of()));
    }

    private List<String> look(String role) {
        return messages(context(role));
    }

    private static List<String> messages(TestPreflightContext context) {
        return new PostgresPreflight()
                .check(context).stream().map(PostgresPreflightIT::line).toList();
    }

    private static String line(Finding finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT) + " " + finding.validator() + ": "
                + finding.message();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }
}
