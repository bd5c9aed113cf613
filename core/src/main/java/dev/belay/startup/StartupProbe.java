package dev.belay.startup;

import dev.belay.startup.StartupHealth.State;
import java.util.function.Consumer;

/**
 * Keeps the latest {@link StartupHealth} for probes that ask: pass it to {@link Startup#health}, and let the endpoint ask
 * {@link #now()}. Thread-safe; never blocks.
 *
 * @since 0.1
 */
public final class StartupProbe implements Consumer<StartupHealth> {
    private volatile StartupHealth latest = new StartupHealth(State.WAITING, "not begun");

    /** It waits as long as it is told nothing. */
    public StartupProbe() {}

    @Override
    public void accept(StartupHealth health) {
        latest = health;
    }

    /** The latest. */
    public StartupHealth now() {
        return latest;
    }
}
