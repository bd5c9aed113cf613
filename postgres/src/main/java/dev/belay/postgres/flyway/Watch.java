package dev.belay.postgres.flyway;

import dev.belay.engine.EngineContext;
import dev.belay.engine.RevisionResult;
import dev.belay.revision.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Sees each migration that Flyway runs, and lets none begin when the run may not go on. */
final class Watch extends BaseCallback {
    private final EngineContext context;
    private final List<RevisionResult> results = new ArrayList<>();
    private Optional<String> running = Optional.empty();
    private long begun;

    Watch(EngineContext context) {
        this.context = context;
    }

    /** Those that are configured, and this one before them. */
    Callback[] beside(Callback[] configured) {
        Callback[] all = Arrays.copyOf(configured, configured.length + 1);
        System.arraycopy(configured, 0, all, 1, configured.length);
        all[0] = this;
        return all;
    }

    /** The one that is under way, or failed. */
    Optional<String> running() {
        return running;
    }

    List<RevisionResult> results() {
        return List.copyOf(results);
    }

    @Override
    public boolean supports(Event event, Context flyway) {
        return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context flyway) {
        if (event == Event.BEFORE_EACH_MIGRATE) {
            context.cancellation().check();
            context.checkLock();
            running = Optional.of(FlywayRevisions.id(flyway.getMigrationInfo()));
            begun = System.nanoTime();
        } else {
            running.ifPresent(id ->
                    results.add(new RevisionResult(id, Direction.UP, Duration.ofNanos(System.nanoTime() - begun), 1)));
            running = Optional.empty();
        }
    }
}
