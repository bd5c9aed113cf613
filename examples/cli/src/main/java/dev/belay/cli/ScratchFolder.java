package dev.belay.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for as long as a run needs it, which nobody else can read. A file beside it is locked meanwhile; the lock ends
 * with the JVM, so what a killed run left behind is known by it, and is removed by the next one.
 */
final class ScratchFolder implements AutoCloseable {
    static final String PREFIX = "belay-test-run-";
    private static final String LOCK = ".lock";
    private static final Logger LOG = LoggerFactory.getLogger(ScratchFolder.class);
    private static final FileAttribute<?> ONLY_FOR_US =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    /** Those of this JVM, which must not be opened once more: closing any channel of a file ends all its locks. */
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path lockFile;
    private final FileChannel lock;

    private ScratchFolder(Path path, Path lockFile, FileChannel lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** A new one; what killed runs left is removed on the way. */
    static ScratchFolder in(Path parent) throws IOException {
        Path lockFile = Files.createTempFile(parent, PREFIX, LOCK);
        // The lock comes before the folder: a folder whose file nobody has locked is a leftover.
        FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        lock.lock();
        IN_USE.add(lockFile);
        removeLeftovers(parent, Files.getOwner(lockFile));
        return new ScratchFolder(Files.createDirectory(folderOf(lockFile), ONLY_FOR_US), lockFile, lock);
    }

    Path path() {
        return path;
    }

    private static Path folderOf(Path lockFile) {
        String name = lockFile.getFileName().toString();
        return lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    }

    private static void removeLeftovers(Path parent, UserPrincipal us) throws IOException {
        try (DirectoryStream<Path> lockFiles = Files.newDirectoryStream(parent, PREFIX + "*" + LOCK)) {
            for (Path lockFile : lockFiles) {
                try {
                    // A temporary folder is everybody's: a link or another user's file is none of our business.
                    if (Files.isRegularFile(lockFile, LinkOption.NOFOLLOW_LINKS)
                            && Files.getOwner(lockFile, LinkOption.NOFOLLOW_LINKS)
                                    .equals(us)
                            && !IN_USE.contains(lockFile)) {
                        removeUnlessInUse(lockFile);
                    }
                } catch (IOException e) {
                    LOG.warn("{}, left by a killed run, can't be removed: {}", folderOf(lockFile), e.toString());
                }
            }
        }
    }

    private static void removeUnlessInUse(Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                remove(folderOf(lockFile));
                Files.deleteIfExists(lockFile);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            remove(path);
            Files.deleteIfExists(lockFile);
        } finally {
            IN_USE.remove(lockFile);
        }
    }
}
