package dev.belay.engine;

import dev.belay.revision.AppliedRevision;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a database says about itself.
 *
 * @param applied the applied revisions, in the order in which they were applied
 * @param partial a non-transactional revision that was begun and not ended
 * @param failed what another tool marked as failed; what it may have applied of it is not among the applied ones
 * @since 0.1
 */
public record EngineState(List<AppliedRevision> applied, Optional<Partial> partial, Optional<FailureMark> failed) {
    /** Copies. */
    public EngineState {
        applied = List.copyOf(applied);
        Objects.requireNonNull(partial, "partial");
        Objects.requireNonNull(failed, "failed");
    }

    /** Without anything that another tool marked. */
    public EngineState(List<AppliedRevision> applied, Optional<Partial> partial) {
        this(applied, partial, Optional.empty());
    }

    /** Whether nothing is half done, by whomever, so that the applied revisions are all that there is to know. */
    public boolean isSettled() {
        return partial.isEmpty() && failed.isEmpty();
    }

    /** The ids of the applied revisions, in the order in which they were applied. */
    public List<String> ids() {
        return applied.stream().map(AppliedRevision::id).toList();
    }

    /** The ids of those applied revisions that are no other applied one's parent, sorted. */
    public List<String> heads() {
        Set<String> parents = new HashSet<>();
        applied.forEach(revision -> parents.addAll(revision.parents()));
        return ids().stream().filter(id -> !parents.contains(id)).sorted().toList();
    }

    /** Whether both describe the same set of applied revisions and the same unfinished one. */
    public boolean sameAs(EngineState other) {
        return Set.copyOf(ids()).equals(Set.copyOf(other.ids())) && partial.equals(other.partial);
    }

    /**
     * A non-transactional revision that was begun and not ended.
     *
     * @param revision its id
     * @param direction which way it was going
     * @param statementsDone how many of its statements are known to be done
     */
    public record Partial(String revision, dev.belay.revision.Direction direction, int statementsDone) {}
}
