package dev.belay.postgres.lossless;

import dev.belay.revision.Direction;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which tables lose something by which step, as far as it was seen: on the copy of a test run, or at a first try. Thread-safe.
 */
public final class KnownLosers {
    private final Map<String, Set<String>> tables = new ConcurrentHashMap<>();

    /** Knows nothing yet. */
    public KnownLosers() {}

    Set<String> of(String revision, Direction direction) {
        return tables.getOrDefault(direction + " " + revision, Set.of());
    }

    void add(String revision, Direction direction, Set<String> names) {
        tables.merge(direction + " " + revision, Set.copyOf(names), (before, more) -> {
            Set<String> all = new HashSet<>(before);
            all.addAll(more);
            return Set.copyOf(all);
        });
    }
}
