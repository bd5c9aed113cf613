package dev.belay.testkit.fault;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A point at which something strikes once. */
record Trap(Point point, Strike strike, AtomicBoolean sprung, CompletableFuture<Point> over) {
    /** A trap, and the act that came to it. */
    record Hit(Trap trap, Act act) {}

    Trap(Point point, Strike strike) {
        this(point, strike, new AtomicBoolean(), new CompletableFuture<>());
    }

    boolean isSprung() {
        return sprung.get();
    }

    /** Strikes, unless that was done before. */
    void spring(ProxySession session) {
        if (sprung.compareAndSet(false, true)) {
            try {
                strike.at(session);
                over.complete(point);
            } catch (RuntimeException e) {
                over.completeExceptionally(e);
                throw e;
            }
        }
    }
}
