package dev.belay.revision;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Finds the way from what is applied to a target. */
final class RouteFinder {
    private final RevisionGraph graph;
    private final Map<String, Integer> applied = new LinkedHashMap<>(); // id to position, in apply order
    private final Links links; // of the revisions on disk and of the applied ones that are no longer there

    RouteFinder(RevisionGraph graph, List<AppliedRevision> history) {
        this.graph = graph;
        Map<String, List<String>> parents = new LinkedHashMap<>();
        graph.inOrder().forEach(revision -> parents.put(revision.id(), revision.parents()));
        for (AppliedRevision revision : history) {
            applied.put(revision.id(), applied.size());
            parents.putIfAbsent(revision.id(), revision.parents());
        }
        this.links = new Links(parents);
    }

    Route up(Target target) {
        if (target.isBase() || target.isRelative() && target.offset() < 0) {
            throw new InvalidTargetException(
                    target.toString(), "lies downwards. Nothing was changed. Use downgrade to go there.");
        }
        List<String> pending = graph.inOrder().stream()
                .map(Revision::id)
                .filter(id -> !applied.containsKey(id))
                .toList();
        List<String> steps;
        if (target.isHeads() || target.isHead() && graph.isEmpty()) {
            steps = pending;
        } else if (target.isRelative()) {
            steps = first(target.offset(), pending, target, "pending");
        } else {
            String end = resolve(target);
            if (pending.isEmpty() || graph.get(end).isEmpty()) { // applied, and perhaps gone from disk
                steps = List.of();
            } else {
                Set<String> needed = links.ancestors(end);
                needed.add(end);
                steps = pending.stream().filter(needed::contains).toList();
            }
        }
        return route(Direction.UP, steps);
    }

    Route down(Target target) {
        if (target.isHead() || target.isHeads() || target.isRelative() && target.offset() > 0) {
            throw new InvalidTargetException(
                    target.toString(),
                    "is not a target of a downgrade. Nothing was changed. Use upgrade to go there,"
                            + " or name -N, base or an applied revision.");
        }
        List<String> undoable = undoOrder();
        List<String> steps;
        if (target.isBase()) {
            steps = undoable;
        } else if (target.isRelative()) {
            steps = first(-target.offset(), undoable, target, "applied");
        } else {
            String end = resolve(target);
            if (!applied.containsKey(end)) {
                throw new RevisionNotAppliedException(end);
            }
            Set<String> gone = links.descendants(end);
            steps = undoable.stream().filter(gone::contains).toList();
        }
        return route(Direction.DOWN, steps);
    }

    /** Reverse apply order; where stamps made that wrong, what builds on a revision is still taken back before it. */
    private List<String> undoOrder() {
        Comparator<String> lastFirst = Comparator.<String>comparingInt(id -> Objects.requireNonNull(applied.get(id)))
                .reversed();
        return Ordering.of(applied.keySet(), this::appliedDescendants, lastFirst);
    }

    /** The applied ones that need this one first gone; a pending one in between (stamps again) does not hide them. */
    private Collection<String> appliedDescendants(String id) {
        List<String> children = links.children(id);
        return applied.keySet().containsAll(children) ? children : links.descendants(id);
    }

    private String resolve(Target target) {
        if (links.ids().contains(target.toString())) {
            return target.toString();
        }
        String anchor = target.anchor().equals("head") ? oneHead() : find(target.anchor(), links.ids());
        Set<String> at = Set.of(anchor);
        int wanted = Math.abs(target.offset());
        for (int step = 0; step < wanted; step++) {
            Set<String> next = new LinkedHashSet<>();
            at.forEach(id -> next.addAll(target.offset() > 0 ? links.children(id) : links.parents(id)));
            if (next.size() > 1) {
                throw new AmbiguousRevisionException(target.toString(), next);
            }
            if (next.isEmpty()) {
                String kin = target.offset() > 0 ? "above" : "below";
                throw new UnreachableTargetException(
                        target.toString(),
                        step,
                        anchor + " has only " + count(step, "revision") + " " + kin + " it. Nothing was changed.");
            }
            at = next;
        }
        return at.iterator().next();
    }

    private String oneHead() {
        List<Revision> heads = graph.heads();
        if (heads.size() > 1) {
            throw new MultipleHeadsException(heads);
        }
        if (heads.isEmpty()) {
            throw new UnknownRevisionException("head");
        }
        return heads.get(0).id();
    }

    private Route route(Direction direction, List<String> steps) {
        Set<String> before = applied.keySet();
        Set<String> after = new LinkedHashSet<>(before);
        if (direction == Direction.UP) {
            after.addAll(steps);
        } else {
            steps.forEach(after::remove);
        }
        Set<String> from = links.headsOf(before);
        return new Route(direction, steps, from, steps.isEmpty() ? from : links.headsOf(after));
    }

    private static List<String> first(int count, List<String> ids, Target target, String what) {
        if (ids.size() < count) {
            throw new UnreachableTargetException(
                    target.toString(),
                    ids.size(),
                    "only " + count(ids.size(), "revision") + (ids.size() == 1 ? " is " : " are ") + what
                            + ". Nothing was changed.");
        }
        return ids.subList(0, count);
    }

    private static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    static String find(String prefix, Set<String> ids) {
        if (ids.contains(prefix)) {
            return prefix;
        }
        List<String> found =
                ids.stream().filter(id -> id.startsWith(prefix)).sorted().toList();
        if (found.isEmpty() || prefix.isEmpty()) {
            throw new UnknownRevisionException(prefix);
        }
        if (found.size() > 1) {
            throw new AmbiguousRevisionException(prefix, found);
        }
        return found.get(0);
    }
}
