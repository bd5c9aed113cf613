package dev.belay.revision;

import java.util.Collection;
import java.util.List;

/**
 * Several revisions fit where one is needed.
 *
 * @since 0.1
 */
public final class AmbiguousRevisionException extends RevisionException {
    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 8;

    private final String asked;
    private final transient List<String> candidates;

    AmbiguousRevisionException(String asked, Collection<String> candidates) {
        super("\"" + asked + "\" could be any of " + shorten(candidates)
                + ". Nothing was changed. Name the one you mean by its id.");
        this.asked = asked;
        this.candidates = List.copyOf(candidates);
    }

    private static String shorten(Collection<String> candidates) {
        String shown = String.join(", ", candidates.stream().limit(SHOWN).toList());
        return candidates.size() <= SHOWN ? shown : shown + " and " + (candidates.size() - SHOWN) + " more";
    }

    /** What was asked for: a prefix, or a target such as {@code 4f2a+1}. */
    public String asked() {
        return asked;
    }

    /** The ids that fit. */
    public List<String> candidates() {
        return candidates;
    }
}
