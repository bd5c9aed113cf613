package dev.belay.postgres.engine;

import dev.belay.context.Cancellation;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Does again, a few times and with growing pauses, what failed only because others were in the way. */
final class Retries {
    static final int TRIES = 5;

    /** lock_not_available and deadlock_detected (PostgreSQL docs, appendix A). */
    private static final Set<String> IN_THE_WAY = Set.of("55P03", "40P01");

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private Retries() {}

    /** Whether an SQLSTATE says that others were in the way. */
    static boolean isInTheWay(String state) {
        return IN_THE_WAY.contains(state);
    }

    /**
     * Does it. Cancelling ends the pauses, too.
     *
     * @param again whether a failure is one that may pass
     * @param told of each failure after which it is tried again
     */
    static <T> T call(Cancellation cancellation, Predicate<Throwable> again, Consumer<Throwable> told, Callable<T> work)
            throws Exception {
        Retry retry = Retry.of(
                "belay-locks",
                RetryConfig.custom()
                        .maxAttempts(TRIES)
                        .intervalFunction(
                                IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2.0, 0.5, LONGEST_PAUSE))
                        .retryOnException(again)
                        .build());
        try (WakeUp wakeUp = new WakeUp(cancellation)) {
            retry.getEventPublisher().onRetry(event -> {
                told.accept(event.getLastThrowable());
                wakeUp.sleeps();
            });
            return retry.executeCallable(() -> {
                wakeUp.awake();
                cancellation.check();
                return work.call();
            });
        }
    }

    /** Ends the pause between two tries when the run is cancelled. */
    private static final class WakeUp implements AutoCloseable {
        private final Cancellation cancellation;
        private final Thread thread = Thread.currentThread();
        private volatile boolean interrupted;
        private Cancellation.Registration registration = () -> {};

        WakeUp(Cancellation cancellation) {
            this.cancellation = cancellation;
        }

        void sleeps() {
            registration = cancellation.onCancel(() -> {
                interrupted = true;
                thread.interrupt();
            });
        }

        void awake() {
            registration.close();
        }

        @Override
        public void close() {
            registration.close();
            if (interrupted) {
                Thread.interrupted(); // it was ours, and the cancellation is asked anyway
                cancellation.check();
            }
        }
    }
}
