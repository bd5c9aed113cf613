package dev.belay.revision;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The way from what is applied to a target.
 *
 * @param direction which way it goes
 * @param steps the ids to upgrade to, or to take back, in this order; a step down may be gone from disk
 * @param from the applied heads before, in apply order; empty at the base
 * @param to the applied heads after
 * @since 0.1
 */
public record Route(Direction direction, List<String> steps, Set<String> from, Set<String> to) {
    public Route {
        Objects.requireNonNull(direction, "direction");
        steps = List.copyOf(steps);
        // not Set.copyOf: the order is shown to people and must be the same each time
        from = Collections.unmodifiableSet(new LinkedHashSet<>(from));
        to = Collections.unmodifiableSet(new LinkedHashSet<>(to));
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }
}
