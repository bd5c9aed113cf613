package dev.belay.postgres.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.backup.Backup;
import dev.belay.backup.BackupFailedException;
import dev.belay.backup.ProofLevel;
import dev.belay.context.Cancellation;
import dev.belay.context.RunCancelledException;
import dev.belay.database.Database;
import dev.belay.database.TableFingerprint;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.observation.PostgresObservations;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Takes, breaks and restores real dumps. */
@Timeout(30)
class PgDumpIT {
    private static final PostgresServer SERVER = PostgresServers.shared();

    @TempDir
    Path folder;

    private String name;
    private String copyName;
    private Database database;
    private Database copy;
    private TestBackupContext context;

    @BeforeEach
    void fillDatabase() throws Exception {
        name = SERVER.createUniqueDatabase("dumped");
        copyName = SERVER.createUniqueDatabase("restored");
        database = PostgresDatabase.at(SERVER.libpqUrl(name));
        copy = database.named(copyName);
        context = TestBackupContext.of(database);
        execute(name, """
                CREATE SCHEMA "Odd ""Name";
                CREATE TYPE mood AS ENUM ('sad', 'glad');
                CREATE TYPE pair AS (a int, b numeric);
                CREATE DOMAIN short AS varchar(20) CHECK (value <> '');
                CREATE TABLE things (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, m mood, p pair, s short, ms mood[], n numeric,
                    f float8, j jsonb, x json, i interval, r int4range, ts timestamptz, t text[], b bytea, c char(5), k regclass,
                    bits varbit, addr inet, twice int GENERATED ALWAYS AS (length(s) * 2) STORED);
                INSERT INTO things (m, p, s, ms, n, f, j, x, i, r, ts, t, b, c, k, bits, addr)
                SELECT CASE WHEN g % 3 > 0 THEN 'glad'::mood END, ('(' || g || ',1.50)')::pair, 'row ' || g, '{sad,NULL}', g / 7.0, g / 7.0, jsonb_build_object('g', g),
                    '{"g" :  1}', g * interval '1 hour', int4range(g, g + 5), now() + g * interval '1 day', ARRAY['a', NULL, g::text],
                    decode(md5(g::text), 'hex'), 'c', 'pg_class', '101', '10.0.0.1/8' FROM generate_series(1, 500) g;
                CREATE TABLE "Odd ""Name"."no columns" ();
                INSERT INTO "Odd ""Name"."no columns" DEFAULT VALUES;
                CREATE TABLE parts (id int, at date) PARTITION BY RANGE (id);
                CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (100);
                INSERT INTO parts SELECT g, '2026-01-01' FROM generate_series(1, 50) g;
                CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM things WITH NO DATA;
                """);
    }

    @AfterEach
    void dropDatabases() {
        SERVER.dropDatabase(name);
        SERVER.dropDatabase(copyName);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void givesBackWhatItTook(Format format) throws Exception {
        PgDump dump = PgDump.into(folder).format(format);

        Backup backup = dump.take(context);
        dump.check(backup, context);
        dump.restore(backup, copy, context);

        PostgresObservations observations = new PostgresObservations();
        assertThat(backup.rows()).contains(observations.rows(copy, context));
        assertThat(backup.rows().orElseThrow())
                .extracting(TableFingerprint::table, TableFingerprint::rows)
                .contains(org.assertj.core.api.Assertions.tuple("public.things", 500L))
                .contains(org.assertj.core.api.Assertions.tuple("\"Odd \"\"Name\".\"no columns\"", 1L))
                .contains(org.assertj.core.api.Assertions.tuple("public.parts_low", 50L));
        assertThat(observations.schema(database).differencesTo(observations.schema(copy)))
                .isEmpty();
        assertThat(observations.surplus(database, copy, context)).isEmpty();
        dump.recordProof(backup.proven(ProofLevel.COMPARED));
        assertThat(PgDump.into(folder).list(name))
                .singleElement()
                .returns(ProofLevel.COMPARED, Backup::proof)
                .returns(backup.rows(), Backup::rows);
        assertThat(entries())
                .containsExactlyInAnyOrder(
                        backup.path().orElseThrow().getFileName().toString(), backup.id() + ".json");
    }

    @Test
    void countsWhatOnlyOneSideHas() throws Exception {
        PgDump dump = PgDump.into(folder);
        dump.restore(dump.take(context), copy, context);
        execute(name, """
                INSERT INTO parts VALUES (60, now()), (61, now());
                UPDATE things SET n = n + 1 WHERE id <= 3;
                ALTER TABLE things ADD COLUMN later int DEFAULT 4;
                CREATE TABLE fresh AS SELECT 1 AS a;
                """);

        PostgresObservations observations = new PostgresObservations();
        assertThat(observations.surplus(database, copy, context))
                .containsOnly(
                        java.util.Map.entry("public.parts_low", 2L),
                        java.util.Map.entry("public.things", 3L),
                        java.util.Map.entry("public.fresh", 1L));
    }

    @Test
    void noticesValuesExchangedBetweenRows() throws Exception {
        PostgresObservations observations = new PostgresObservations();
        List<TableFingerprint> before = observations.rows(database, context);
        execute(name, "UPDATE things SET n = CASE id WHEN 1 THEN 2 ELSE 1 END / 7.0 WHERE id IN (1, 2)");
        assertThat(observations.rows(database, context)).isNotEqualTo(before);
        execute(name, "UPDATE things SET n = id / 7.0 WHERE id IN (1, 2)");
        assertThat(observations.rows(database, context)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void refusesADumpWithAFlippedByte(Format format) throws Exception {
        PgDump dump = PgDump.into(folder).format(format);
        Backup backup = dump.take(context);
        Path largest = largestFile(backup.path().orElseThrow());
        byte[] bytes = Files.readAllBytes(largest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(largest, bytes);

        refusedAsDamaged(dump, backup, "SHA-256");
        refusedAsDamaged(PgDump.into(folder).format(format), backup, "SHA-256");
    }

    @Test
    void refusesADumpThatIsTruncatedOrIncomplete() throws Exception {
        PgDump dump = PgDump.into(folder);
        Backup backup = dump.take(context);
        Path largest = largestFile(backup.path().orElseThrow());
        try (var channel = java.nio.channels.FileChannel.open(largest, StandardOpenOption.WRITE)) {
            channel.truncate(10);
        }
        refusedAsDamaged(dump, backup, "has 10 bytes instead of");
        Files.delete(largest);
        refusedAsDamaged(dump, backup, "is missing");
    }

    @Test
    void saysThatPgDumpWasKilledAndLeavesNothing() throws Exception {
        assertThatThrownBy(() -> whileDumpIsBlocked(() -> pgDumps().forEach(ProcessHandle::destroyForcibly)))
                .isInstanceOf(BackupFailedException.class)
                .hasMessageContaining("Backup of \"" + name + "\" failed: pg_dump was killed (signal 9)")
                .hasMessageContaining("Nothing was changed");
        leftNothing();
    }

    @Test
    void saysThatTheServerWentAwayAndLeavesNothing() throws Exception {
        assertThatThrownBy(() -> whileDumpIsBlocked(() -> execute(
                        "postgres",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name
                                + "' AND wait_event_type = 'Lock'")))
                .isInstanceOf(BackupFailedException.class)
                .hasMessageContaining("connection to the server");
        leftNothing();
    }

    @Test
    void endsEverythingWhenTheRunIsCancelled() throws Exception {
        assertThatThrownBy(() -> whileDumpIsBlocked(() -> context.cancellation().cancel(Cancellation.Reason.TIMEOUT)))
                .isInstanceOf(RunCancelledException.class);
        leftNothing();
    }

    @Test
    void refusesAFolderThatIsAFile() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> PgDump.into(file).take(context))
                .isInstanceOf(BackupFailedException.class)
                .hasMessageContaining(file + ": it is a file, not a folder")
                .hasMessageContaining("PgDump.into(dir)");
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        Assumptions.assumeTrue(
                ran("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()), "mounting needs root");
        try {
            execute(name, "CREATE TABLE big AS SELECT md5(g::text) AS a FROM generate_series(1, 20000) g");
            assertThatThrownBy(() -> PgDump.into(small).take(context))
                    .isInstanceOf(BackupFailedException.class)
                    .hasMessageContaining("the disk of " + small + " is full")
                    .hasMessageContaining("Nothing was changed");
            try (Stream<Path> left = Files.list(small)) {
                assertThat(left).isEmpty();
            }
        } finally {
            assertThat(ran("umount", small.toString())).isTrue();
        }
    }

    @Test
    void refusesAPgDumpOlderThanTheServer() throws Exception {
        Path old = Files.writeString(folder.resolve("pg_dump"), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> PgDump.into(folder).program(old).take(context))
                .isInstanceOf(BackupFailedException.class)
                .hasMessageContaining("Backup of \"" + name + "\" failed: pg_dump 9.6.24")
                .hasMessageContaining("program(path)");
    }

    @Test
    void restoresAsARoleThatIsNoSuperuser() throws Exception {
        Assumptions.assumeTrue(SERVER.superuser(), "making a role needs a superuser");
        String role = name + "_owner";
        execute(name, "CREATE ROLE \"" + role + "\" LOGIN PASSWORD 'tested' CREATEDB");
        execute(name, "CREATE ROLE \"" + role + "_reader\"");
        try {
            execute(
                    name,
                    "DROP SCHEMA \"Odd \"\"Name\" CASCADE; DROP TABLE things, parts CASCADE; DROP TYPE mood, pair, short;"
                            + "ALTER DATABASE \"" + name + "\" OWNER TO \"" + role
                            + "\"; CREATE EXTENSION pgcrypto; GRANT ALL ON SCHEMA public TO \""
                            + role + "\"; SET ROLE \"" + role + "\"; CREATE TABLE mine AS SELECT 1 AS a;"
                            + "GRANT SELECT ON mine TO \"" + role + "_reader\"");
            SERVER.dropDatabase(copyName);
            execute(
                    "postgres",
                    "SET ROLE \"" + role + "\"; ",
                    "CREATE DATABASE \"" + copyName + "\" TEMPLATE template0");
            Database own = PostgresDatabase.at(SERVER.jdbcUrl(name).replaceAll("\\?.*", ""), role, "tested");
            TestBackupContext asRole = TestBackupContext.of(own);
            PgDump dump = PgDump.into(folder);
            Backup backup = dump.take(asRole);
            dump.restore(backup, own.named(copyName), asRole);
            assertThat(asRole.notes()).singleElement().asString().contains("comments on extensions");
            assertThat(new PostgresObservations()
                            .schema(own)
                            .differencesTo(new PostgresObservations().schema(own.named(copyName))))
                    .allMatch(difference -> difference.object().equals("public"));
        } finally {
            SERVER.dropDatabase(copyName);
            SERVER.dropDatabase(name);
            execute("postgres", "DROP ROLE \"" + role + "\", \"" + role + "_reader\"");
            SERVER.createDatabase(name);
            SERVER.createDatabase(copyName);
        }
    }

    @Test
    void removesWhatADeadRunLeftBehind() throws Exception {
        Path dead = Files.createDirectory(folder.resolve("." + name + "-20200101-000000-dead.partial"));
        Files.writeString(dead.resolve("toc.dat"), "half");
        Path foreign = Files.createDirectory(folder.resolve(".other-20200101-000000-alive.partial"));
        PgDump.into(folder).take(context);
        assertThat(dead).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void keepsTheNewestProvenBackupAndThoseThatReportsName() throws Exception {
        PgDump dump = PgDump.into(folder).schemaOnly().format(Format.CUSTOM).keepFor(Duration.ofNanos(1));
        Backup proven = dump.take(context);
        dump.recordProof(proven.proven(ProofLevel.RESTORED));
        Thread.sleep(1100); // names have seconds
        Backup old = dump.take(context);
        Thread.sleep(1100);
        Backup named = dump.take(context);
        assertThat(dump.retain(name, Set.of(named.id()))).containsExactly(old.id());
        assertThat(dump.list(name)).extracting(Backup::id).containsExactly(named.id(), proven.id());
        assertThat(entries()).hasSize(4);
    }

    private void refusedAsDamaged(PgDump dump, Backup backup, String how) {
        assertThatThrownBy(() -> dump.check(backup, context))
                .isInstanceOf(BackupFailedException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining(how);
        assertThatThrownBy(() -> dump.restore(backup, copy, context))
                .isInstanceOf(BackupFailedException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining(how);
    }

    @FunctionalInterface
    private interface Action {
        void perform() throws Exception;
    }

    /** Does it when pg_dump waits for a table that another session has locked; gives what the backup throws. */
    private void whileDumpIsBlocked(Action action) throws Throwable {
        try (Connection blocker = SERVER.connect(name);
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE things");
            CompletableFuture<Backup> taken =
                    CompletableFuture.supplyAsync(() -> PgDump.into(folder).take(context));
            awaitBlockedDump();
            action.perform();
            taken.join();
        } catch (CompletionException e) {
            throw e.getCause();
        }
    }

    private void awaitBlockedDump() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end) {
            try (Connection connection = SERVER.connect("postgres");
                    Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + name
                            + "' AND application_name LIKE '%dump%' AND wait_event_type = 'Lock'")) {
                rows.next();
                if (rows.getInt(1) > 0 || blockedSessions() > 1) {
                    return;
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("pg_dump was not blocked in time");
    }

    private int blockedSessions() throws SQLException {
        try (Connection connection = SERVER.connect("postgres");
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + name
                        + "' AND wait_event_type = 'Lock'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Stream<ProcessHandle> pgDumps() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("pg_dump"));
    }

    private void leftNothing() throws Exception {
        assertThat(entries()).isEmpty();
        assertThat(pgDumps()).isEmpty();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!sessions().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(20); // a session ends a moment after its connection
        }
        assertThat(sessions()).isEmpty();
    }

    /** Those of clients: autovacuum may come by at any time. */
    private List<String> sessions() throws SQLException {
        List<String> sessions = new ArrayList<>();
        try (Connection connection = SERVER.connect("postgres");
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT concat_ws(' ', application_name, state, wait_event, query)"
                        + " FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = '" + name
                        + "'")) {
            while (rows.next()) {
                sessions.add(rows.getString(1));
            }
        }
        return sessions;
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static Path largestFile(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile)
                    .max(java.util.Comparator.comparingLong(
                            file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static boolean ran(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    private static void execute(String database, String... statements) throws SQLException {
        try (Connection connection = SERVER.connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
