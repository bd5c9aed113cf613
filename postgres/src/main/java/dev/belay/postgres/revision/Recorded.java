package dev.belay.postgres.revision;

import dev.belay.engine.FailureMark;
import dev.belay.revision.AppliedRevision;
import java.util.List;
import java.util.Optional;

/**
 * What a history says.
 *
 * @param applied in the order in which it was applied
 * @param failed what its tool marked as failed, which is not among the applied ones
 */
public record Recorded(List<AppliedRevision> applied, Optional<FailureMark> failed) {
    /** Copies. */
    public Recorded {
        applied = List.copyOf(applied);
    }

    /** With no mark. */
    public static Recorded of(List<AppliedRevision> applied) {
        return new Recorded(applied, Optional.empty());
    }
}
