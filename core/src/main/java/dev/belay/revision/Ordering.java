package dev.belay.revision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;

/** Puts ids in an order in which each comes after what it needs. */
final class Ordering {
    private Ordering() {}

    /**
     * Orders ids by Kahn's algorithm, so that the answer depends on nothing but its arguments.
     *
     * @param ids what is ordered
     * @param needs for each id those that must come before it; what is not among the ids is ignored
     * @param ties which comes first where both could
     * @return all ids, except those that are on a cycle or need one that is
     */
    static List<String> of(
            Collection<String> ids, Function<String, ? extends Collection<String>> needs, Comparator<String> ties) {
        Map<String, Integer> missing = new HashMap<>();
        Map<String, List<String>> neededBy = new HashMap<>();
        ids.forEach(id -> missing.put(id, 0));
        for (String id : ids) {
            for (String need : needs.apply(id)) {
                if (missing.containsKey(need)) {
                    missing.merge(id, 1, Integer::sum);
                    neededBy.computeIfAbsent(need, key -> new ArrayList<>()).add(id);
                }
            }
        }
        PriorityQueue<String> ready = new PriorityQueue<>(ties);
        missing.forEach((id, count) -> {
            if (count == 0) {
                ready.add(id);
            }
        });
        List<String> ordered = new ArrayList<>(ids.size());
        for (String next = ready.poll(); next != null; next = ready.poll()) {
            ordered.add(next);
            for (String waiting : neededBy.getOrDefault(next, List.of())) {
                if (missing.merge(waiting, -1, Integer::sum) == 0) {
                    ready.add(waiting);
                }
            }
        }
        return ordered;
    }
}
