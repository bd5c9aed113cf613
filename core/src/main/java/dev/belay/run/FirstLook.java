package dev.belay.run;

import dev.belay.engine.EngineState;
import dev.belay.revision.RevisionGraph;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run sees before it does anything.
 *
 * @param state what is applied
 * @param journal the entry of a run that was begun and has not ended; empty where there is none
 * @param leftovers whether an earlier run left scratch databases behind
 * @param graph the revisions on disk; empty when all that is on disk is applied, in the very same files, and nothing else
 * @since 0.1
 */
public record FirstLook(EngineState state, Optional<String> journal, boolean leftovers, Optional<RevisionGraph> graph) {
    /** Checks that all is there. */
    public FirstLook {
        Objects.requireNonNull(graph, "graph");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(journal, "journal");
    }
}
