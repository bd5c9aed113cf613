package dev.belay.revision;

import java.util.List;

/**
 * Two revisions have the same id.
 *
 * @since 0.1
 */
public final class DuplicateRevisionException extends MalformedRevisionException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String otherFile;

    DuplicateRevisionException(Revision first, Revision second) {
        super(
                second.origin(),
                0,
                "revision " + second.id() + " is defined twice, also in " + first.origin()
                        + ". Remove one of the two, or give one a new id in its name and its directive.");
        this.id = second.id();
        this.otherFile = first.origin();
    }

    /** The id that both have. */
    public String id() {
        return id;
    }

    /** Both origins, in the order in which they were given. */
    public List<String> files() {
        return List.of(otherFile, file());
    }
}
