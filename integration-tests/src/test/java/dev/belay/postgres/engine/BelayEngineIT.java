package dev.belay.postgres.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.belay.context.Cancellation.Reason;
import dev.belay.context.RunCancelledException;
import dev.belay.engine.EngineState;
import dev.belay.engine.RevisionFailedException;
import dev.belay.engine.RevisionResult;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.revision.Change;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Route;
import dev.belay.revision.Script;
import dev.belay.revision.Target;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BelayEngineIT {
    private static final String MARKER = "mark3r";
    private final PostgresServer server = PostgresServers.shared();
    private String name;
    private PostgresDatabase database;
    private final List<Revision> revisions = new ArrayList<>();
    private BelayEngine engine;

    @BeforeEach
    void createDatabase() {
        name = server.createUniqueDatabase("engine");
        database = PostgresDatabase.at(server.jdbcUrl(name), server.user(), server.password());
        RevisionSource source = () -> List.copyOf(revisions);
        engine = BelayEngine.of(source, database);
    }

    @AfterEach
    void dropDatabase() {
        server.dropDatabase(name);
    }

    private void given(String id, String up, String down, String... parents) {
        given(id, up, true, down, true, parents);
    }

    private void givenOutside(String id, String up, String down, String... parents) {
        given(id, up, false, down, false, parents);
    }

    private void given(String id, String up, boolean upIn, String down, boolean downIn, String... parents) {
        revisions.add(Revision.named(id, "does " + id)
                .after(parents)
                .origin(id + ".sql")
                .upgrade(new Change.Sql(Script.ofText(id + ".sql", up), upIn))
                .downgrade(new Change.Sql(Script.ofText(id + ".sql", down), downIn)));
    }

    private void stamp(Target target) throws SQLException {
        try (RecordingContext context = new RecordingContext(database)) {
            engine.stamp(target, context);
        }
    }

    private List<RevisionResult> go(Direction direction, String target) throws SQLException {
        try (RecordingContext context = new RecordingContext(database)) {
            return go(direction, target, context);
        }
    }

    private List<RevisionResult> go(Direction direction, String target, RecordingContext context) throws SQLException {
        return engine.run(engine.route(direction, Target.of(target), engine.state(database)), context);
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "no row";
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void goesUpInOneTransactionAndDownByTheStoredDowngrade() throws SQLException {
        given(
                "aaaa",
                "create table a (id int); insert into a select generate_series(1, 5000); select id from a;",
                "drop table a");
        given(
                "bbbb",
                "alter table a add column b int;\nset search_path to pg_catalog",
                "alter table public.a drop column b",
                "aaaa");
        given(
                "cccc",
                "create function f() returns int language sql begin atomic; select 1; select 2; end;",
                "drop function f()",
                "bbbb");
        try (RecordingContext context = new RecordingContext(database)) {
            Route route = engine.route(Direction.UP, Target.head(), engine.state(database));
            assertThat(engine.isTransactional(route, engine.state(database))).isTrue();
            assertThat(engine.run(route, context))
                    .extracting(RevisionResult::statements)
                    .containsExactly(3, 2, 1);
            assertThat(context.asked).isEqualTo(1);
        }
        assertThat(ask("select count(distinct xmin::text) from belay.history")).isEqualTo("1");
        assertThat(engine.state(database).ids()).containsExactly("aaaa", "bbbb", "cccc");
        assertThat(engine.route(Direction.UP, Target.head(), engine.state(database))
                        .isEmpty())
                .isTrue();
        revisions.remove(2);
        revisions.remove(1);
        assertThatThrownBy(() -> go(Direction.UP, "head"))
                .isInstanceOf(RevisionMissingException.class)
                .hasMessageContainingAll("bbbb", "belay downgrade aaaa", "belay stamp aaaa");
        go(Direction.DOWN, "aaaa");
        assertThat(engine.state(database).ids()).containsExactly("aaaa");
        assertThat(ask("select count(*) from pg_attribute where attrelid = 'a'::regclass and attname = 'b'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extendedForPrepared", "extendedCacheEverything"})
    void worksInEachOfTheDriversModes(String mode) throws SQLException {
        String url = server.jdbcUrl(name);
        database = PostgresDatabase.at(
                url + (url.contains("?") ? "&" : "?") + "preferQueryMode=" + mode, server.user(), server.password());
        engine = BelayEngine.of(() -> List.copyOf(revisions), database);
        given(
                "aaaa",
                "create table a (j jsonb); insert into a values ('{\"x\": 1}'); select * from a where j ? 'x';"
                        + "create function f() returns int language sql begin atomic; select 1; select 2; end;",
                "drop function f(); drop table a");
        givenOutside(
                "bbbb",
                "create index concurrently i on a (j); select 1; vacuum a",
                "drop index concurrently i",
                "aaaa");
        go(Direction.UP, "head");
        go(Direction.DOWN, "base");
        assertThat(engine.state(database).ids()).isEmpty();
    }

    @Test
    void stateWritesNothing() throws SQLException {
        assertThat(engine.state(database)).isEqualTo(new EngineState(List.of(), java.util.Optional.empty()));
        assertThat(ask("select count(*) from pg_namespace where nspname = 'belay'"))
                .isEqualTo("0");
    }

    @Test
    void countsTheRoundTripsOfState() throws SQLException {
        given("aaaa", "select 1", "select 1");
        go(Direction.UP, "head");
        List<String> executed = new ArrayList<>();
        try (Connection connection = server.connect(name)) {
            EngineState state = engine.state(Counting.connection(connection, executed));
            assertThat(state.ids()).containsExactly("aaaa");
        }
        assertThat(executed).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aBlockedCopyIsTriedAgainWithAllItsData() throws Exception {
        execute("create table a (id int)");
        given("aaaa", "copy a from stdin;\n1\n2\n\\.\n", "truncate a");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (Connection blocker = server.connect(name);
                RecordingContext context =
                        new RecordingContext(database, Duration.ofMillis(200), Duration.ofMinutes(1))) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("lock table a");
            var unused = clock.schedule(
                    () -> {
                        blocker.rollback();
                        return 0;
                    },
                    700,
                    TimeUnit.MILLISECONDS);
            go(Direction.UP, "head", context);
        } finally {
            clock.shutdownNow();
        }
        assertThat(ask("select count(*) from a")).isEqualTo("2");
    }

    @Test
    void aBlockedConcurrentBuildIsTriedAgainAndLeavesNoInvalidIndex() throws Exception {
        execute("create table a (id int); insert into a select generate_series(1, 1000)");
        givenOutside("aaaa", "create index concurrently i on a (id)", "drop index concurrently i");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (Connection blocker = server.connect(name);
                RecordingContext context =
                        new RecordingContext(database, Duration.ofMillis(300), Duration.ofMinutes(1))) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("insert into a values (0)");
            var unused = clock.schedule(
                    () -> {
                        blocker.commit();
                        return 0;
                    },
                    1000,
                    TimeUnit.MILLISECONDS);
            go(Direction.UP, "head", context);
            assertThat(context.notes).anyMatch(note -> note.contains("In the way: pid"));
        } finally {
            clock.shutdownNow();
        }
        assertThat(ask("select string_agg(indisvalid::text, '') from pg_index where indrelid = 'a'::regclass"))
                .isEqualTo("true");
    }

    @Test
    void theTimeoutOfTheRunEndsAWaitForALockAndAPause() throws Exception {
        execute("create table a (id int)");
        given("aaaa", "alter table a add column b int", "alter table a drop column b");
        try (Connection blocker = server.connect(name);
                RecordingContext context =
                        new RecordingContext(database, Duration.ofMillis(200), Duration.ofMillis(1500))) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("lock table a");
            long start = System.nanoTime();
            assertThatThrownBy(() -> go(Direction.UP, "head", context)).isInstanceOf(RunCancelledException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void aStatementThatDefiesItsCancellationLosesItsSession() throws Exception {
        given(
                "aaaa",
                "do $$ begin loop begin perform pg_sleep(60); exception when query_canceled then null; end; end loop; end $$",
                "select 1");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (RecordingContext context = new RecordingContext(database)) {
            var unused = clock.schedule(() -> context.cancellation.cancel(Reason.TIMEOUT), 300, TimeUnit.MILLISECONDS);
            long start = System.nanoTime();
            assertThatThrownBy(() -> go(Direction.UP, "head", context)).isInstanceOf(RunCancelledException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(context.notes).isEmpty();
        } finally {
            clock.shutdownNow();
        }
        assertThat(ask("select count(*) from pg_stat_activity where datname = current_database() and state = 'active'"
                        + " and pid <> pg_backend_pid()"))
                .isEqualTo("0");
    }

    @Test
    void aCancelledConcurrentBuildIsFinishedByTheNextRun() throws Exception {
        execute("create table a (id int); insert into a select generate_series(1, 1000)");
        givenOutside("aaaa", "create index concurrently i on a (id)", "drop index concurrently i");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (Connection blocker = server.connect(name);
                RecordingContext context =
                        new RecordingContext(database, Duration.ofSeconds(30), Duration.ofMinutes(1))) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("insert into a values (0)");
            var unused =
                    clock.schedule(() -> context.cancellation.cancel(Reason.INTERRUPTED), 700, TimeUnit.MILLISECONDS);
            assertThatThrownBy(() -> go(Direction.UP, "head", context)).isInstanceOf(RunCancelledException.class);
        } finally {
            clock.shutdownNow();
        }
        assertThat(engine.state(database).partial()).contains(new EngineState.Partial("aaaa", Direction.UP, 0));
        go(Direction.UP, "head");
        assertThat(ask("select string_agg(indisvalid::text, '') from pg_index where indrelid = 'a'::regclass"))
                .isEqualTo("true");
    }

    @Test
    void aSessionThatIsEndedMidwayLeavesNothing() throws Exception {
        given("aaaa", "create table a (); select pg_sleep(60)", "drop table a");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            var unused = clock.schedule(
                    () -> ask(
                            "select pg_terminate_backend(pid) from pg_stat_activity where query like 'select pg_sleep(60)%'"),
                    500,
                    TimeUnit.MILLISECONDS);
            assertThatThrownBy(() -> go(Direction.UP, "head"))
                    .isInstanceOf(RevisionFailedException.class)
                    .hasMessageContainingAll("57P01", "nothing is in the database");
        } finally {
            clock.shutdownNow();
        }
        assertThat(ask("select to_regclass('a')")).isNull();
    }

    @Test
    void theDowngradeStoredWithTheRevisionGoesBeforeAnEditedOne() throws SQLException {
        given("aaaa", "create table a (id int)", "drop table a");
        go(Direction.UP, "head");
        revisions.clear();
        given("aaaa", "create table a (id int)", "drop table nowhere");
        try (RecordingContext context = new RecordingContext(database)) {
            go(Direction.DOWN, "base", context);
            assertThat(context.notes).singleElement().asString().contains("edited after");
        }
        assertThat(ask("select to_regclass('a')")).isNull();
    }

    @Test
    void aHalfDoneDowngradeIsFinishedBeforeTheNextUpgrade() throws SQLException {
        givenOutside("aaaa", "create table a (id int); create table b (id int)", "drop table b; drop table a");
        go(Direction.UP, "head");
        execute("create view v as select * from a");
        assertThatThrownBy(() -> go(Direction.DOWN, "base")).isInstanceOf(RevisionFailedException.class);
        assertThatThrownBy(() -> go(Direction.UP, "head"))
                .isInstanceOf(HalfDoneException.class)
                .hasMessageContaining("belay downgrade base");
        EngineState half = engine.state(database);
        execute("drop view v");
        EngineState before = new EngineState(half.applied(), java.util.Optional.empty());
        try (RecordingContext context = new RecordingContext(database)) {
            for (Route route : engine.wayBack(half, before)) {
                engine.run(route, context);
            }
        }
        assertThat(engine.state(database).sameAs(before)).isTrue();
        assertThat(ask("select to_regclass('b')")).isEqualTo("b");
    }

    @Test
    void stampsFromSeveralHeads() throws SQLException {
        given("aaaa", "select 1", "select 1");
        given("bbbb", "select 1", "select 1", "aaaa");
        given("cccc", "select 1", "select 1", "aaaa");
        stamp(Target.heads());
        assertThat(engine.state(database).ids()).containsExactly("aaaa", "bbbb", "cccc");
        stamp(Target.of("bbbb"));
        assertThat(engine.state(database).ids()).containsExactly("aaaa", "bbbb", "cccc");
        stamp(Target.of("aaaa"));
        assertThat(engine.state(database).ids()).containsExactly("aaaa");
        revisions.remove(0);
        revisions.clear();
        given("dddd", "select 1", "select 1");
        stamp(Target.head());
        assertThat(engine.state(database).ids()).containsExactly("dddd");
    }

    @Test
    void aFailureLeavesNothingAndNamesTheStatement() throws SQLException {
        given("aaaa", "create table a (id int)", "drop table a");
        given(
                "bbbb",
                "create table b (id int);\n\ninsert into nowhere values ('" + MARKER + "')",
                "drop table b",
                "aaaa");
        assertThatThrownBy(() -> go(Direction.UP, "head"))
                .isInstanceOf(RevisionFailedException.class)
                .hasMessageContainingAll(
                        "bbbb.sql:3", "statement 2", "\"nowhere\"", "42P01", "nothing is in the database")
                .satisfies(BelayEngineIT::isFreeOfTheMarker);
        assertThat(ask("select coalesce(to_regclass('a'), to_regclass('belay.history'))"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'mark3r'::int",
                "select 'mark3r'::regclass",
                "select 'mar\"mark3r'::int",
                "insert into kept values ('mark3r')",
                "do $$ begin raise exception 'row mark3r is bad'; end $$",
                "do $$ begin raise exception using errcode = '22000', message = 'row mark3r is bad'; end $$",
                "alter table kept add constraint c check (v <> 'mark3r')",
                "alter table kept alter v type int using v::int",
                "select 'mark3r",
                "create table x (v text) 'mark3r'",
                "copy kept from stdin;\nmark3r\n",
                "set statement_timeout = mark3r",
                "do $$ begin raise notice 'mark3r'; perform 1/0; end $$",
            })
    void noValueLeaks(String sql) throws SQLException {
        execute("create table kept (v text primary key); insert into kept values ('mark3r')");
        given("aaaa", sql, "select 1");
        try (RecordingContext context = new RecordingContext(database)) {
            Throwable thrown = catchThrowable(() -> go(Direction.UP, "head", context));
            assertThat(thrown).isNotNull();
            isFreeOfTheMarker(thrown);
            assertThat(context.notes).noneMatch(note -> note.contains(MARKER));
        }
    }

    @Test
    void noValueOfJavaCodeLeaks() {
        revisions.add(Revision.named("aaaa", "")
                .upgrade(c -> {
                    throw new IllegalStateException(MARKER);
                })
                .irreversible("it is a test"));
        assertThatThrownBy(() -> go(Direction.UP, "head"))
                .hasMessageContaining("IllegalStateException")
                .satisfies(BelayEngineIT::isFreeOfTheMarker);
    }

    @Test
    void javaCodeMayNotCommit() throws SQLException {
        revisions.add(Revision.named("aaaa", "").upgrade(Connection::commit).irreversible("it is a test"));
        assertThatThrownBy(() -> go(Direction.UP, "head")).isInstanceOf(RevisionFailedException.class);
        assertThat(engine.state(database).ids()).isEmpty();
    }

    private static void isFreeOfTheMarker(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(MARKER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"create table a (); commit", "create table a (); vacuum", "begin"})
    void refusesBeforeAnythingRuns(String sql) throws SQLException {
        given("aaaa", sql, "select 1");
        assertThatThrownBy(() -> go(Direction.UP, "head")).hasMessageContaining("refused before anything ran");
        assertThat(ask("select to_regclass('a')")).isNull();
    }

    @Test
    void refusesAnEditedRevisionButNotAnEditedComment() throws SQLException {
        given("aaaa", "create table a (id int)", "drop table a");
        go(Direction.UP, "head");
        revisions.clear();
        given("aaaa", "CREATE  TABLE a (id int); -- said differently", "drop table a");
        assertThat(engine.route(Direction.UP, Target.head(), engine.state(database))
                        .isEmpty())
                .isTrue();
        revisions.clear();
        given("aaaa", "create table a (id bigint)", "drop table a");
        assertThatThrownBy(() -> go(Direction.UP, "head"))
                .isInstanceOf(RevisionChangedException.class)
                .hasMessageContainingAll("aaaa.sql", "belay stamp");
        stamp(Target.head());
        assertThat(engine.route(Direction.UP, Target.head(), engine.state(database))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void triesAgainAndNamesWhoIsInTheWay() throws Exception {
        execute("create table a (id int)");
        given("aaaa", "alter table a add column b int", "alter table a drop column b");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (Connection blocker = server.connect(name);
                RecordingContext context =
                        new RecordingContext(database, Duration.ofMillis(300), Duration.ofMinutes(1))) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("set application_name = 'the other'; select * from a");
            var unused = clock.schedule(
                    () -> {
                        blocker.rollback();
                        return 0;
                    },
                    1200,
                    TimeUnit.MILLISECONDS);
            assertThat(go(Direction.UP, "head", context)).hasSize(1);
            assertThat(context.notes)
                    .anySatisfy(note -> assertThat(note)
                            .contains("the other", "idle in transaction", "aaaa.sql:1")
                            .doesNotContain("select"));
        } finally {
            clock.shutdownNow();
        }
    }

    @Test
    void cancellingEndsTheStatementOnTheServer() throws Exception {
        given("aaaa", "create table a (); select pg_sleep(60)", "drop table a");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (RecordingContext context = new RecordingContext(database)) {
            var unused =
                    clock.schedule(() -> context.cancellation.cancel(Reason.INTERRUPTED), 500, TimeUnit.MILLISECONDS);
            long start = System.nanoTime();
            assertThatThrownBy(() -> go(Direction.UP, "head", context)).isInstanceOf(RunCancelledException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(ask("select count(*) from pg_stat_activity where query like '%pg_sleep(60)%' and state <> 'idle'"
                            + " and pid <> pg_backend_pid() and datname = current_database()"))
                    .isEqualTo("0");
        } finally {
            clock.shutdownNow();
        }
        assertThat(ask("select to_regclass('a')")).isNull();
    }

    @Test
    void goesOnAtTheStatementWhereItStopped() throws SQLException {
        givenOutside(
                "aaaa",
                "create table a (id int); insert into a values (1); create index concurrently i on a (id); insert into missing values (1)",
                "drop index concurrently i; drop table missing; drop table a");
        assertThatThrownBy(() -> go(Direction.UP, "head")).hasMessageContaining("its first 3 statements are done");
        EngineState half = engine.state(database);
        assertThat(half.partial()).contains(new EngineState.Partial("aaaa", Direction.UP, 3));
        execute("create table missing (id int)");
        assertThat(go(Direction.UP, "head")).hasSize(1);
        assertThat(ask("select count(*) from a")).isEqualTo("1");
        assertThat(engine.state(database).partial()).isEmpty();
        go(Direction.DOWN, "base");
        assertThat(ask("select to_regclass('a')")).isNull();
    }

    @Test
    void takesBackWhatWasOnlyHalfDone() throws SQLException {
        givenOutside("aaaa", "create table a (id int); create table b (id missing)", "drop table b; drop table a");
        EngineState before = engine.state(database);
        assertThatThrownBy(() -> go(Direction.UP, "head")).isInstanceOf(RevisionFailedException.class);
        try (RecordingContext context = new RecordingContext(database)) {
            for (Route route : engine.wayBack(engine.state(database), before)) {
                engine.run(route, context);
            }
            assertThat(context.notes).anyMatch(note -> note.contains("never made"));
        }
        assertThat(engine.state(database)).isEqualTo(before);
        assertThat(ask("select to_regclass('a')")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "if not exists"})
    void anInvalidIndexIsDroppedAndBuiltAgain(String ifNotExists) throws SQLException {
        execute("create table a (id int); insert into a values (1), (1)");
        assertThatThrownBy(() -> execute("create unique index concurrently i on a (id)"))
                .isInstanceOf(SQLException.class);
        execute("delete from a where ctid = '(0,1)'");
        givenOutside(
                "aaaa",
                "create unique index concurrently " + ifNotExists + " i on a (id)",
                "drop index concurrently i");
        go(Direction.UP, "head");
        assertThat(ask("select indisvalid from pg_index where indexrelid = 'i'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void copiesALargeBlock() throws SQLException {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            data.append(i).append("\tsome text\n");
        }
        given(
                "aaaa",
                "create table a (id int, t text);\ncopy a from stdin;\n" + data + "\\.\ncreate index on a (id);",
                "drop table a");
        go(Direction.UP, "head");
        assertThat(ask("select count(*) from a")).isEqualTo("300000");
    }

    @Test
    void stampsAndUnstamps() throws SQLException {
        given("aaaa", "select 1", "select 1");
        given("bbbb", "select 1", "select 1", "aaaa");
        given("cccc", "select 1", "select 1", "bbbb");
        stamp(Target.head());
        assertThat(engine.state(database).ids()).containsExactly("aaaa", "bbbb", "cccc");
        assertThat(engine.state(database).applied()).allMatch(applied -> applied.stamped());
        stamp(Target.of("aaaa"));
        assertThat(engine.state(database).ids()).containsExactly("aaaa");
        stamp(Target.base());
        assertThat(engine.state(database).ids()).isEmpty();
    }

    @Test
    void theScriptOfADryRunDoesTheSame() throws Exception {
        given("aaaa", "create table a (id int);\ncopy a from stdin;\n1\n\\.\n", "drop table a");
        givenOutside("bbbb", "create index concurrently i on a (id)", "drop index concurrently i", "aaaa");
        StringBuilder script = new StringBuilder();
        engine.script(
                engine.route(Direction.UP, Target.head(), engine.state(database)), engine.state(database), script);
        assertThat(ask("select to_regclass('belay.history')")).isNull();
        assertThat(script.toString())
                .containsSubsequence(
                        "BEGIN;",
                        "create table a",
                        "1\n\\.\n",
                        "insert into belay.history",
                        "COMMIT;",
                        "create index concurrently i",
                        "insert into belay.history");
        assertThat(script.toString().split("COMMIT;")).hasSize(2);
    }
}
