package dev.belay.run.internal;

import dev.belay.context.Cancellation;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A call on a thread of its own, so that an interrupt of the caller becomes a cancellation, which ends even what a thread
 * can't be interrupted in, such as a statement. The caller waits until what was begun is undone. A shutdown of the JVM, as
 * by Ctrl-C or SIGTERM, is treated the same, and waits too: the way back would die with the JVM.
 */
public final class InterruptibleCall {
    private InterruptibleCall() {}

    /** Calls, and cancels when the time of the cancellation is over. */
    public static <T> T of(Supplier<T> call, Cancellation cancellation) {
        FutureTask<T> task = new FutureTask<>(call::get);
        Thread worker = new Thread(task, "belay-run");
        boolean interrupted = false;
        try (ShutdownGuard guard = ShutdownGuard.of(task, cancellation)) {
            worker.start();
            while (true) {
                try {
                    return result(task, cancellation);
                } catch (InterruptedException e) {
                    interrupted = true;
                    cancellation.cancel(Cancellation.Reason.INTERRUPTED);
                }
            }
        } catch (ExecutionException e) {
            throw rethrown(Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> T result(FutureTask<T> task, Cancellation cancellation)
            throws ExecutionException, InterruptedException {
        Optional<Duration> limit = cancellation.remaining();
        if (limit.isPresent() && cancellation.reason().isEmpty()) {
            try {
                return task.get(limit.get().toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                cancellation.cancel(Cancellation.Reason.TIMEOUT);
            }
        }
        return task.get();
    }

    private static RuntimeException rethrown(Throwable failure) {
        if (failure instanceof RuntimeException e) {
            return e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return new IllegalStateException(failure);
    }
}
