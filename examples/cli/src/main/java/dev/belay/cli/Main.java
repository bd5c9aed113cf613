package dev.belay.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code belay}. */
public final class Main {
    private final GlobalOptions options = new GlobalOptions();
    private final Program program;

    private Main(Map<String, String> variables, Output out, PrintStream err, Signals signals) {
        this.program = new Program(new Settings(options, variables), out, err, signals);
    }

    /** Runs the command, and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        Signals signals = Signals.heard();
        Output out = new Output(new FileOutputStream(FileDescriptor.out));
        int code = new Main(System.getenv(), out, System.err, signals).run(List.of(arguments));
        signals.exit(code);
    }

    private int run(List<String> arguments) {
        CommandLine line = Belay.commandLine(program, options);
        line.setOut(new PrintWriter(new OutputWriter(program.out()), true));
        line.setErr(new PrintWriter(program.err(), true, Charset.defaultCharset()));
        line.setExecutionStrategy(parsed -> {
            Logging.configure(options.verbosity());
            try {
                program.settings().check();
            } catch (UsageException e) {
                return new Failures(program).tell(e);
            }
            return new RunLast().execute(parsed);
        });
        line.setParameterExceptionHandler((e, given) -> misused(e));
        line.setExecutionExceptionHandler((e, command, parsed) -> new Failures(program).tell(e));
        int code = line.execute(TargetArgument.protect(arguments));
        Optional<IOException> unwritten = program.out().end();
        unwritten.ifPresent(
                e -> program.err().println("belay: standard output could not be written: " + e.getMessage()));
        return unwritten.isPresent() && code == ExitCode.DONE ? ExitCode.NOT_DONE : code;
    }

    private int misused(ParameterException e) {
        CommandLine command = e.getCommandLine();
        Throwable cause = e.getCause();
        String why = cause instanceof dev.belay.BelayException ? cause.getMessage() : e.getMessage();
        program.err().println("belay: " + why);
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            program.err().println("Did you mean: " + String.join(", ", unmatched.getSuggestions()) + "?");
        }
        program.err().println("Help: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }
}
