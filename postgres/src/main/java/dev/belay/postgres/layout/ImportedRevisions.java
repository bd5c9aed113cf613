package dev.belay.postgres.layout;

import java.nio.file.Path;
import java.util.List;

/**
 * What an import wrote.
 *
 * @param directory where
 * @param layout the layout from which
 * @param revisions in their order, each after its parents
 * @param heads the ids of those on which no other builds: what {@code stamp} takes for a database that is at the tool's end
 * @param notes what isn't as it was with the tool, in whole sentences; may be empty
 * @since 0.1
 */
public record ImportedRevisions(
        Path directory, String layout, List<ImportedRevision> revisions, List<String> heads, List<String> notes) {
    /** Copies. */
    public ImportedRevisions {
        revisions = List.copyOf(revisions);
        heads = List.copyOf(heads);
        notes = List.copyOf(notes);
    }

    /**
     * One of them.
     *
     * @param from its id with the tool
     * @param revision its id with Belay
     * @param file the file
     */
    public record ImportedRevision(String from, String revision, Path file) {}

    /** The id with Belay of a revision of the tool's. */
    public java.util.Optional<String> idOf(String from) {
        return revisions.stream()
                .filter(each -> each.from().equals(from))
                .map(ImportedRevision::revision)
                .findFirst();
    }
}
