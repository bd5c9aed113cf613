package dev.belay.run.internal;

import dev.belay.context.Cancellation;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds up the end of the JVM until what is under way is undone, or, on the way back, done. */
final class ShutdownGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownGuard.class);

    private final Thread hook;

    private ShutdownGuard(Thread hook) {
        this.hook = hook;
    }

    static ShutdownGuard of(Future<?> work, Cancellation cancellation) {
        ShutdownGuard guard = new ShutdownGuard(new Thread(() -> end(work, cancellation), "belay-shutdown"));
        try {
            Runtime.getRuntime().addShutdownHook(guard.hook);
        } catch (IllegalStateException e) {
            LOG.debug("The JVM is shutting down already; nobody is asked to wait for this work", e);
        }
        return guard;
    }

    private static void end(Future<?> work, Cancellation cancellation) {
        cancellation.cancel(Cancellation.Reason.INTERRUPTED);
        if (isOrderedFromWithin()) {
            LOG.warn("A listener or a strategy ends the JVM: the work under way can't be undone first");
            return;
        }
        try {
            work.get();
        } catch (ExecutionException e) {
            LOG.debug("The work ended with the failure that its caller gets", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever calls System.exit never comes back from it, so work that does can't be waited for. */
    private static boolean isOrderedFromWithin() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("belay-"))
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit"));
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The JVM is shutting down; it waits no longer", e);
        }
    }
}
