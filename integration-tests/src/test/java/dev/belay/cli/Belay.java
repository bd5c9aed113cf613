package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The packaged program, run as a person would run it: {@code java -jar belay.jar}, in a directory of its own. */
public final class Belay {
    /** A build in the background ignores SIGINT, and a program that it starts would inherit that. */
    private static final List<String> HEEDING_INTERRUPTS = workingPrefix("env", "--default-signal=INT");

    /** A terminal gives each command a process group of its own, and sends Ctrl-C to all of it. */
    private static final List<String> IN_A_GROUP = workingPrefix("setsid");

    static final Path JAR = Path.of("..", "examples", "cli", "target", "belay.jar")
            .toAbsolutePath()
            .normalize();
    private static final long PATIENCE_SECONDS = 300;

    private final Path directory;
    private final Map<String, String> variables = new HashMap<>();

    public Belay(Path directory) {
        this.directory = directory;
        assertThat(JAR).as("the jar that `mvn -DskipTests package` makes").exists();
    }

    public Belay with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Path directory() {
        return directory;
    }

    /** Runs to the end. */
    Result run(String... arguments) {
        return start(arguments).join();
    }

    private static List<String> workingPrefix(String... words) {
        List<String> prefix = List.of(words);
        List<String> trial = new ArrayList<>(prefix);
        trial.add("true");
        try {
            return new ProcessBuilder(trial).start().waitFor() == 0 ? prefix : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Begins; the caller may send signals. */
    public Running start(String... arguments) {
        List<String> command = new ArrayList<>(IN_A_GROUP);
        command.addAll(HEEDING_INTERRUPTS);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        List.of("DATABASE_URL", "PGUSER", "PGPASSWORD", "POSTGRES_PASSWORD", "ENVIRONMENT", "BACKUP_DIR", "PGPASSFILE")
                .forEach(builder.environment()::remove);
        builder.environment().putAll(variables);
        try {
            return new Running(builder.start());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A file of the layout {@code belay}, in {@code db/revisions}. */
    void revision(String id, String parent, String upgrade, String downgrade) {
        String head = "-- belay:revision " + id + "\n" + (parent.isEmpty() ? "" : "-- belay:parents " + parent + "\n");
        file(
                "db/revisions/20260101_0000_" + id + "_revision_" + id + ".sql",
                head + "\n-- belay:upgrade\n" + upgrade + "\n-- belay:downgrade\n" + downgrade + "\n");
    }

    void file(String name, String content) {
        Path file = directory.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What is running. */
    public static final class Running {
        private final Process process;
        private final CompletableFuture<String> out;
        private final CompletableFuture<String> err;

        private Running(Process process) {
            this.process = process;
            this.out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            this.err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        }

        long pid() {
            return process.pid();
        }

        public boolean isRunning() {
            return process.isAlive();
        }

        /** {@code INT}, {@code TERM} or {@code KILL}, to a program that must still be there. */
        public void signal(String name) throws IOException, InterruptedException {
            assertThat(kill(name)).as("SIG" + name + " arrives").isTrue();
        }

        /** The same, to a program that may have ended by itself meanwhile. */
        void signalIfRunning(String name) throws IOException, InterruptedException {
            boolean arrived = kill(name);
            assertThat(arrived || process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("SIG" + name + " arrives, or the program has ended")
                    .isTrue();
        }

        /** {@code INT}, to the program and all that it has started, as a terminal does. */
        public void signalGroup(String name) throws IOException, InterruptedException {
            assertThat(kill(name, (IN_A_GROUP.isEmpty() ? "" : "-") + pid()))
                    .as("SIG" + name + " arrives")
                    .isTrue();
        }

        private boolean kill(String name) throws IOException, InterruptedException {
            return kill(name, Long.toString(pid()));
        }

        private static boolean kill(String name, String whom) throws IOException, InterruptedException {
            return new ProcessBuilder("kill", "-s", name, "--", whom)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        }

        /** Whether it ends by itself in that time. */
        public boolean endsWithin(Duration time) throws InterruptedException {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        }

        public Result join() {
            try {
                assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("ended in time")
                        .isTrue();
                return new Result(process.exitValue(), out.join(), err.join());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                process.destroyForcibly();
            }
        }

        private static String text(InputStream in) {
            try (in) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** How it ended. */
    public record Result(int code, String out, String err) {
        public Result exits(int expected) {
            assertThat(code)
                    .as("exit code; standard output:%n%s%nstandard error:%n%s", out, err)
                    .isEqualTo(expected);
            return this;
        }

        /** Standard output as the one JSON document that it must be. */
        public JsonElement json() {
            return JsonParser.parseString(out);
        }
    }
}
