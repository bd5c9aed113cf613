package dev.belay.run;

import dev.belay.engine.EngineState;
import dev.belay.revision.RevisionGraph;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run sees first.
 *
 * @param heads the applied heads
 * @param contents what is applied and what is on disk; empty when it is known without reading either that all that is on disk is
 *     applied, in the very same files, and nothing else, and that nothing is half done
 * @param journal the entry of a run that was begun and has not ended; empty where there is none
 * @param leftovers whether an earlier run left scratch databases behind
 * @since 0.1
 */
public record FirstLook(List<String> heads, Optional<Contents> contents, Optional<String> journal, boolean leftovers) {
    /** Copies, and checks that all is there. */
    public FirstLook {
        heads = List.copyOf(heads);
        Objects.requireNonNull(contents, "contents");
        Objects.requireNonNull(journal, "journal");
    }

    /** With what was read. */
    public FirstLook(Contents contents, Optional<String> journal, boolean leftovers) {
        this(contents.state().heads(), Optional.of(contents), journal, leftovers);
    }

    /**
     * What there is to compare.
     *
     * @param state what is applied
     * @param graph the revisions on disk
     */
    public record Contents(EngineState state, RevisionGraph graph) {
        /** Checks that all is there. */
        public Contents {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(graph, "graph");
        }
    }
}
