package dev.belay.revision;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Who is whose parent: the ids alone, so that applied revisions that are gone from disk take part. */
final class Links {
    private final Map<String, List<String>> parents;
    private final Map<String, List<String>> children = new HashMap<>();

    /** Links in the order of the map; parents that are not keys of it may be named. */
    Links(Map<String, List<String>> parents) {
        this.parents = new LinkedHashMap<>(parents);
        this.parents.forEach((id, itsParents) -> itsParents.forEach(parent ->
                children.computeIfAbsent(parent, key -> new ArrayList<>()).add(id)));
    }

    Set<String> ids() {
        return parents.keySet();
    }

    List<String> parents(String id) {
        List<String> its = parents.getOrDefault(id, List.of());
        return parents.keySet().containsAll(its)
                ? its
                : its.stream().filter(parents::containsKey).toList();
    }

    List<String> children(String id) {
        return children.getOrDefault(id, List.of());
    }

    /** Those above, without itself. */
    Set<String> ancestors(String id) {
        return reach(id, this::parents);
    }

    /** Those below, without itself. */
    Set<String> descendants(String id) {
        return reach(id, this::children);
    }

    /** Those that are no ancestor of another one of them, in their own order. */
    Set<String> headsOf(Set<String> some) {
        Set<String> covered = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(some);
        while (!open.isEmpty()) {
            for (String parent : parents(open.pop())) {
                if (covered.add(parent)) {
                    open.push(parent);
                }
            }
        }
        Set<String> heads = new LinkedHashSet<>(some);
        heads.removeAll(covered);
        return heads;
    }

    private static Set<String> reach(String start, Function<String, List<String>> next) {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(next.apply(start));
        while (!open.isEmpty()) {
            String id = open.pop();
            if (seen.add(id)) {
                open.addAll(next.apply(id));
            }
        }
        return seen;
    }
}
