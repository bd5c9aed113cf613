package dev.belay.postgres.engine;

import dev.belay.context.Cancellation;
import dev.belay.engine.EngineContext;
import dev.belay.postgres.revision.FailedStatement;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tries again what failed only because others were in the way, a few times, and names them. */
final class LockRetry {
    /** lock_not_available and deadlock_detected (PostgreSQL docs, appendix A). */
    private static final Set<String> IN_THE_WAY = Set.of("55P03", "40P01");

    static final int TRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Something that may be tried again as a whole. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws FailedStatement;
    }

    private final EngineContext context;
    private final ServerWatch watch;
    private List<Blocker> blockers = List.of();

    LockRetry(EngineContext context, ServerWatch watch) {
        this.context = context;
        this.watch = watch;
    }

    <T> T call(Attempt<T> attempt) throws FailedStatement {
        Retry retry = Retry.of(
                "belay-locks",
                RetryConfig.custom()
                        .maxAttempts(TRIES)
                        .intervalFunction(
                                IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2.0, 0.5, LONGEST_PAUSE))
                        .retryOnException(e -> e instanceof FailedStatement failed && inTheWay(failed))
                        .build());
        try (WakeUp wakeUp = new WakeUp(context.cancellation())) {
            retry.getEventPublisher().onRetry(event -> wakeUp.sleeps());
            return retry.executeCallable(() -> {
                wakeUp.awake();
                context.cancellation().check();
                return tryOnce(attempt);
            });
        } catch (FailedStatement | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("an attempt throws nothing else", e);
        }
    }

    private <T> T tryOnce(Attempt<T> attempt) throws FailedStatement {
        watch.takeBlockers();
        try {
            return attempt.run();
        } catch (FailedStatement failed) {
            if (inTheWay(failed)) {
                blockers = watch.takeBlockers();
                context.note(failed.place() + " of revision " + failed.place().revision()
                        + (failed.state().equals("40P01")
                                ? " was the victim of a deadlock."
                                : " did not get its lock within "
                                        + context.lockTimeout().toMillis() + " ms.")
                        + inTheWay() + " It was rolled back and is tried again up to " + TRIES + " times.");
            }
            throw failed;
        }
    }

    static boolean inTheWay(FailedStatement failed) {
        return IN_THE_WAY.contains(failed.state());
    }

    /** Who stood in the way last, as a sentence; empty when nobody was seen. */
    String inTheWay() {
        return blockers.isEmpty()
                ? ""
                : " In the way: " + blockers.stream().map(Blocker::toString).collect(Collectors.joining("; ")) + ".";
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
