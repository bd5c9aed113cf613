package dev.belay.postgres.run;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The threads that keep a lock. */
final class Beats {
    private Beats() {}

    /** One thread, which doesn't keep the JVM from ending. */
    static ScheduledThreadPoolExecutor executor(String name) {
        return new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
