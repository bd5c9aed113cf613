package dev.belay.revision;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where revisions come from.
 *
 * <p>Implement it for a layout of your own; {@link Revisions} has those that Belay brings. A source may be asked several
 * times, also by several threads, and answers with what is there at that moment, in any order.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RevisionSource {
    /**
     * Reads all revisions.
     *
     * @throws MalformedRevisionException if one can't be understood
     * @throws UnreadableRevisionsException if the place can't be read
     */
    List<Revision> load();

    /** The name of the layout, by which the platform finds the history table that goes with it; {@code belay} by default. */
    default String layout() {
        return "belay";
    }

    /** What is said about the history table that goes with the layout, by names of the layout; by default nothing. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** Scripts that find out whether what a revision brought about is there, by the revisions' ids; by default none. */
    default Map<String, Script> verifications() {
        return Map.of();
    }

    /**
     * What tells a revision's file apart from any other, by the revision's id and in the order of the revisions as far as they have one: with
     * it a start knows that the files are those which were applied, without looking into them. It is what the history keeps of a
     * file: of Belay's own its SHA-256, of a layout {@link dev.belay.layout.Layout#checksums}. By default, and where two files have one
     * id, it isn't known.
     */
    default Optional<Map<String, String>> checksums() {
        return Optional.empty();
    }

    /** The same revisions, as they are now: whatever becomes of the files, it stays so. */
    default RevisionSource read() {
        return new ReadRevisions(List.copyOf(load()), layout(), Map.copyOf(settings()), Map.copyOf(verifications()));
    }

    /** Revisions that were read already, of a layout. */
    static RevisionSource of(List<Revision> revisions, String layout) {
        return new ReadRevisions(List.copyOf(revisions), layout, Map.of(), Map.of());
    }

    /** Names the source in messages and reports, in a few words. The default is {@code toString()}. */
    default String describe() {
        return toString();
    }
}
