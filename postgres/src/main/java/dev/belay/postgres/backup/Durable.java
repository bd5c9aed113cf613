package dev.belay.postgres.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that survive a power cut, and files that go. */
final class Durable {
    private static final Logger LOG = LoggerFactory.getLogger(Durable.class);

    private Durable() {}

    /** Forces a file, or the names in a directory, to the disk. */
    static void sync(Path path) throws IOException {
        if (Files.isDirectory(path) && System.getProperty("os.name", "").startsWith("Windows")) {
            return; // a directory can't be opened there, and its entries are journalled
        }
        StandardOpenOption mode = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    /** A file, or a directory with all that is in it. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    /** Where something else has failed already, and that is what is thrown. */
    static void deleteQuietly(Path path) {
        try {
            delete(path);
        } catch (IOException e) {
            LOG.warn("{} could not be removed; remove it by hand", path, e);
        }
    }
}
