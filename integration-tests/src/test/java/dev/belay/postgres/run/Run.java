package dev.belay.postgres.run;

import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run that has nothing but a name, and remembers its notes. */
record Run(String runId, Cancellation cancellation, List<String> notes) implements RunContext {
    Run(String runId) {
        this(runId, Cancellation.withoutTimeout(), new CopyOnWriteArrayList<>());
    }

    @Override
    public void progress(String activity, long done, long total, String unit) {
        // nobody looks at it
    }

    @Override
    public void note(String message) {
        notes.add(message);
    }
}
