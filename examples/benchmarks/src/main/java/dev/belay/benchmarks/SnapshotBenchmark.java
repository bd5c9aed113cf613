package dev.belay.benchmarks;

import static dev.belay.benchmarks.UpgradeBenchmark.median;
import static dev.belay.benchmarks.UpgradeBenchmark.print;

import dev.belay.postgres.PostgresDatabase;
import dev.belay.postgres.schema.SchemaFingerprint;
import dev.belay.postgres.schema.SchemaSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at the schema of a large database in each way that there is, and runs {@code pg_dump --schema-only}, in turn.
 *
 * <p>{@code SnapshotBenchmark DATABASE ROUNDS}; the server is named by PGHOST, PGPORT, PGUSER, pg_dump is on the PATH. Each way
 * connects anew; the snapshot is also written as JSON. The first round warms the JVM up and isn't counted. To be run with
 * {@code -Xmx256m}: a snapshot that needs more fails.
 */
public final class SnapshotBenchmark {
    private static final String DUMP = "pg_dump --schema-only";
    private static final String SNAPSHOT = "snapshot with JSON";
    private static final String EQUAL = "found to be equal";
    private static final String FINGERPRINT = "fingerprint";
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final String database;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    private SnapshotBenchmark(String database) {
        this.database = database;
    }

    public static void main(String[] args) throws Exception {
        SnapshotBenchmark benchmark = new SnapshotBenchmark(args[0]);
        SchemaFingerprint before = SchemaFingerprint.ofContents(benchmark.database());
        int rounds = Integer.parseInt(args[1]);
        for (int round = 0; round <= rounds; round++) {
            benchmark.time(DUMP, benchmark::dump);
            benchmark.time(
                    SNAPSHOT, () -> SchemaSnapshot.of(benchmark.database()).toJson());
            benchmark.time(EQUAL, () -> benchmark.requireEqual(before));
            benchmark.time(FINGERPRINT, () -> SchemaFingerprint.ofWrites(benchmark.database()));
            if (round == 0) {
                benchmark.seconds.forEach((way, times) -> print("warming up: %s %.3f s", way, times.get(0)));
                benchmark.seconds.clear();
            }
        }
        benchmark.report();
    }

    private void report() {
        double dump = median(seconds.getOrDefault(DUMP, List.of()));
        seconds.forEach((way, times) -> print("%-22s %.3f s, ratio %.3f", way, median(times), median(times) / dump));
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        print("peak of the heap, garbage included: %.0f MB", peak / BYTES_PER_MEGABYTE);
    }

    private void time(String way, Way go) throws Exception {
        long start = System.nanoTime();
        go.go();
        seconds.computeIfAbsent(way, none -> new ArrayList<>()).add((System.nanoTime() - start) / 1e9);
    }

    private void requireEqual(SchemaFingerprint before) {
        if (!before.equals(SchemaFingerprint.ofContents(database()))) {
            throw new IllegalStateException("the schema of " + database + " was changed meanwhile");
        }
    }

    private void dump() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("pg_dump", "--schema-only", database)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        if (process.waitFor() != 0) {
            throw new IllegalStateException("pg_dump failed");
        }
    }

    private PostgresDatabase database() {
        Map<String, String> env = System.getenv();
        return PostgresDatabase.at("postgresql://" + env.getOrDefault("PGUSER", "postgres") + "@"
                + env.getOrDefault("PGHOST", "127.0.0.1") + ":" + env.getOrDefault("PGPORT", "5432") + "/" + database);
    }

    /** One way to look. */
    @FunctionalInterface
    private interface Way {
        void go() throws Exception;
    }
}
