package dev.belay.postgres.engine;

import dev.belay.engine.EngineState;
import dev.belay.postgres.revision.HistoryTable;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.util.Optional;

/** Compares what the history says with the files. */
final class HistoryCheck {
    private HistoryCheck() {}

    static void check(RevisionGraph graph, EngineState state, Direction direction, HistoryTable history) {
        if (direction == Direction.DOWN) {
            return; // the way down is stored in the history, whatever became of the files
        }
        for (AppliedRevision applied : state.applied()) {
            Optional<Revision> revision = graph.get(applied.id());
            if (revision.isEmpty()) {
                throw missing(applied);
            }
            if (history.isChanged(applied, revision.get())) {
                throw new RevisionChangedException(applied.id(), revision.get().origin());
            }
        }
        history.check(graph, state);
    }

    private static RevisionMissingException missing(AppliedRevision applied) {
        String before = applied.parents().isEmpty() ? "base" : applied.parents().get(0);
        return new RevisionMissingException(applied.id(), applied.description(), before, "");
    }
}
