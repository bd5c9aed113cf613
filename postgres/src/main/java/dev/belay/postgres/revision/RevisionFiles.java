package dev.belay.postgres.revision;

import dev.belay.revision.RevisionGraph;
import java.util.Map;
import java.util.Optional;

/** The files beside a history. They are read when something is asked of them. */
@FunctionalInterface
public interface RevisionFiles {
    /** The revisions. */
    RevisionGraph graph();

    /** What {@link dev.belay.revision.RevisionSource#checksums()} is; by default not known. */
    default Optional<Map<String, String>> checksums() {
        return Optional.empty();
    }
}
