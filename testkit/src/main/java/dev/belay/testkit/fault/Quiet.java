package dev.belay.testkit.fault;

import dev.belay.context.Cancellation;
import dev.belay.context.RunContext;

/** What looking at a database is passed: it has no limit, and nobody listens. */
enum Quiet implements RunContext {
    LOOK;

    private static final Cancellation NONE = Cancellation.withoutTimeout();

    @Override
    public String runId() {
        return "look";
    }

    @Override
    public Cancellation cancellation() {
        return NONE;
    }

    @Override
    public void progress(String activity, long done, long total, String unit) {
        // how far a look is interests nobody
    }

    @Override
    public void note(String message) {
        // what a look notes is in what it finds
    }
}
