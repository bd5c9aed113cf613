package dev.belay.testkit.assertj.internal;

import dev.belay.revision.RevisionSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The revisions that the class of the running test is about; a test runs in one thread. */
public final class CurrentRevisions {
    private static final ThreadLocal<@Nullable RevisionSource> CURRENT = new ThreadLocal<>();

    private CurrentRevisions() {}

    /** Those of the test that runs in this thread, if its class names some. */
    public static Optional<RevisionSource> get() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** From now on these. */
    public static void set(RevisionSource revisions) {
        CURRENT.set(revisions);
    }

    /** From now on none. */
    public static void clear() {
        CURRENT.remove();
    }
}
