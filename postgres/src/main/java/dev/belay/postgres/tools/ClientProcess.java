package dev.belay.postgres.tools;

import dev.belay.context.Cancellation;
import dev.belay.postgres.connection.PostgresEndpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs a client program as a child process.
 *
 * <p>The password travels in the environment, never in the arguments. The process is ended when the run is cancelled (as it is when
 * the JVM shuts down) and when the calling thread is interrupted, and so are those that it started; first by SIGTERM, 5 seconds
 * later by SIGKILL. Where the system has
 * {@code setsid}, it is in a session of its own, so that Ctrl-C in a terminal does not reach it. When the JVM itself is
 * killed (SIGKILL), a program that writes to or reads from a pipe of the JVM ends at its next write or at the end of its input;
 * one that works from file to server goes on until it is done, and then ends.
 *
 * <p>A builder; not thread-safe.
 *
 * @since 0.1
 */
public final class ClientProcess {
    /** Where nothing is read from. */
    static final String NOTHING = System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null";

    private static final int GRACE_SECONDS = 5;
    private static final int LONGEST_LINE = 8192;
    /** A terminal sends Ctrl-C to the whole process group: a child in it would end even where the run is on its way back. */
    private static final Optional<Path> SETSID = Stream.of("/usr/bin/setsid", "/bin/setsid")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();

    /** Takes the output of a program. It is called on a thread of its own. */
    @FunctionalInterface
    public interface OutputReader {
        /** Reads until the end. */
        void read(InputStream output) throws IOException;
    }

    /** Gives a program its input. It is called on a thread of its own; the input is closed afterwards. */
    @FunctionalInterface
    public interface InputWriter {
        /** Writes everything. */
        void write(OutputStream input) throws IOException;
    }

    private final ClientProgram program;
    private final List<String> arguments;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Optional<Path> directory = Optional.empty();
    private Optional<OutputReader> output = Optional.empty();
    private Optional<InputWriter> input = Optional.empty();
    private Optional<Consumer<String>> errorLines = Optional.empty();

    private ClientProcess(ClientProgram program, List<String> arguments) {
        this.program = program;
        this.arguments = List.copyOf(arguments);
    }

    /** A process still to be run. */
    public static ClientProcess of(ClientProgram program, List<String> arguments) {
        return new ClientProcess(program, arguments);
    }

    /** Lets it connect to this database; the default is to none. */
    public ClientProcess connectedTo(PostgresEndpoint endpoint) {
        environment.putAll(endpoint.clientEnvironment());
        return this;
    }

    /** Sets a variable, for instance {@code PGAPPNAME}. */
    public ClientProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts it in a directory; the default is that of this process. */
    public ClientProcess in(Path newDirectory) {
        directory = Optional.of(newDirectory);
        return this;
    }

    /** Reads its output; the default is to throw it away. */
    public ClientProcess output(OutputReader reader) {
        output = Optional.of(reader);
        return this;
    }

    /** Writes its input; the default is none. */
    public ClientProcess input(InputWriter writer) {
        input = Optional.of(writer);
        return this;
    }

    /** Hears each line of the error output, unfiltered: for progress ({@code --verbose}), never for a log. */
    public ClientProcess onErrorLine(Consumer<String> listener) {
        errorLines = Optional.of(listener);
        return this;
    }

    /**
     * Runs it to its end.
     *
     * @throws ClientProcessException when it fails or can't be started
     * @throws dev.belay.context.RunCancelledException when the run was cancelled meanwhile; the process has ended then
     */
    public void run(Cancellation cancellation) {
        cancellation.check();
        Process process = start();
        List<ProcessHandle> told = new CopyOnWriteArrayList<>();
        try (Cancellation.Registration registered = cancellation.onCancel(() -> end(process, told))) {
            await(process, cancellation);
        } finally {
            if (process.isAlive()) {
                told.addAll(withDescendants(process));
            }
            endNow(told);
        }
    }

    private void await(Process process, Cancellation cancellation) {
        ErrorLines errors = new ErrorLines();
        List<Pump> pumps = new ArrayList<>();
        pumps.add(Pump.start(program.name() + "-errors", () -> readErrors(process.getErrorStream(), errors)));
        output.ifPresent(reader ->
                pumps.add(Pump.start(program.name() + "-output", () -> read(process.getInputStream(), reader))));
        input.ifPresent(writer ->
                pumps.add(Pump.start(program.name() + "-input", () -> write(process.getOutputStream(), writer))));
        try {
            int status = process.waitFor();
            for (Pump pump : pumps) {
                pump.join();
            }
            cancellation.check();
            Optional<Throwable> broken =
                    pumps.stream().flatMap(pump -> pump.failure().stream()).findFirst();
            if (status != 0 || broken.isPresent()) {
                throw failed(status, errors.shown(), broken);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancellation.cancel(Cancellation.Reason.INTERRUPTED);
            cancellation.check();
        }
    }

    private Process start() {
        List<String> command = new ArrayList<>();
        SETSID.ifPresent(setsid -> command.add(setsid.toString()));
        command.add(program.path().toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        directory.ifPresent(path -> builder.directory(path.toFile()));
        Map<String, String> variables = builder.environment();
        // What this process inherited may contradict what the child is told: a PGSERVICE, a PGHOSTADDR, another's
        // password.
        variables
                .keySet()
                .removeIf(
                        name -> name.startsWith("PG") && !name.equals("PGLOCALEDIR") && !name.startsWith("PGCLUSTER"));
        variables.remove("POSTGRES_PASSWORD");
        variables.remove("DATABASE_URL");
        variables.putAll(environment);
        // LC_ALL outweighs LC_MESSAGES; the messages are read by program and by support.
        String all = variables.remove("LC_ALL");
        if (all != null) {
            variables.put("LC_CTYPE", all);
        }
        variables.put("LC_MESSAGES", "C");
        variables.put("LANGUAGE", "C");
        if (output.isEmpty()) {
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        }
        if (input.isEmpty()) {
            builder.redirectInput(new java.io.File(NOTHING));
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ClientProcessException(
                    program.name(),
                    -1,
                    List.of(),
                    program.name() + " (" + program.path() + ") could not be started.",
                    e);
        }
    }

    private void readErrors(InputStream stream, ErrorLines errors) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c == '\n') {
                    errorLine(line.toString(), errors);
                    line.setLength(0);
                } else if (line.length() < LONGEST_LINE) {
                    line.append((char) c); // the rest of a longer line is dropped: a failed COPY shows whole rows
                }
            }
            errorLine(line.toString(), errors);
        }
    }

    private void errorLine(String line, ErrorLines errors) {
        errors.add(line);
        errorLines.ifPresent(listener -> listener.accept(line));
    }

    private static void read(InputStream stream, OutputReader reader) throws IOException {
        try (stream) {
            reader.read(stream);
        }
    }

    private static void write(OutputStream stream, InputWriter writer) throws IOException {
        try (stream) {
            writer.write(stream);
        }
    }

    private ClientProcessException failed(int status, List<String> errors, Optional<Throwable> broken) {
        StringBuilder message = new StringBuilder(program.name())
                .append(program.version().isEmpty() ? "" : " " + program.version())
                .append(status > 128 ? " was ended by signal " + (status - 128) : " failed with exit status " + status);
        if (errors.isEmpty() && status == 0) {
            message.append(", but its data could not be passed on");
        }
        errors.stream()
                .skip(Math.max(0, errors.size() - 3L))
                .forEach(line -> message.append("\n  ").append(line));
        return new ClientProcessException(program.name(), status, errors, message.toString(), broken.orElse(null));
    }

    /** Those that are told to end are remembered first: once their parent is gone nobody finds them any more. */
    private static void end(Process process, List<ProcessHandle> told) {
        told.addAll(withDescendants(process));
        told.forEach(ProcessHandle::destroy);
        Thread patience = new Thread(() -> endNow(told), "belay-ends-child");
        patience.setDaemon(true);
        patience.start();
    }

    private static List<ProcessHandle> withDescendants(Process process) {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    /** Leaves no process behind: asks, waits, then forces, also on a thread that was interrupted. */
    private static void endNow(List<ProcessHandle> all) {
        boolean interrupted = Thread.interrupted();
        all.forEach(ProcessHandle::destroy);
        if (!areGone(all)) {
            all.forEach(ProcessHandle::destroyForcibly);
            areGone(all);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean areGone(List<ProcessHandle> all) {
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(GRACE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
