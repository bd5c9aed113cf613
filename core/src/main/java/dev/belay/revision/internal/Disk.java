package dev.belay.revision.internal;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Names and bytes of files. A start asks for those of all revisions, mostly before any code is compiled: so it is done in the ways
 * that need the least of it.
 */
public final class Disk {
    /** What Java shows where it can't decode a name. */
    private static final char REPLACEMENT = '\ufffd';

    private Disk() {}

    /** The last part of a path. It is taken for UTF-8 where Java can't decode it, as in the locale that cron gives to its jobs. */
    public static String name(Path path) {
        String text = path.toString();
        if (text.indexOf(REPLACEMENT) < 0) {
            return text.substring(text.lastIndexOf(path.getFileSystem().getSeparator()) + 1);
        }
        String decoded = path.toUri().getPath(); // with a slash behind a directory
        int end = decoded.endsWith("/") ? decoded.length() - 1 : decoded.length();
        return decoded.substring(decoded.lastIndexOf('/', end - 1) + 1, end);
    }

    /** Opens a file, in whatever file system it is. */
    public static InputStream open(Path file) throws IOException {
        String text = file.toString();
        // a name that Java can't decode it doesn't find by its text, either
        return file.getFileSystem() == FileSystems.getDefault() && text.indexOf(REPLACEMENT) < 0
                ? new FileInputStream(text)
                : Files.newInputStream(file);
    }
}
