package dev.belay.revision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Revisions and what each builds on: a graph without cycles, with any number of roots and heads.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class RevisionGraph {
    private final Map<String, Revision> revisions; // in topological order
    private final Links links;

    private RevisionGraph(Map<String, Revision> revisions) {
        this.revisions = revisions;
        Map<String, List<String>> parents = new LinkedHashMap<>();
        revisions.forEach((id, revision) -> parents.put(id, revision.parents()));
        this.links = new Links(parents);
    }

    /**
     * Makes a graph of revisions in any order.
     *
     * @throws DuplicateRevisionException if two have the same id
     * @throws UnknownParentException if a parent is missing
     * @throws RevisionCycleException if revisions are each other's ancestors
     */
    public static RevisionGraph of(Collection<Revision> revisions) {
        Map<String, Revision> byId = new LinkedHashMap<>();
        for (Revision revision : revisions) {
            Revision other = byId.putIfAbsent(revision.id(), revision);
            if (other != null) {
                throw new DuplicateRevisionException(other, revision);
            }
        }
        for (Revision revision : byId.values()) {
            for (String parent : revision.parents()) {
                if (!byId.containsKey(parent)) {
                    throw new UnknownParentException(revision, parent);
                }
            }
        }
        List<String> order = Ordering.of(
                byId.keySet(),
                id -> known(byId, id).parents(),
                Comparator.comparing(id -> known(byId, id), byFileThenId()));
        if (order.size() < byId.size()) {
            throw new RevisionCycleException(cycleIn(byId, new HashSet<>(order)));
        }
        Map<String, Revision> ordered = new LinkedHashMap<>();
        order.forEach(id -> ordered.put(id, known(byId, id)));
        return new RevisionGraph(ordered);
    }

    /** Whether there is no revision at all. */
    public boolean isEmpty() {
        return revisions.isEmpty();
    }

    /** How many revisions there are. */
    public int size() {
        return revisions.size();
    }

    /**
     * All revisions, each after its parents. Where several could come next it is the one whose file name, which begins
     * with its time, is first; then the one whose id is. The same revisions are always in the same order.
     */
    public List<Revision> inOrder() {
        return List.copyOf(revisions.values());
    }

    /** The revisions that no other builds on, in order. */
    public List<Revision> heads() {
        return revisions.values().stream()
                .filter(revision -> links.children(revision.id()).isEmpty())
                .toList();
    }

    /** The revisions that build on no other, in order. */
    public List<Revision> roots() {
        return revisions.values().stream()
                .filter(revision -> revision.parents().isEmpty())
                .toList();
    }

    /** The revision with exactly this id. */
    public Optional<Revision> get(String id) {
        return Optional.ofNullable(revisions.get(id));
    }

    /**
     * The revision with this id, or else the one whose id begins so.
     *
     * @throws UnknownRevisionException if there is none
     * @throws AmbiguousRevisionException if there are several
     */
    public Revision find(String prefix) {
        return known(revisions, RouteFinder.find(prefix, revisions.keySet()));
    }

    /**
     * All revisions that this one builds on, directly or not, without itself; in order.
     *
     * @throws UnknownRevisionException if no revision has exactly this id
     */
    public List<Revision> ancestors(String id) {
        return inOrder(links.ancestors(checked(id)));
    }

    /**
     * All revisions that build on this one, directly or not, without itself; in order.
     *
     * @throws UnknownRevisionException if no revision has exactly this id
     */
    public List<Revision> descendants(String id) {
        return inOrder(links.descendants(checked(id)));
    }

    /** The revisions that are not applied, in order: the way to all heads. */
    public List<Revision> pending(List<AppliedRevision> applied) {
        Set<String> ids = new LinkedHashSet<>(revisions.keySet());
        applied.forEach(revision -> ids.remove(revision.id()));
        return inOrder(ids);
    }

    /**
     * The way up.
     *
     * <ul>
     *   <li>{@code head}: everything that the one head needs and is not applied; {@code heads}: everything
     *   <li>{@code +N}: the next N pending ones, in order
     *   <li>an id, {@code ID+N}, {@code ID-N}: that revision and its ancestors, as far as they are not applied
     * </ul>
     *
     * @param target where to end
     * @param applied what is applied, in apply order; may name revisions that this graph has not
     * @throws MultipleHeadsException if the target is {@code head} and there are several
     * @throws UnreachableTargetException if there are fewer steps than asked for
     * @throws UnknownRevisionException if the target names no revision
     * @throws AmbiguousRevisionException if the target fits several
     * @throws InvalidTargetException if the target is {@code base} or {@code -N}
     */
    public Route up(Target target, List<AppliedRevision> applied) {
        return new RouteFinder(this, applied).up(target);
    }

    /**
     * The way down. Steps are taken back in the reverse of the order in which they were applied, whatever their names.
     *
     * <ul>
     *   <li>{@code base}: everything applied
     *   <li>{@code -N}: the N that were applied last
     *   <li>an id, {@code ID+N}, {@code ID-N}: every applied revision that descends from it; it stays itself
     * </ul>
     *
     * @param target where to end
     * @param applied what is applied, in apply order; may name revisions that this graph has not
     * @throws RevisionNotAppliedException if the target is not applied
     * @throws UnreachableTargetException if fewer are applied than are to be taken back
     * @throws UnknownRevisionException if the target names no revision
     * @throws AmbiguousRevisionException if the target fits several
     * @throws InvalidTargetException if the target is {@code heads} or {@code +N}
     */
    public Route down(Target target, List<AppliedRevision> applied) {
        return new RouteFinder(this, applied).down(target);
    }

    private String checked(String id) {
        if (!revisions.containsKey(id)) {
            throw new UnknownRevisionException(id);
        }
        return id;
    }

    private List<Revision> inOrder(Set<String> ids) {
        return revisions.values().stream()
                .filter(revision -> ids.contains(revision.id()))
                .toList();
    }

    private static Revision known(Map<String, Revision> byId, String id) {
        return Objects.requireNonNull(byId.get(id));
    }

    private static Comparator<Revision> byFileThenId() {
        return Comparator.comparing((Revision revision) -> fileName(revision.origin()))
                .thenComparing(Revision::origin)
                .thenComparing(Revision::id);
    }

    /** The last part of a path or URL: in a sum of sources the directory's name must not decide. */
    private static String fileName(String origin) {
        return origin.substring(Math.max(origin.lastIndexOf('/'), origin.lastIndexOf('\\')) + 1);
    }

    /** Each revision that could not be ordered has a parent that could not: following those ends on a cycle. */
    private static List<Revision> cycleIn(Map<String, Revision> byId, Set<String> ordered) {
        List<Revision> path = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        String id = byId.keySet().stream()
                .filter(each -> !ordered.contains(each))
                .findFirst()
                .orElseThrow();
        while (seen.add(id)) {
            Revision revision = known(byId, id);
            path.add(revision);
            id = revision.parents().stream()
                    .filter(parent -> !ordered.contains(parent))
                    .findFirst()
                    .orElseThrow();
        }
        return path.subList(List.copyOf(seen).indexOf(id), path.size());
    }
}
