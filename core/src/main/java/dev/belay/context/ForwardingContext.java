package dev.belay.context;

/**
 * A context that passes everything on to another one: for a strategy that calls another strategy, which wants a context of
 * another kind. As thread-safe as the other one.
 *
 * @since 0.1
 */
public abstract class ForwardingContext implements RunContext {
    private final RunContext run;

    /** For a subclass, with the context that it was passed. */
    protected ForwardingContext(RunContext run) {
        this.run = run;
    }

    @Override
    public String runId() {
        return run.runId();
    }

    @Override
    public Cancellation cancellation() {
        return run.cancellation();
    }

    @Override
    public void progress(String activity, long done, long total, String unit) {
        run.progress(activity, done, total, unit);
    }

    @Override
    public void note(String message) {
        run.note(message);
    }
}
