package dev.belay.postgres.tools;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves one stream of a process on a thread of its own, and keeps what went wrong. */
final class Pump {
    /** What a pump does. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private final Thread thread;
    private volatile @Nullable Throwable failure;

    private Pump(String name, Work work) {
        thread = new Thread(() -> perform(work), "belay-" + name);
        thread.setDaemon(true);
    }

    static Pump start(String name, Work work) {
        Pump pump = new Pump(name, work);
        pump.thread.start();
        return pump;
    }

    private void perform(Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    void join() throws InterruptedException {
        thread.join();
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }
}
