package dev.belay.revision;

import java.util.List;

/**
 * A merge was asked for where there are not at least two heads.
 *
 * @since 0.1
 */
public final class NothingToMergeException extends RevisionException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> heads;

    NothingToMergeException(List<String> heads) {
        super("There is nothing to merge: "
                + (heads.isEmpty() ? "there is no revision yet" : "the one head is " + heads.get(0))
                + ". Nothing was written. A revision on the head is made with new (RevisionWriter.newRevision).");
        this.heads = List.copyOf(heads);
    }

    /** The ids of the heads: one or none. */
    public List<String> heads() {
        return heads;
    }
}
