package dev.belay.testkit.fault;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The run of a scenario in a JVM of its own, which can be killed. */
final class ChildRun {
    private static final String PASSWORD = "BELAY_SCENARIO_PASSWORD";

    private ChildRun() {}

    /** Starts it; its output goes to a file. */
    static Process start(Class<? extends CrashScenario> scenario, Place place, File output) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx160m",
                "-cp",
                classPath(),
                ChildRun.class.getName(),
                scenario.getName()));
        command.addAll(List.of(
                place.host(),
                Integer.toString(place.port()),
                place.database(),
                place.user(),
                place.directory().toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        builder.environment().put(PASSWORD, place.password());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("no JVM for " + scenario.getName(), e);
        }
    }

    /** Also what is on the module path, if anything is: the child doesn't care. */
    private static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(property -> System.getProperty(property, ""))
                .filter(path -> !path.isEmpty())
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElse("");
    }

    static CrashScenario make(Class<?> type) {
        try {
            return (CrashScenario) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "scenario: " + type.getName()
                            + " must be a public class with a public constructor without parameters",
                    e);
        }
    }

    /** What the child does. */
    public static void main(String[] arguments) throws ClassNotFoundException {
        CrashScenario scenario = make(Class.forName(arguments[0]));
        Place place = new Place(
                arguments[1],
                Integer.parseInt(arguments[2]),
                arguments[3],
                arguments[4],
                System.getenv().getOrDefault(PASSWORD, ""),
                Path.of(arguments[5]));
        scenario.run(scenario.plan(place));
    }
}
