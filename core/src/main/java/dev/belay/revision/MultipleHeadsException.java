package dev.belay.revision;

import java.util.List;

/**
 * The revisions have several heads where one is needed.
 *
 * @since 0.1
 */
public final class MultipleHeadsException extends RevisionException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> heads;

    MultipleHeadsException(List<Revision> heads) {
        super("The revisions have " + heads.size() + " heads: "
                + String.join(
                        ", ",
                        heads.stream()
                                .map(head -> head.id() + " (" + head.origin() + ")")
                                .toList())
                + ".\nNothing was changed. Join them with `belay merge \"Merge "
                + String.join(" and ", heads.stream().map(Revision::id).toList())
                + "\"` (RevisionWriter.merge), or name one as the target, or take the target heads.");
        this.heads = heads.stream().map(Revision::id).toList();
    }

    /** The ids of the heads. */
    public List<String> heads() {
        return heads;
    }
}
