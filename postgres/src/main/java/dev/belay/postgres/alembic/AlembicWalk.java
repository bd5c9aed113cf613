package dev.belay.postgres.alembic;

import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.Route;
import dev.belay.revision.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How a route is said to Alembic: as few commands as lead there, since each starts Python anew and is a transaction of its own. */
final class AlembicWalk {
    /**
     * One command.
     *
     * @param target its argument
     * @param steps the revisions that it runs
     */
    record Leg(String target, List<String> steps) {}

    private final RevisionGraph graph;
    private final Set<String> applied;

    AlembicWalk(RevisionGraph graph, List<String> applied) {
        this.graph = graph;
        this.applied = new LinkedHashSet<>(applied);
    }

    List<Leg> of(Route route) {
        return route.direction() == Direction.UP ? up(route.steps()) : down(route.steps());
    }

    private List<Leg> up(List<String> steps) {
        if (applied.size() + steps.size() == graph.size()) {
            return List.of(new Leg("heads", steps));
        }
        List<Leg> legs = new ArrayList<>();
        Set<String> left = new LinkedHashSet<>(steps);
        while (!left.isEmpty()) {
            String head = last(left);
            List<String> leg = steps.stream()
                    .filter(left::contains)
                    .filter(needed(head)::contains)
                    .toList();
            legs.add(0, new Leg(head, leg));
            left.removeAll(leg);
        }
        return legs;
    }

    private Set<String> needed(String head) {
        Set<String> needed = new HashSet<>(Set.of(head));
        List<Revision> order = graph.inOrder();
        for (int i = order.size() - 1; i >= 0; i--) {
            if (needed.contains(order.get(i).id())) {
                needed.addAll(order.get(i).parents());
            }
        }
        return needed;
    }

    private static String last(Set<String> ids) {
        String last = "";
        for (String id : ids) {
            last = id;
        }
        return last;
    }

    private List<Leg> down(List<String> steps) {
        if (steps.size() == applied.size()) {
            return List.of(new Leg("base", steps));
        }
        for (String end : applied) {
            if (!steps.contains(end) && Set.copyOf(above(end)).equals(Set.copyOf(steps))) {
                return List.of(new Leg(end, steps));
            }
        }
        List<Leg> legs = new ArrayList<>();
        for (String step : steps) {
            legs.add(new Leg(below(step), List.of(step)));
            applied.remove(step);
        }
        return legs;
    }

    private List<String> above(String end) {
        List<AppliedRevision> all = new ArrayList<>();
        for (String id : applied) {
            all.add(new AppliedRevision(id, graph.find(id).parents(), "", "", Instant.EPOCH, false));
        }
        return graph.down(Target.revision(end), all).steps();
    }

    /** The target that takes back this one and nothing else. */
    private String below(String step) {
        List<String> parents = graph.find(step).parents();
        return parents.stream()
                .filter(parent -> above(parent).equals(List.of(step)))
                .findFirst()
                .orElse(parents.isEmpty() ? step + "@base" : step + "@-1");
    }
}
