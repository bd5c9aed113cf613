package dev.belay.postgres.backup;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks how far something is, twice a second, until it is closed. */
final class Ticker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
    private static final long MILLIS = 500;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "belay-progress");
        thread.setDaemon(true);
        return thread;
    });

    Ticker(Runnable look) {
        var unused = timer.scheduleWithFixedDelay(() -> quietly(look), MILLIS, MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void quietly(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.debug("Progress could not be told this time", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
