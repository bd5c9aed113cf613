package dev.belay.cli;

import dev.belay.run.RunListener;
import java.io.PrintStream;
import java.util.Optional;

/** What every command works with. */
record Program(Settings settings, Output out, PrintStream err, Signals signals) {
    /** A line for people on standard error, unless they asked for quiet. */
    void say(String line) {
        if (!settings.quiet()) {
            err.println(line);
        }
    }

    /** Shows progress as it was asked for. */
    ProgressView progress() {
        boolean live = !settings.quiet() && Terminal.isStandardError(settings.variables());
        return new ProgressView(
                err,
                live ? Optional.of(new LiveBar(err, Terminal.mayColour(settings.variables()))) : Optional.empty(),
                settings.verbosity());
    }

    /** Shows nothing. */
    static RunListener silence() {
        return event -> {};
    }
}
