package dev.belay.postgres.engine;

import dev.belay.engine.EngineContext;
import dev.belay.postgres.revision.FailedStatement;
import java.util.List;
import java.util.stream.Collectors;

/** Tries again what failed only because others were in the way, a few times, and names them. */
final class LockRetry {
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
        try {
            return Retries.call(
                    context.cancellation(),
                    e -> e instanceof FailedStatement failed && inTheWay(failed),
                    e -> {}, // each attempt tells itself, with who stood in the way
                    () -> tryOnce(attempt));
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
                        + inTheWay() + " It was rolled back and is tried again up to " + Retries.TRIES + " times.");
            }
            throw failed;
        }
    }

    static boolean inTheWay(FailedStatement failed) {
        return Retries.isInTheWay(failed.state());
    }

    /** Who stood in the way last, as a sentence; empty when nobody was seen. */
    String inTheWay() {
        return blockers.isEmpty()
                ? ""
                : " In the way: " + blockers.stream().map(Blocker::toString).collect(Collectors.joining("; ")) + ".";
    }
}
