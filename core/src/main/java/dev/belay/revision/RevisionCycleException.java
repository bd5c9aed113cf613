package dev.belay.revision;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Revisions are each other's ancestors.
 *
 * @since 0.1
 */
public final class RevisionCycleException extends MalformedRevisionException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> ids;

    RevisionCycleException(List<Revision> cycle) {
        super(
                cycle.get(0).origin(),
                0,
                "these revisions are each other's ancestors: "
                        + cycle.stream()
                                .map(revision -> revision.id() + " (" + revision.origin() + ")")
                                .collect(Collectors.joining(" -> "))
                        + " -> " + cycle.get(0).id() + ". Correct the parents of one of them.");
        this.ids = cycle.stream().map(Revision::id).toList();
    }

    /** The ids on the cycle, each followed by one of its parents. */
    public List<String> ids() {
        return ids;
    }
}
