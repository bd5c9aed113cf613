package dev.belay.revision;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A file on disk, or in whatever file system the path belongs to. */
record PathFile(Path path) implements RevisionFile {
    @Override
    public String name() {
        return String.valueOf(path.getFileName());
    }

    @Override
    public String origin() {
        return path.toString();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        // of the ways in, it is the cheapest, and a start opens each file
        InputStream in = path.getFileSystem() == FileSystems.getDefault()
                ? new FileInputStream(path.toFile())
                : Files.newInputStream(path);
        in.skipNBytes(offset);
        return in;
    }

    /** Reads the files that are directly in a directory, by name; tells how many. */
    static int each(Path directory, Reading reading) {
        List<Path> paths = paths(directory);
        for (Path path : paths) {
            PathFile file = new PathFile(path);
            try (InputStream in = file.open(0)) {
                reading.read(file, in);
            } catch (IOException e) {
                if (!Files.isDirectory(path)) { // asked only now: a start opens each file
                    throw new UnreadableRevisionsException(file.origin(), "reading it failed (" + e + ").", e);
                }
            }
        }
        return paths.size();
    }

    private static List<Path> paths(Path directory) {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (RevisionFile.isSql(String.valueOf(entry.getFileName()))) {
                    paths.add(entry);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new UnreadableRevisionsException(
                    directory.toString(), "there is no such directory. Create it, or name another.", e);
        } catch (IOException e) {
            throw new UnreadableRevisionsException(directory.toString(), "listing it failed (" + e + ").", e);
        }
        Collections.sort(paths);
        return paths;
    }
}
