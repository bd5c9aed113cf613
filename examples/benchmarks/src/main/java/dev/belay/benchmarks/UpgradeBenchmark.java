package dev.belay.benchmarks;

import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.backup.PgDump;
import dev.belay.postgres.validation.ForeignKeys;
import dev.belay.postgres.validation.Tables;
import dev.belay.report.MigrationReport;
import dev.belay.report.StepReport;
import dev.belay.revision.Revisions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One upgrade of a large database, Belay against the guides' script, in turn, so that a noisy machine disturbs both.
 *
 * <p>{@code UpgradeBenchmark BENCH_DIR DATABASE ROUNDS}: the directory that holds {@code seed_migrate.sh}, a database of
 * {@code make_db.sh}, the number of rounds. The server is named by PGHOST, PGPORT, PGUSER. Prints the seconds of every step
 * and, at the end, the medians and their ratio.
 */
public final class UpgradeBenchmark {
    private final Path bench;
    private final String database;
    private final Path work;

    private UpgradeBenchmark(Path bench, String database, Path work) {
        this.bench = bench;
        this.database = database;
        this.work = work;
    }

    public static void main(String[] args) throws Exception {
        Path work = Files.createTempDirectory("belay-upgrade-benchmark");
        UpgradeBenchmark benchmark = new UpgradeBenchmark(Path.of(args[0]).toAbsolutePath(), args[1], work);
        List<Double> theirs = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        Map<String, List<Double>> steps = new TreeMap<>();
        try {
            benchmark.writeRevision();
            for (int round = 1; round <= Integer.parseInt(args[2]); round++) {
                theirs.add(benchmark.script());
                ours.add(benchmark.belay(steps));
                print("round %d: script %.2f s, Belay %.2f s", round, last(theirs), last(ours));
            }
            benchmark.reset();
        } finally {
            delete(work);
        }
        steps.forEach((step, seconds) -> print("  %-10s %.2f s", step, median(seconds)));
        print(
                "medians: script %.2f s, Belay %.2f s, ratio %.2f",
                median(theirs), median(ours), median(ours) / median(theirs));
    }

    /** The same change as the script's, as a revision. */
    private void writeRevision() throws IOException {
        String up = Files.readString(bench.resolve("migrations/typical.sql"))
                .replaceAll("(?m)^UPDATE alembic_version.*$", "");
        String down = Files.readString(bench.resolve("migrations/typical_down.sql"))
                .replaceAll("(?m)^UPDATE alembic_version.*$", "");
        Files.createDirectories(work.resolve("revisions"));
        Files.writeString(
                work.resolve("revisions/20261121_0000_00000002_typical.sql"),
                "-- belay:revision 00000002\n-- belay:upgrade\n" + up + "\n-- belay:downgrade\n" + down);
    }

    private double script() throws IOException, InterruptedException, SQLException {
        reset();
        Process process = new ProcessBuilder(bench.resolve("seed_migrate.sh").toString(), database)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("seed_migrate.sh failed:\n" + output);
        }
        return output.lines()
                .filter(line -> line.startsWith("total"))
                .mapToDouble(line -> Double.parseDouble(line.split("\\s+")[1]))
                .findFirst()
                .orElseThrow();
    }

    private double belay(Map<String, List<Double>> steps) throws SQLException, IOException {
        reset();
        long start = System.nanoTime();
        MigrationReport report = MigrationPlan.builder()
                .database(postgres())
                .revisions(Revisions.in(work.resolve("revisions")))
                .backup(PgDump.into(work.resolve("backups")))
                .validate(
                        Tables.exist("workspaces", "users", "patients", "appointments", "encounters"),
                        ForeignKeys.hold())
                .timeout(Duration.ofMinutes(30))
                .reports(work.resolve("reports"))
                .build()
                .upgrade();
        double seconds = (System.nanoTime() - start) / 1e9;
        for (StepReport step : report.steps()) {
            steps.computeIfAbsent(step.step(), name -> new ArrayList<>())
                    .add(step.duration().toMillis() / 1000.0);
        }
        delete(work.resolve("backups"));
        return seconds;
    }

    private PostgresDatabase postgres() {
        Map<String, String> env = System.getenv();
        return PostgresDatabase.at("postgresql://" + env.getOrDefault("PGUSER", "postgres") + "@"
                + env.getOrDefault("PGHOST", "127.0.0.1") + ":" + env.getOrDefault("PGPORT", "5432") + "/" + database);
    }

    /** Back to where the change isn't there, with the same caches and no dirty pages for both. */
    private void reset() throws SQLException, IOException {
        String down = Files.readString(bench.resolve("migrations/typical_down.sql"));
        try (Connection connection = postgres().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(down);
            statement.execute("DROP SCHEMA IF EXISTS belay CASCADE");
            statement.execute("CHECKPOINT");
        }
    }

    private static double last(List<Double> values) {
        return values.get(values.size() - 1);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
