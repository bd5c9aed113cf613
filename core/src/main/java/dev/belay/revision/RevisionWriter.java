package dev.belay.revision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Writes new revision files of the layout {@code belay}.
 *
 * <p>A file is valid as it is written, and does nothing until statements are added. The directory is made if it is
 * missing; a file that exists is never overwritten.
 *
 * @since 0.1
 */
public final class RevisionWriter {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd_HHmm", Locale.ROOT);
    private static final int LONGEST_MESSAGE = 1000;
    private static final int LONGEST_SLUG = 60; // leaves room in the 255 bytes that file systems give a name
    private static final int ID_BYTES = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String UPGRADE_NOTE = """
            -- The statements that make the change, here. They run in one transaction with the history's row.
            -- What can't (CREATE INDEX CONCURRENTLY) needs "no-transaction" at the end of the line above.
            """;
    private static final String DOWNGRADE_NOTE = """
            -- The statements that take it back, here. If there is no way back, put this instead of the line above:
            --   -- belay:irreversible REASON
            """;
    private static final String MERGE_NOTE = "-- A merge joins its parents and needs no statements.\n";

    private RevisionWriter() {}

    /**
     * Writes a first revision, or one on the head.
     *
     * @param directory where the file goes
     * @param message the description, on one line of at most 1000 characters
     * @param graph the revisions that exist
     * @param clock for the time in the file's name, which is that of the clock's zone
     * @return the new file
     * @throws MultipleHeadsException if there are several heads
     * @throws UnwritableRevisionException if the message can't be used or the file can't be written
     */
    public static Path newRevision(Path directory, String message, RevisionGraph graph, Clock clock) {
        List<Revision> heads = graph.heads();
        if (heads.size() > 1) {
            throw new MultipleHeadsException(heads);
        }
        return write(directory, message, graph, clock, UPGRADE_NOTE + "\n", DOWNGRADE_NOTE);
    }

    /**
     * Writes a revision whose parents are all heads, at the time of UTC.
     *
     * @param directory where the file goes
     * @param message the description, on one line of at most 1000 characters
     * @param graph the revisions that exist
     * @return the new file
     * @throws NothingToMergeException if there is one head or none
     * @throws UnwritableRevisionException if the message can't be used or the file can't be written
     */
    public static Path merge(Path directory, String message, RevisionGraph graph) {
        return merge(directory, message, graph, Clock.systemUTC());
    }

    /** As {@link #merge(Path, String, RevisionGraph)}, at the time of a clock's zone. */
    public static Path merge(Path directory, String message, RevisionGraph graph, Clock clock) {
        List<Revision> heads = graph.heads();
        if (heads.size() < 2) {
            throw new NothingToMergeException(heads.stream().map(Revision::id).toList());
        }
        return write(directory, message, graph, clock, MERGE_NOTE, "");
    }

    /**
     * The name that a revision's file has in this layout, {@code YYYYMMDD_HHMM_<id>_<description>.sql}: of the description its letters
     * and digits.
     */
    public static String fileName(LocalDateTime time, String id, String description) {
        return time.format(STAMP) + "_" + id + "_" + slug(description) + ".sql";
    }

    private static Path write(
            Path directory, String message, RevisionGraph graph, Clock clock, String upNote, String downNote) {
        if (message.isBlank()
                || message.length() > LONGEST_MESSAGE
                || message.chars().anyMatch(each -> Character.isISOControl(each) || each == 0x2028 || each == 0x2029)) {
            throw new UnwritableRevisionException(
                    directory.toString(),
                    "its message must be one line of 1 to " + LONGEST_MESSAGE + " characters. Shorten it.",
                    null);
        }
        String id = freshId(graph);
        Path file = directory.resolve(fileName(LocalDateTime.now(clock), id, message));
        List<String> parents = graph.heads().stream().map(Revision::id).toList();
        create(file, text(id, parents, message.strip(), upNote, downNote));
        return file;
    }

    private static String text(String id, List<String> parents, String message, String upNote, String downNote) {
        return "-- belay:revision " + id + "\n"
                + (parents.isEmpty() ? "" : "-- belay:parents " + String.join(", ", parents) + "\n")
                + "-- belay:description " + message + "\n\n"
                + "-- belay:upgrade\n" + upNote + "\n"
                + "-- belay:downgrade\n" + downNote;
    }

    private static void create(Path file, String text) {
        try {
            Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
            if (!Files.isDirectory(directory)) { // createDirectories refuses a link to a directory (JDK-8294193)
                Files.createDirectories(directory);
            }
            Files.writeString(
                    file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new UnwritableRevisionException(file.toString(), e.getFile() + " is in the way.", e);
        } catch (IOException e) {
            throw new UnwritableRevisionException(
                    file.toString(), e + ". If a part of the file is there, remove it.", e);
        }
    }

    private static String freshId(RevisionGraph graph) {
        byte[] bytes = new byte[ID_BYTES];
        String id;
        do {
            RANDOM.nextBytes(bytes);
            id = HexFormat.of().formatHex(bytes);
        } while (graph.get(id).isPresent());
        return id;
    }

    private static String slug(String message) {
        String plain = Normalizer.normalize(message, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_");
        String cut = plain.substring(0, Math.min(plain.length(), LONGEST_SLUG)).replaceAll("^_+|_+$", "");
        return cut.isEmpty() ? "revision" : cut;
    }
}
