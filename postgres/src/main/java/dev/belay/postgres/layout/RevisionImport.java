package dev.belay.postgres.layout;

import dev.belay.engine.EngineSource;
import dev.belay.layout.FlywayProperties;
import dev.belay.postgres.layout.ImportedRevisions.ImportedRevision;
import dev.belay.revision.MalformedRevisionException;
import dev.belay.revision.Revision;
import dev.belay.revision.RevisionGraph;
import dev.belay.revision.RevisionSource;
import dev.belay.revision.Revisions;
import dev.belay.revision.UnwritableRevisionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Turns revisions of another tool into files of Belay's own layout, with their graph. Run from an empty database these make the same
 * schema and the same rows.
 *
 * <p>The same revisions always give the same files. An id that Belay's layout takes stays; another one is made of it: {@code 7} becomes
 * {@code 0007}, {@code 1.2} becomes {@code v1p2}, and the rest their letters and digits with a checksum behind. The time in a file's name
 * is that in the id or in the old file's name; else they are counted up from 2000-01-01. Values of placeholders are written out. What
 * has no way back says so, with the reason. Tools that run their revisions themselves are asked for their SQL ({@link
 * EngineSource#asSql}).
 *
 * <p>Immutable and thread-safe. Needs no database.
 *
 * @since 0.1
 */
public final class RevisionImport {
    private final RevisionSource source;

    private RevisionImport(RevisionSource source) {
        this.source = source;
    }

    /** An import of these revisions: a layout's, or an engine's. */
    public static RevisionImport of(RevisionSource source) {
        return new RevisionImport(Objects.requireNonNull(source, "source"));
    }

    /**
     * Writes them. All or nothing: they are written beside, read again, compared, and then the directory is renamed.
     *
     * @param directory isn't there yet, or empty
     * @throws MalformedRevisionException naming a revision that can't be kept as it is, and what to do
     * @throws UnwritableRevisionException if the directory isn't empty or can't be written
     */
    public ImportedRevisions into(Path directory) {
        if (source.layout().equals("belay") && !(source instanceof EngineSource)) {
            throw new UnwritableRevisionException(
                    directory.toString(), source.describe() + " has Belay's layout already. Copy the files.", null);
        }
        Path target = directory.toAbsolutePath().normalize();
        requireFree(target);
        RevisionGraph graph =
                RevisionGraph.of((source instanceof EngineSource engine ? engine.asSql() : source).load());
        if (graph.isEmpty()) {
            throw new UnwritableRevisionException(
                    directory.toString(), "there are no revisions in " + source.describe() + ".", null);
        }
        Map<String, ImportedFile> files = files(graph);
        files.values().forEach(ImportedFile::check);
        return new ImportedRevisions(
                directory,
                source.layout(),
                written(files, directory),
                graph.heads().stream().map(head -> ImportedNames.id(head.id())).toList(),
                notes(graph.inOrder()));
    }

    private static void requireFree(Path target) {
        try {
            if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            boolean empty = false;
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
                    empty = !entries.iterator().hasNext();
                }
            }
            if (!empty) {
                throw new UnwritableRevisionException(
                        target.toString(),
                        "it is there and no empty directory. Nothing was written. Name one that isn't there yet.",
                        null);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    /** By their names, in their order. */
    private Map<String, ImportedFile> files(RevisionGraph graph) {
        ImportedNames names = new ImportedNames();
        Map<String, String> taken = new LinkedHashMap<>();
        Map<String, ImportedFile> files = new LinkedHashMap<>();
        for (Revision revision : graph.inOrder()) {
            String id = ImportedNames.id(revision.id());
            String other = taken.putIfAbsent(id, revision.id());
            if (other != null) {
                throw new MalformedRevisionException(
                        revision.origin(),
                        0,
                        "revisions " + other + " and " + revision.id() + " would both become " + id
                                + ". Nothing was written. Give one of them another id.");
            }
            List<String> parents =
                    revision.parents().stream().map(ImportedNames::id).toList();
            files.put(names.next(revision, id), new ImportedFile(source.layout(), revision, id, parents));
        }
        return files;
    }

    private static List<ImportedRevision> written(Map<String, ImportedFile> files, Path directory) {
        Path target = directory.toAbsolutePath().normalize();
        Path beside = target.resolveSibling("." + target.getFileName() + ".import-" + UUID.randomUUID());
        try {
            Files.createDirectories(beside);
            for (Map.Entry<String, ImportedFile> file : files.entrySet()) {
                file.getValue().write(beside.resolve(file.getKey()));
            }
            RevisionGraph written = RevisionGraph.of(Revisions.in(beside).load());
            files.values().forEach(file -> file.requireSame(written.find(file.id())));
            Files.deleteIfExists(target);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(target, e);
        } finally {
            remove(beside);
        }
        List<ImportedRevision> revisions = new ArrayList<>();
        files.forEach((name, file) ->
                revisions.add(new ImportedRevision(file.revision().id(), file.id(), directory.resolve(name))));
        return revisions;
    }

    private static UnwritableRevisionException unwritable(Path target, IOException e) {
        return new UnwritableRevisionException(target.toString(), e + ". Nothing of it is left.", e);
    }

    private static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " could not be removed", e);
        }
    }

    private List<String> notes(List<Revision> revisions) {
        List<String> notes = new ArrayList<>();
        String schema = source.settings().get(FlywayProperties.DEFAULT_SCHEMA);
        if (schema != null) {
            notes.add("The tool's setting makes " + schema + " the schema of all, and makes it; the files don't say so."
                    + " Make it, and name it in the URL: ?currentSchema=" + schema + ".");
        }
        List<String> repeatable = revisions.stream()
                .filter(each -> each.properties().containsKey(FlywayProperties.RAW_CHECKSUM))
                .map(Revision::id)
                .toList();
        if (!repeatable.isEmpty()) {
            notes.add("Repeatable with the tool, here a revision that runs once: " + String.join(", ", repeatable)
                    + ". A later change of it is a new revision.");
        }
        if (!source.verifications().isEmpty()) {
            notes.add("Verify scripts (" + source.verifications().size() + ") are not taken along: what they look for"
                    + " is for checks of a run, as --check and --check-empty.");
        }
        List<String> oneWay = revisions.stream()
                .filter(each -> !each.reversible())
                .map(Revision::id)
                .toList();
        if (!oneWay.isEmpty()) {
            notes.add(oneWay.size() + " of " + revisions.size() + " have no way back, and say so: "
                    + String.join(", ", oneWay.subList(0, Math.min(oneWay.size(), 10)))
                    + (oneWay.size() > 10 ? ", ..." : "")
                    + ". Write a section downgrade where there is one.");
        }
        return notes;
    }
}
