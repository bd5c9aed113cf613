package dev.belay.cli;

import dev.belay.run.RunEvent;
import java.io.PrintStream;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One bar that moves on the last line of a terminal and vanishes when its step ends. Used by one thread at a time. */
final class LiveBar {
    private static final int UPDATE_MILLIS = 200;
    private static final long MEBIBYTE = 1 << 20;

    private final PrintStream err;
    private final boolean colour;
    private Optional<ProgressBar> bar = Optional.empty();
    private String task = "";

    LiveBar(PrintStream err, boolean colour) {
        this.err = err;
        this.colour = colour;
    }

    /** A step whose extent is not known yet: the bar shows the time that it takes. */
    void begin(String step) {
        restart(step, 0, "");
    }

    void show(RunEvent.Progress progress) {
        if (!task.equals(progress.activity())) {
            restart(progress.activity(), progress.total(), progress.unit());
        }
        bar.ifPresent(live -> {
            if (progress.total() > 0) {
                live.maxHint(progress.total());
            }
            live.stepTo(progress.done());
        });
    }

    void end() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
        task = "";
    }

    private void restart(String name, long total, String unit) {
        end();
        task = name;
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total > 0 ? total : -1)
                .setStyle(colour ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err))
                .clearDisplayOnFinish();
        if (unit.equals("bytes")) {
            builder.setUnit(" MiB", MEBIBYTE);
        } else if (!unit.isEmpty()) {
            builder.setUnit(" " + unit, 1);
        }
        bar = Optional.of(builder.build());
    }
}
