package dev.belay.layout;

import dev.belay.revision.Revision;
import dev.belay.revision.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a tool lays out a directory of migrations. Stateless and safe for use by several threads.
 *
 * <p>A reader answers with one {@link Revision} for each migration. Its id is what the tool's own history table calls the
 * migration, so that the tool can go on where Belay stopped, and the other way round.
 *
 * @since 0.1
 */
public interface Layout {
    /**
     * The property of a {@link Revision} that holds its checksum as the tool writes it into its history; an applied revision
     * with another one was changed.
     */
    String CHECKSUM = "checksum";

    /** The name after {@code --layout}, and in messages. */
    String name();

    /** Whether the directory looks like one of this layout, by its files' names and markers. Changes nothing. */
    boolean recognises(Path directory) throws IOException;

    /**
     * Reads all migrations that are there.
     *
     * @throws dev.belay.revision.MalformedRevisionException naming the file and the line of what can't be understood
     */
    List<Revision> read(Path directory) throws IOException;

    /**
     * Scripts that find out whether what a revision brought about is there, by the revisions' ids; by default none. They run like
     * a validator of each plan, in a transaction that is rolled back, for the revisions that are applied then; one that
     * fails is a critical finding.
     */
    default Map<String, Script> verifications(Path directory) throws IOException {
        return Map.of();
    }

    /**
     * What tells the migrations' files from any others, by the revisions' ids and in their order, found without looking into them; see
     * {@link dev.belay.revision.RevisionSource#checksums()}. By default it isn't known.
     */
    default Optional<Map<String, String>> checksums(Path directory) throws IOException {
        return Optional.empty();
    }

    /** What is said about the tool's history beside the files, by names of the layout; by default nothing. */
    default Map<String, String> settings(Path directory) throws IOException {
        return Map.of();
    }
}
