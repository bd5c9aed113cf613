package dev.belay.benchmarks;

import static dev.belay.benchmarks.UpgradeBenchmark.delete;
import static dev.belay.benchmarks.UpgradeBenchmark.median;
import static dev.belay.benchmarks.UpgradeBenchmark.print;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A start with nothing pending: Belay with its own layout, Belay with Flyway's, Flyway, Liquibase, and a bare check over JDBC, in turn.
 *
 * <p>{@code StartupBenchmark SIZES ROUNDS}, for instance {@code 10,100,1000 5}; the server is named by PGHOST, PGPORT, PGUSER. Warm is in
 * one JVM, the first three rounds not counted; cold is a fresh JVM, from its start to its end.
 */
public final class StartupBenchmark {
    private static final int WARM_UP = 3;
    private static final String ONCE = "--once";

    private StartupBenchmark() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals(ONCE)) {
            Starter.valueOf(args[1]).start(Path.of(args[2]));
            return;
        }
        for (String size : args[0].split(",")) {
            Path work = Files.createTempDirectory("belay-startup-benchmark");
            try {
                new StartFiles(work).write(Integer.parseInt(size));
                for (Starter starter : Starter.values()) {
                    starter.makeDatabase();
                    starter.start(work);
                }
                report(size + " revisions, warm", warm(work, Integer.parseInt(args[1])));
                report(size + " revisions, cold", cold(work, Integer.parseInt(args[1])));
            } finally {
                for (Starter starter : Starter.values()) {
                    starter.dropDatabase();
                }
                delete(work);
            }
        }
    }

    private static Map<Starter, List<Double>> warm(Path work, int rounds) throws Exception {
        Map<Starter, List<Double>> seconds = new EnumMap<>(Starter.class);
        for (int round = 0; round < WARM_UP + rounds; round++) {
            for (Starter starter : Starter.values()) {
                long start = System.nanoTime();
                starter.start(work);
                if (round >= WARM_UP) {
                    note(seconds, starter, start);
                }
            }
        }
        return seconds;
    }

    private static Map<Starter, List<Double>> cold(Path work, int rounds) throws IOException, InterruptedException {
        Map<Starter, List<Double>> seconds = new EnumMap<>(Starter.class);
        for (int round = 0; round < rounds; round++) {
            for (Starter starter : Starter.values()) {
                long start = System.nanoTime();
                int status = new ProcessBuilder(
                                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StartupBenchmark.class.getName(),
                                ONCE,
                                starter.name(),
                                work.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
                if (status != 0) {
                    throw new IllegalStateException(starter + " ended with " + status);
                }
                note(seconds, starter, start);
            }
        }
        return seconds;
    }

    private static void note(Map<Starter, List<Double>> seconds, Starter starter, long start) {
        seconds.computeIfAbsent(starter, key -> new ArrayList<>()).add((System.nanoTime() - start) / 1e9);
    }

    private static void report(String what, Map<Starter, List<Double>> seconds) {
        StringBuilder line = new StringBuilder(what).append(':');
        seconds.forEach((starter, all) ->
                line.append(String.format(java.util.Locale.ROOT, " %s %.3f s", starter.title(), median(all))));
        print("%s", line);
    }
}
