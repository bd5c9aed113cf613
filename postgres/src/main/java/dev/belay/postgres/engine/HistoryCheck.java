package dev.belay.postgres.engine;

import dev.belay.engine.EngineState;
import dev.belay.postgres.revision.RevisionScript;
import dev.belay.revision.AppliedRevision;
import dev.belay.revision.Change;
import dev.belay.revision.Direction;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import java.util.Optional;

/** Compares what the history says with the files. */
final class HistoryCheck {
    private HistoryCheck() {}

    static void check(RevisionGraph graph, EngineState state, Direction direction) {
        if (direction == Direction.DOWN) {
            return; // the way down is stored in the history, whatever became of the files
        }
        for (AppliedRevision applied : state.applied()) {
            Optional<Revision> revision = graph.get(applied.id());
            if (revision.isEmpty()) {
                throw missing(applied);
            }
            checkUnchanged(applied, revision.get());
        }
    }

    private static void checkUnchanged(AppliedRevision applied, Revision revision) {
        if (!applied.checksum().isEmpty()
                && revision.upgrade() instanceof Change.Sql sql
                && !RevisionScript.of(sql.script()).checksum().equals(applied.checksum())) {
            throw new RevisionChangedException(applied.id(), revision.origin());
        }
    }

    private static RevisionMissingException missing(AppliedRevision applied) {
        String before = applied.parents().isEmpty() ? "base" : applied.parents().get(0);
        return new RevisionMissingException(applied.id(), applied.description(), before, "");
    }
}
