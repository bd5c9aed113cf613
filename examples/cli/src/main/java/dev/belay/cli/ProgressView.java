package dev.belay.cli;

import dev.belay.run.RunEvent;
import dev.belay.run.RunListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A line per step on standard error, with the time since the start; between the lines a live bar, on a terminal. */
final class ProgressView implements RunListener, AutoCloseable {
    private final PrintStream err;
    private final Optional<LiveBar> bar;
    private final int verbosity;
    private final long start = System.nanoTime();

    ProgressView(PrintStream err, Optional<LiveBar> bar, int verbosity) {
        this.err = err;
        this.bar = bar;
        this.verbosity = verbosity;
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.Progress progress) {
            bar.ifPresent(live -> live.show(progress));
        } else if (event instanceof RunEvent.StepStarted started) {
            bar.ifPresent(live -> live.begin(started.step().label()));
            if (verbosity > 0) {
                line(started.step().label(), "started");
            }
        } else if (event instanceof RunEvent.StepPassed passed) {
            line(passed.step().label(), "passed    " + seconds(passed.duration()));
        } else if (event instanceof RunEvent.StepSkipped skipped) {
            line(skipped.step().label(), "skipped   " + skipped.reason());
        } else if (event instanceof RunEvent.StepFailed failed) {
            line(failed.step().label(), "failed    " + seconds(failed.duration()));
        } else if (event instanceof RunEvent.Found found) {
            line(
                    found.finding().severity().name().toLowerCase(Locale.ROOT),
                    found.finding().toString());
        } else if (event instanceof RunEvent.Note note) {
            line("note", note.message());
        }
    }

    private void line(String what, String words) {
        if (verbosity < 0) {
            return;
        }
        bar.ifPresent(LiveBar::end);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        err.println(String.format(Locale.ROOT, "%9s  %-9s  %s", seconds(elapsed), what, words));
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    @Override
    public synchronized void close() {
        bar.ifPresent(LiveBar::end);
    }
}
