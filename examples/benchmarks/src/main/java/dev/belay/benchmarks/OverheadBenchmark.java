package dev.belay.benchmarks;

import static dev.belay.benchmarks.UpgradeBenchmark.delete;
import static dev.belay.benchmarks.UpgradeBenchmark.median;
import static dev.belay.benchmarks.UpgradeBenchmark.print;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.MigrationPlanBuilder;
import dev.belay.backup.BackupStrategy;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.revision.Revisions;
import dev.belay.run.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What lock and journal cost: N small revisions with them and without, in turn, on a database that has Belay's tables.
 *
 * <p>{@code OverheadBenchmark REVISIONS ROUNDS}; the server is named by PGHOST, PGPORT, PGUSER. Once with the whole pipeline
 * (backup, proof, test run), once with the change alone. Which of the two comes first changes with each round; the first two
 * rounds warm the JVM up and aren't counted.
 */
public final class OverheadBenchmark {
    private static final String NAME = "belay_overhead_benchmark";
    private static final int WARM_UP = 2;

    private final int revisions;
    private final int rounds;
    private final Path work;

    private OverheadBenchmark(int revisions, int rounds, Path work) {
        this.revisions = revisions;
        this.rounds = rounds;
        this.work = work;
    }

    public static void main(String[] args) throws Exception {
        Path work = Files.createTempDirectory("belay-overhead-benchmark");
        var benchmark = new OverheadBenchmark(Integer.parseInt(args[0]), Integer.parseInt(args[1]), work);
        try {
            benchmark.write();
            benchmark.compare("the whole pipeline", true);
            benchmark.compare("the change alone", false);
        } finally {
            benchmark.drop();
            delete(work);
        }
    }

    private void compare(String what, boolean pipeline) throws SQLException, IOException {
        List<Double> guarded = new ArrayList<>();
        List<Double> unguarded = new ArrayList<>();
        for (int round = 0; round < rounds + WARM_UP; round++) {
            boolean guardedFirst = round % 2 == 0;
            double first = seconds(guardedFirst, pipeline);
            double second = seconds(!guardedFirst, pipeline);
            if (round >= WARM_UP) {
                guarded.add(guardedFirst ? first : second);
                unguarded.add(guardedFirst ? second : first);
            }
        }
        print(
                "%s, %d revisions, medians of %d: with lock and journal %.3f s, without %.3f s; ratio %.3f",
                what, revisions, rounds, median(guarded), median(unguarded), median(guarded) / median(unguarded));
    }

    private double seconds(boolean guarded, boolean pipeline) throws SQLException, IOException {
        drop();
        execute("CREATE DATABASE " + NAME + " TEMPLATE template0");
        // an earlier upgrade, which made the tables of Belay, as any but the first finds them
        PostgresDatabase database = database(NAME);
        plan(database, PgDump.into(work.resolve("backups")), "first", false).upgrade();
        execute("CHECKPOINT");
        Platform platform = guarded ? database : new Unguarded(database);
        BackupStrategy dump = PgDump.into(work.resolve("backups"));
        MigrationPlan plan =
                plan(platform, guarded ? dump : new Unguarded.NoJournalBeside(dump), "revisions", pipeline);
        long start = System.nanoTime();
        plan.upgrade();
        double seconds = (System.nanoTime() - start) / 1e9;
        delete(work.resolve("backups"));
        return seconds;
    }

    private MigrationPlan plan(Platform database, BackupStrategy backup, String directory, boolean pipeline) {
        MigrationPlanBuilder builder = MigrationPlan.builder()
                .database(database)
                .revisions(Revisions.in(work.resolve(directory)))
                .environment(pipeline ? Environment.PRODUCTION : Environment.DEVELOPMENT);
        return (pipeline ? builder.backup(backup) : builder).build();
    }

    /** A first revision, and those that are timed. */
    private void write() throws IOException {
        Files.createDirectories(work.resolve("first"));
        Files.createDirectories(work.resolve("revisions"));
        for (int i = 0; i <= revisions; i++) {
            String id = String.format(Locale.ROOT, "%08d", i);
            String parent = i == 0 ? "" : String.format(Locale.ROOT, "-- belay:parents %08d\n", i - 1);
            String text = "-- belay:revision " + id + "\n" + parent + "-- belay:upgrade\n" + up(i)
                    + ";\n-- belay:downgrade\n" + down(i) + ";\n";
            String name = "20261121_0000_" + id + "_change.sql";
            Files.writeString(work.resolve("revisions").resolve(name), text);
            if (i == 0) {
                Files.writeString(work.resolve("first").resolve(name), text);
            }
        }
    }

    /** One in ten makes a table, the others add a column to it. */
    private static String up(int i) {
        return i % 10 == 0
                ? "CREATE TABLE t_" + i / 10 + " (id bigint PRIMARY KEY, name text)"
                : "ALTER TABLE t_" + i / 10 + " ADD COLUMN c_" + i + " integer";
    }

    private static String down(int i) {
        return i % 10 == 0 ? "DROP TABLE t_" + i / 10 : "ALTER TABLE t_" + i / 10 + " DROP COLUMN c_" + i;
    }

    private void drop() throws SQLException {
        execute("DROP DATABASE IF EXISTS " + NAME + " WITH (FORCE)");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = database("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static PostgresDatabase database(String name) {
        Map<String, String> env = System.getenv();
        return PostgresDatabase.at("postgresql://" + env.getOrDefault("PGUSER", "postgres") + "@"
                + env.getOrDefault("PGHOST", "127.0.0.1") + ":" + env.getOrDefault("PGPORT", "5432") + "/" + name);
    }
}
