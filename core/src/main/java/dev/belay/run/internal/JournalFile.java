package dev.belay.run.internal;

import dev.belay.run.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The journal's second place: a file beside the backups. It stays when the database is restored from outside, and says where the
 * backup is when the database can't be asked.
 *
 * @param path the file; there only while a run is under way, or was left behind
 */
record JournalFile(Path path) {
    /** Named after the database and a number of where it is: two servers may have databases of one name and share a directory. */
    static JournalFile in(Path directory, Platform database) {
        CRC32 sum = new CRC32();
        sum.update(database.location().getBytes(StandardCharsets.UTF_8));
        String plain = database.name().replaceAll("[^A-Za-z0-9_.-]", "_");
        return new JournalFile(
                directory.resolve(String.format(Locale.ROOT, ".%s-%08x.journal", plain, sum.getValue())));
    }

    Optional<String> read() throws IOException {
        try {
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** At any instant the old entry or the new one is there, whole, also after a power cut. */
    void write(String entry) throws IOException {
        Path directory = Files.createDirectories(path.toAbsolutePath().getParent());
        Path temporary = path.resolveSibling(path.getFileName() + ".partial");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(entry.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(directory);
    }

    void erase() throws IOException {
        Files.deleteIfExists(path);
    }

    private static void sync(Path directory) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return; // a directory can't be opened there, and its entries are journalled
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
