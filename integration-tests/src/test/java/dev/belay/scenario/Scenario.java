package dev.belay.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.MigrationFailedException;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.report.MigrationReport;
import dev.belay.revision.Revisions;
import dev.belay.run.RunEvent;
import dev.belay.run.RunListener;
import dev.belay.run.Step;
import dev.belay.testkit.server.PostgresServer;
import dev.belay.testkit.server.PostgresServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A clinic's database, a directory of revisions, and what must hold after every run, however it ended. */
final class Scenario implements AutoCloseable {
    private static final String CONTENT = """
            CREATE TABLE members (id int PRIMARY KEY, email text NOT NULL, note text);
            CREATE TABLE visits (
              id bigserial PRIMARY KEY, user_id int NOT NULL REFERENCES members, starts_at timestamptz NOT NULL, notes text);
            CREATE INDEX visits_member ON visits (user_id);
            INSERT INTO members SELECT i, 'user' || i || '@example.org', 'note ' || i FROM generate_series(1, 1000) i;
            INSERT INTO visits (user_id, starts_at, notes)
              SELECT 1 + i % 1000, timestamptz '2026-01-01' + i * interval '1 hour', repeat('n', i % 300)
              FROM generate_series(1, 20000) i;
            """;

    /** For what ends some moments after the run: a session on the server, a killed process. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PostgresServer server;
    private final String name;
    private final Path directory;
    private final List<String> kept = new ArrayList<>();
    private String lastRevision = "";

    Scenario() {
        this(PostgresServers.shared());
    }

    Scenario(PostgresServer server) {
        this.server = server;
        try {
            this.name = database(server);
            this.directory = Files.createTempDirectory("belay-scenario");
            Files.createDirectories(directory.resolve("revisions"));
            execute(CONTENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A small database, or a copy of the large one that {@code BELAY_SCENARIO_TEMPLATE} names, as CONTRIBUTING shows. */
    private static String database(PostgresServer server) throws IOException {
        String template = System.getenv("BELAY_SCENARIO_TEMPLATE");
        if (template == null) {
            return server.createUniqueDatabase("clinic");
        }
        String name = "clinic_" + Long.toHexString(System.nanoTime());
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY file_copy");
            return name;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    PostgresServer server() {
        return server;
    }

    String name() {
        return name;
    }

    Path directory() {
        return directory;
    }

    PostgresDatabase database() {
        return PostgresDatabase.at(server.jdbcUrl(name), server.user(), server.password());
    }

    /** A transactional revision on top of the last one. */
    Scenario revision(String id, String up, String down) {
        return write(id, "-- belay:upgrade\n" + up + "\n-- belay:downgrade\n" + down + "\n");
    }

    /** A revision whose both directions run outside of a transaction. */
    Scenario noTransaction(String id, String up, String down) {
        return write(
                id, "-- belay:upgrade no-transaction\n" + up + "\n-- belay:downgrade no-transaction\n" + down + "\n");
    }

    private Scenario write(String id, String sections) {
        String parents = lastRevision.isEmpty() ? "" : "-- belay:parents " + lastRevision + "\n";
        try {
            Files.writeString(
                    directory.resolve("revisions/20261121_0000_" + id + "_change.sql"),
                    "-- belay:revision " + id + "\n" + parents + sections);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lastRevision = id;
        return this;
    }

    PgDump backups() {
        return PgDump.into(directory.resolve("backups"));
    }

    MigrationPlanBuilder plan() {
        return planWithoutBackup().backup(backups());
    }

    MigrationPlanBuilder planWithoutBackup() {
        return MigrationPlan.builder()
                .database(database())
                .revisions(Revisions.in(directory.resolve("revisions")))
                .reports(directory.resolve("reports"));
    }

    /** Runs the plan, which must fail, and gives its report. */
    MigrationReport failure(MigrationPlan plan) {
        MigrationFailedException failure = catchThrowableOfType(MigrationFailedException.class, plan::upgrade);
        assertThat(failure).as("the run fails").isNotNull();
        failure.report().rollback().flatMap(r -> r.keptDatabase()).ifPresent(kept::add);
        return failure.report();
    }

    /** Does something at the end of a step. */
    static RunListener after(Step step, Runnable action) {
        return event -> {
            if (event instanceof RunEvent.StepPassed passed && passed.step() == step) {
                action.run();
            }
        };
    }

    /** Does something at the begin of a step. */
    static RunListener before(Step step, Runnable action) {
        return event -> {
            if (event instanceof RunEvent.StepStarted started && started.step() == step) {
                action.run();
            }
        };
    }

    /** Interrupts the thread that called a plan, and comes back when the run has been told to stop. */
    static void interrupt(Thread caller) {
        caller.interrupt();
        // it wakes up, which clears its flag, cancels the run, and waits again
        while (caller.isInterrupted() || caller.getState() != Thread.State.WAITING) {
            sleep(1);
        }
    }

    void execute(String sql) {
        execute(name, sql);
    }

    void execute(String database, String sql) {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String value(String sql) {
        return value(name, sql);
    }

    String value(String database, String sql) {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return Optional.ofNullable(rows.getString(1)).orElse("NULL");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything in the database but Belay's own schema, by the real pg_dump, as a digest: it may be large. */
    String dump() {
        return dump(name);
    }

    /** The same, without the rows of some tables and without where the sequences are. */
    String dumpWithout(String... tables) {
        return dump(name, tables);
    }

    private String dump(String database, String... withoutRows) {
        Path program = server.programs().map(p -> p.resolve("pg_dump")).orElse(Path.of("pg_dump"));
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--exclude-schema=belay",
                "-h",
                server.host(),
                "-p",
                "" + server.port(),
                "-U",
                server.user()));
        for (String table : withoutRows) {
            command.add("--exclude-table-data=" + table);
        }
        command.add(database);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PGPASSWORD", server.password());
        try {
            Process process = builder.start();
            String digest = digest(process.inputReader(StandardCharsets.UTF_8));
            assertThat(process.waitFor()).as("exit status of pg_dump").isZero();
            return digest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String digest(BufferedReader lines) throws IOException {
        MessageDigest digest = sha256();
        long count = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            // pg_dump puts a random token into the first two of these
            if (!line.startsWith("\\restrict") && !line.startsWith("\\unrestrict")) {
                digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
                count++;
            }
        }
        return count + " lines, " + HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** No scratch database, session, lock, child process or temporary file; and a client can connect. */
    void assertNothingIsLeft() {
        assertThat(databases("_belay_")).as("scratch databases").isEmpty();
        awaitNone("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'belay%'", "sessions of Belay");
        awaitNone(
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname LIKE '" + name
                        + "%'",
                "sessions in the database and its copies");
        awaitNone("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'", "advisory locks");
        awaitNone("SELECT count(*) FROM pg_prepared_xacts", "prepared transactions");
        awaitNone(
                "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datname = '" + name
                        + "'",
                "open transactions");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (clientPrograms() > 0 && System.nanoTime() < end) {
            sleep(50);
        }
        assertThat(clientPrograms()).as("child processes").isZero();
        assertThat(partialFiles()).as("temporary files").isEmpty();
        assertThat(value("SELECT count(*) FROM members")).isNotEmpty();
    }

    private long clientPrograms() {
        return ProcessHandle.current()
                .descendants()
                .filter(this::isClientProgram)
                .count();
    }

    private boolean isClientProgram(ProcessHandle process) {
        String command = process.info().command().orElse("");
        return process.isAlive() && (command.contains("pg_dump") || command.contains("pg_restore"));
    }

    List<String> databases(String part) {
        String list = value(
                "postgres",
                "SELECT coalesce(string_agg(datname, ','), '') FROM pg_database WHERE datname LIKE '" + name
                        + "%' AND strpos(datname, '" + part + "') > 0");
        return list.isEmpty() ? List.of() : List.of(list.split(","));
    }

    private void awaitNone(String count, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String found = value("postgres", count);
        while (!found.equals("0") && System.nanoTime() < end) {
            sleep(50);
            found = value("postgres", count);
        }
        assertThat(found).as(what).isEqualTo("0");
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Path> partialFiles() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(".*(\\.partial|\\.tmp)$"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kept.addAll(databases("_failed_"));
        kept.stream().distinct().forEach(server::dropDatabase);
        server.dropDatabase(name);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
