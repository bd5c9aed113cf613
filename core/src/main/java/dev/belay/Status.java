package dev.belay;

import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Revision;
import java.util.List;
import java.util.Optional;

/**
 * What a database has and what it lacks.
 *
 * @param database where it is
 * @param applied the applied revisions, in the order in which they were applied
 * @param current the applied heads
 * @param heads the heads on disk
 * @param pending what is on disk and not applied, in the order in which it would be
 * @param unfinished a non-transactional revision that was begun and not ended
 * @param interrupted the run that is under way now, or was killed and will be finished or undone by the next one: what it is, and
 *     where its backup is
 * @param failed what another tool's history says of a migration that it began and that failed, or that it is in the middle of, as a
 *     sentence; the next run waits for the tool, and finds out how far it came
 * @param kept the databases that restores put aside, which have every row that was there before
 * @since 0.1
 */
public record Status(
        String database,
        List<AppliedRevision> applied,
        List<String> current,
        List<Revision> heads,
        List<Revision> pending,
        Optional<String> unfinished,
        Optional<String> interrupted,
        Optional<String> failed,
        List<String> kept) {
    /** Copies. */
    public Status {
        applied = List.copyOf(applied);
        current = List.copyOf(current);
        heads = List.copyOf(heads);
        pending = List.copyOf(pending);
        kept = List.copyOf(kept);
    }
}
