package dev.belay.revision;

import dev.belay.revision.internal.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A file on disk, or in whatever file system the path belongs to. */
record PathFile(Path path, String name) implements RevisionFile {
    PathFile(Path path) {
        this(path, Disk.name(path));
    }

    @Override
    public String origin() {
        return path.toString();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        InputStream in = Disk.open(path);
        in.skipNBytes(offset);
        return in;
    }

    /** Reads the files that are directly in a directory, by name; tells how many. */
    static int each(Path directory, Reading reading) {
        List<PathFile> files = files(directory);
        for (PathFile file : files) {
            try (InputStream in = file.open(0)) {
                reading.read(file, in);
            } catch (IOException e) {
                if (!Files.isDirectory(file.path)) { // asked only now: a start opens each file
                    throw new UnreadableRevisionsException(file.origin(), "reading it failed (" + e + ").", e);
                }
            }
        }
        return files.size();
    }

    private static List<PathFile> files(Path directory) {
        List<PathFile> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                PathFile file = new PathFile(entry);
                if (RevisionFile.isSql(file.name)) {
                    files.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new UnreadableRevisionsException(
                    directory.toString(), "there is no such directory. Create it, or name another.", e);
        } catch (IOException e) {
            throw new UnreadableRevisionsException(directory.toString(), "listing it failed (" + e + ").", e);
        }
        files.sort(Comparator.comparing(PathFile::name));
        return files;
    }
}
