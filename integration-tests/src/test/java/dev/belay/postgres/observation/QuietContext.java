package dev.belay.postgres.observation;

import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;

/** A run that nobody watches. */
public record QuietContext(Cancellation cancellation) implements RunContext {
    /** One that is never cancelled. */
    public QuietContext() {
        this(Cancellation.withoutTimeout());
    }

    @Override
    public String runId() {
        return "test";
    }

    @Override
    public void progress(String activity, long done, long total, String unit) {
        // nobody watches
    }

    @Override
    public void note(String message) {
        // nobody reads
    }
}
