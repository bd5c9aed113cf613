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
 * <p>{@code StartupBenchmark SIZES ROUNDS}, for instance {@code 10,100,1000 5}; the server is named by PGHOST, PGPORT, PGUSER. Warm is the
 * median of ten starts in a JVM of its own; cold is a fresh JVM, from its start to its end. The medians of the rounds are printed.
 */
public final class StartupBenchmark {
    private static final int WARM_STARTS = 10;
    private static final String WARM = "--warm";
    private static final String ONCE = "--once";

    private StartupBenchmark() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals(ONCE)) {
            Starter.valueOf(args[1]).start(Path.of(args[2]));
            return;
        }
        if (args[0].equals(WARM)) {
            double median = warmStarts(Starter.valueOf(args[1]), Path.of(args[2]));
            Files.writeString(Path.of(args[3]), String.valueOf(median));
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

    /** In each round a JVM for each starter: the median of its starts. */
    private static Map<Starter, List<Double>> warm(Path work, int rounds) throws IOException, InterruptedException {
        Map<Starter, List<Double>> seconds = new EnumMap<>(Starter.class);
        for (int round = 0; round < rounds; round++) {
            for (Starter starter : Starter.values()) {
                Path result = work.resolve("warm");
                java(WARM, starter.name(), work.toString(), result.toString());
                note(seconds, starter, Double.parseDouble(Files.readString(result)));
            }
        }
        return seconds;
    }

    private static double warmStarts(Starter starter, Path work) throws Exception {
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < WARM_STARTS; i++) {
            long start = System.nanoTime();
            starter.start(work);
            starts.add((System.nanoTime() - start) / 1e9);
        }
        return median(starts);
    }

    private static Map<Starter, List<Double>> cold(Path work, int rounds) throws IOException, InterruptedException {
        Map<Starter, List<Double>> seconds = new EnumMap<>(Starter.class);
        for (int round = 0; round < rounds; round++) {
            for (Starter starter : Starter.values()) {
                long start = System.nanoTime();
                java(ONCE, starter.name(), work.toString());
                note(seconds, starter, (System.nanoTime() - start) / 1e9);
            }
        }
        return seconds;
    }

    private static void java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-cp",
                System.getProperty("java.class.path"),
                StartupBenchmark.class.getName()));
        command.addAll(List.of(arguments));
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", arguments) + " ended with " + status);
        }
    }

    private static void note(Map<Starter, List<Double>> seconds, Starter starter, double took) {
        seconds.computeIfAbsent(starter, key -> new ArrayList<>()).add(took);
    }

    private static void report(String what, Map<Starter, List<Double>> seconds) {
        StringBuilder line = new StringBuilder(what).append(':');
        seconds.forEach((starter, all) ->
                line.append(String.format(java.util.Locale.ROOT, " %s %.3f s", starter.title(), median(all))));
        print("%s", line);
    }
}
