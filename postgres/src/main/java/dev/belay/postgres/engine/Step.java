package dev.belay.postgres.engine;

import dev.belay.postgres.revision.RevisionScript;
import dev.belay.revision.Direction;
import dev.belay.revision.JavaChange;
import dev.belay.revision.Revision;
import java.util.Optional;

/**
 * One revision of a route, with all that is needed to run it.
 *
 * @param id the revision
 * @param direction which way
 * @param work what is run
 * @param revision the revision on disk; empty when it is gone
 * @param transactional whether it runs in a transaction with others
 * @param unfinished it is taken back though its upgrade never ended: what isn't there need not be removed
 */
record Step(
        String id,
        Direction direction,
        Work work,
        Optional<Revision> revision,
        boolean transactional,
        boolean unfinished) {
    /** What is run. */
    sealed interface Work {
        /** SQL. */
        record Scripted(RevisionScript script) implements Work {}

        /** Java. */
        record Coded(JavaChange code) implements Work {}
    }

    /** Refuses what can't run as it is marked, before anything does. */
    void check() {
        if (work instanceof Work.Scripted scripted) {
            scripted.script().check(id, transactional);
        }
    }
}
