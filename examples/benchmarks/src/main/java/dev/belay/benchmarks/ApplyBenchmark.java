package dev.belay.benchmarks;

import static dev.belay.benchmarks.UpgradeBenchmark.delete;
import static dev.belay.benchmarks.UpgradeBenchmark.median;
import static dev.belay.benchmarks.UpgradeBenchmark.print;

import dev.belay.Environment;
import dev.belay.MigrationPlan;
import dev.belay.postgres.PostgresDatabase;
import dev.belay.report.MigrationReport;
import dev.belay.revision.Revisions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Applies N trivial revisions to an empty database in one JVM: a bare JDBC loop, Belay, Flyway, in turn.
 *
 * <p>{@code ApplyBenchmark REVISIONS ROUNDS}; the server is named by PGHOST, PGPORT, PGUSER. The bare loop runs each
 * statement and writes one history row for it, all in one transaction. One revision in ten makes a table, the others add a
 * column to it. The first round warms the JVM up and isn't counted.
 */
public final class ApplyBenchmark {
    private static final String NAME = "belay_apply_benchmark";
    private final int revisions;
    private final Path work;

    private ApplyBenchmark(int revisions, Path work) {
        this.revisions = revisions;
        this.work = work;
    }

    /** One way to apply the revisions. */
    @FunctionalInterface
    private interface Way {
        void apply() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Path work = Files.createTempDirectory("belay-apply-benchmark");
        ApplyBenchmark benchmark = new ApplyBenchmark(Integer.parseInt(args[0]), work);
        List<Double> bare = new ArrayList<>();
        List<Double> belay = new ArrayList<>();
        List<Double> flyway = new ArrayList<>();
        try {
            benchmark.write();
            for (int round = 0; round <= Integer.parseInt(args[1]); round++) {
                double bareSeconds = benchmark.seconds(benchmark::bare);
                double belaySeconds = benchmark.seconds(benchmark::belay);
                double flywaySeconds = benchmark.seconds(benchmark::flyway);
                print(
                        "round %d: bare %.3f s, Belay %.3f s, Flyway %.3f s",
                        round, bareSeconds, belaySeconds, flywaySeconds);
                if (round > 0) {
                    bare.add(bareSeconds);
                    belay.add(belaySeconds);
                    flyway.add(flywaySeconds);
                }
            }
        } finally {
            benchmark.drop();
            delete(work);
        }
        print(
                "medians: bare %.3f s, Belay %.3f s, Flyway %.3f s; Belay/bare %.2f, Belay/Flyway %.2f",
                median(bare),
                median(belay),
                median(flyway),
                median(belay) / median(bare),
                median(belay) / median(flyway));
    }

    private String statement(int i) {
        int table = (i - 1) / 10;
        return (i - 1) % 10 == 0
                ? "CREATE TABLE t_" + table + " (id bigint PRIMARY KEY, name text)"
                : "ALTER TABLE t_" + table + " ADD COLUMN c_" + i + " integer";
    }

    private void write() throws IOException {
        Files.createDirectories(work.resolve("belay"));
        Files.createDirectories(work.resolve("flyway"));
        for (int i = 1; i <= revisions; i++) {
            String id = String.format(Locale.ROOT, "%08d", i);
            String parent = i == 1 ? "" : String.format(Locale.ROOT, "-- belay:parents %08d\n", i - 1);
            Files.writeString(
                    work.resolve("belay/20261121_0000_" + id + "_change.sql"),
                    "-- belay:revision " + id + "\n" + parent + "-- belay:upgrade\n" + statement(i)
                            + ";\n-- belay:irreversible a benchmark\n");
            Files.writeString(
                    work.resolve(String.format(Locale.ROOT, "flyway/V%05d__change.sql", i)), statement(i) + ";\n");
        }
    }

    private double seconds(Way way) throws Exception {
        drop();
        try (Connection connection = maintenance().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + NAME + " TEMPLATE template0");
            statement.execute("CHECKPOINT");
        }
        long start = System.nanoTime();
        way.apply();
        return (System.nanoTime() - start) / 1e9;
    }

    private void bare() throws SQLException {
        try (Connection connection = target().connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLE history (revision text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())");
                try (PreparedStatement row = connection.prepareStatement("INSERT INTO history (revision) VALUES (?)")) {
                    for (int i = 1; i <= revisions; i++) {
                        statement.execute(statement(i));
                        row.setString(1, Integer.toString(i));
                        row.executeUpdate();
                    }
                }
            }
            connection.commit();
        }
    }

    private void belay() {
        MigrationReport report = MigrationPlan.builder()
                .database(target())
                .revisions(Revisions.in(work.resolve("belay")))
                .environment(Environment.DEVELOPMENT)
                .build()
                .upgrade();
        report.steps()
                .forEach(step ->
                        print("    %s %d ms", step.step(), step.duration().toMillis()));
    }

    private void flyway() {
        Flyway.configure()
                .dataSource("jdbc:postgresql://" + host() + "/" + NAME, user(), "")
                .locations("filesystem:" + work.resolve("flyway"))
                .load()
                .migrate();
    }

    private void drop() throws SQLException {
        try (Connection connection = maintenance().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + NAME + " WITH (FORCE)");
        }
    }

    private static PostgresDatabase target() {
        return PostgresDatabase.at("postgresql://" + user() + "@" + host() + "/" + NAME);
    }

    private static PostgresDatabase maintenance() {
        return PostgresDatabase.at("postgresql://" + user() + "@" + host() + "/postgres");
    }

    private static String user() {
        return System.getenv().getOrDefault("PGUSER", "postgres");
    }

    private static String host() {
        Map<String, String> env = System.getenv();
        return env.getOrDefault("PGHOST", "127.0.0.1") + ":" + env.getOrDefault("PGPORT", "5432");
    }
}
