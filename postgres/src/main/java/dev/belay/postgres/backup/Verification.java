package dev.belay.postgres.backup;

import dev.belay.backup.BackupFailedException;
import dev.belay.postgres.sql.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Compares files with the checksums in the sidecar. What was read once and has neither been written since nor replaced is not
 * read again. Thread-safe.
 */
final class Verification {
    private static final int BUFFER = 1 << 18;

    /** What tells that a file is still the one that was read. */
    private record Stamp(String key, long bytes, long modified) {}

    private final Map<Path, Stamp> verified = new ConcurrentHashMap<>();

    /** The files of a backup with their checksums, just read; sorted by name. */
    List<Sidecar.File> read(Path data, Runnable check) throws IOException {
        try {
            return files(data).parallelStream()
                    .map(file -> readOne(data, file, check))
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }

    private Sidecar.File readOne(Path data, Path file, Runnable check) {
        try {
            Stamp stamp = stamp(file);
            String sum = sha256(file, check);
            verified.put(file, stamp);
            return new Sidecar.File(name(data, file), stamp.bytes(), sum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One checksum for the whole: that of the lines {@code <sha256>  <name>}, as {@code sha256sum} prints them. */
    static String overall(List<Sidecar.File> files) {
        Sha256 digest = new Sha256();
        for (Sidecar.File file : files) {
            digest.update(file.sha256() + "  " + file.name() + "\n");
        }
        return digest.hex();
    }

    /** The files of a partial backup have got their final name: what was read of them still holds. */
    void moved(Path from, Path to) {
        verified.forEach((file, stamp) -> {
            if (file.startsWith(from)) {
                verified.remove(file);
                verified.put(file.equals(from) ? to : to.resolve(from.relativize(file)), stamp);
            }
        });
    }

    /** Throws unless every file is there with the size and the checksum that it had. */
    void verify(Path data, Sidecar sidecar, Runnable check) {
        sidecar.files().parallelStream().forEach(file -> verifyOne(data, file, check));
        if (!overall(sidecar.files()).equals(sidecar.sha256())) {
            throw damaged(data, "the checksum of the whole is not that of its files", null);
        }
    }

    private void verifyOne(Path data, Sidecar.File expected, Runnable check) {
        Path file = Files.isDirectory(data) ? data.resolve(expected.name()) : data;
        try {
            Stamp now = stamp(file);
            if (now.bytes() != expected.bytes()) {
                throw damaged(
                        data,
                        file.getFileName() + " has " + now.bytes() + " bytes instead of " + expected.bytes(),
                        null);
            }
            if (now.equals(verified.get(file))) {
                return;
            }
            if (!sha256(file, check).equals(expected.sha256())) {
                throw damaged(
                        data, "the contents of " + file.getFileName() + " are not what was written (SHA-256)", null);
            }
            verified.put(file, now);
        } catch (NoSuchFileException e) {
            throw damaged(data, file.getFileName() + " is missing", e);
        } catch (IOException e) {
            throw damaged(data, file.getFileName() + " can't be read: " + DumpFailure.words(e), e);
        }
    }

    private static BackupFailedException damaged(
            Path data, String how, @org.jspecify.annotations.Nullable Throwable cause) {
        return new BackupFailedException(
                "Backup " + data + " is damaged: " + how + ". Nothing was changed. Take or use another backup.", cause);
    }

    private static List<Path> files(Path data) throws IOException {
        try (Stream<Path> walk = Files.walk(data)) {
            return walk.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(file -> name(data, file)))
                    .toList();
        }
    }

    private static String name(Path data, Path file) {
        return file.equals(data)
                ? String.valueOf(file.getFileName())
                : data.relativize(file).toString().replace('\\', '/');
    }

    private static Stamp stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(
                String.valueOf(attributes.fileKey()),
                attributes.size(),
                attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS));
    }

    private static String sha256(Path file, Runnable check) throws IOException {
        Sha256 digest = new Sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                check.run();
                digest.update(buffer, n);
            }
        }
        return digest.hex();
    }
}
