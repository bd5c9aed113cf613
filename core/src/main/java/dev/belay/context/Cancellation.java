package dev.belay.context;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way in which a run is told to stop: by its timeout, by an interrupt of the calling thread, or by a caller.
 *
 * <p>Whoever starts something that blocks (a statement, a child process) registers the action that really ends it on the
 * other side; the action runs once, on the thread that cancels. Thread-safe.
 *
 * @since 0.1
 */
public final class Cancellation {
    /** Why a run was told to stop. */
    public enum Reason {
        /** The timeout of the whole run was reached. */
        TIMEOUT,
        /** The calling thread was interrupted, as by Ctrl-C or SIGTERM. */
        INTERRUPTED
    }

    /** Ends a registration; closing it twice is harmless. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private final List<Runnable> actions = new ArrayList<>();
    private final Optional<Long> deadlineNanos;
    private final String limit;
    private @Nullable Reason reason;

    private Cancellation(Optional<Duration> timeout) {
        this.limit = timeout.map(Cancellation::words).orElse("none");
        this.deadlineNanos = timeout.map(t -> System.nanoTime() + t.toNanos());
    }

    /** To be cancelled when the timeout is over, by the thread that waits for the run until then: it has no clock of its own. */
    public static Cancellation after(Duration timeout) {
        return new Cancellation(Optional.of(timeout));
    }

    /** Is cancelled only by {@link #cancel}. */
    public static Cancellation withoutTimeout() {
        return new Cancellation(Optional.empty());
    }

    /** Runs {@code action} when the run is cancelled; at once, when it already was. The action must not block for long. */
    public Registration onCancel(Runnable action) {
        boolean now;
        synchronized (actions) {
            now = reason != null;
            if (!now) {
                actions.add(action);
            }
        }
        if (now) {
            perform(action);
        }
        return () -> {
            synchronized (actions) {
                actions.remove(action);
            }
        };
    }

    /** Cancels, once: a second call changes nothing. */
    public void cancel(Reason why) {
        List<Runnable> registered;
        synchronized (actions) {
            if (reason != null) {
                return;
            }
            reason = why;
            registered = List.copyOf(actions);
            actions.clear();
        }
        registered.forEach(Cancellation::perform);
    }

    private static void perform(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("An action registered for cancellation failed; the others go on", e);
        }
    }

    /** Why it was cancelled; empty as long as it was not. */
    public Optional<Reason> reason() {
        synchronized (actions) {
            return Optional.ofNullable(reason);
        }
    }

    /** Goes on, or throws when the run was cancelled. */
    public void check() {
        reason().ifPresent(why -> {
            throw new RunCancelledException(why, limit);
        });
    }

    /** What is left until the timeout, at least zero; empty without a timeout. */
    public Optional<Duration> remaining() {
        return deadlineNanos.map(end -> Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    private static String words(Duration timeout) {
        return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }
}
