package dev.belay.postgres.backup;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.belay.backup.Backup;
import dev.belay.backup.BackupFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory in which backups are, each with its sidecar. */
record BackupFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(BackupFolder.class);
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String PARTIAL = ".partial";

    /** A name that no other backup has: the time for people, and the end of the run's id, which is random. */
    static String nameFor(String database, java.time.Instant at, String runId) {
        return fileName(database) + "-" + STAMP.format(at) + "-" + runId.replaceAll("^.*_|[^A-Za-z0-9.]", "");
    }

    /** What every file system takes; where that changes a name, no other database's name becomes the same. */
    private static String fileName(String database) {
        String plain = database.replaceAll("[^A-Za-z0-9_.-]", "_");
        return plain.equals(database) ? plain : plain + "_" + Integer.toHexString(database.hashCode());
    }

    Path partial(String name) {
        return path.resolve("." + name + PARTIAL);
    }

    Path data(String name, Format format) {
        return path.resolve(name + format.suffix());
    }

    Path dataOf(Sidecar sidecar) {
        return data(sidecar.id(), sidecar.format());
    }

    Path sidecarPath(String name) {
        return path.resolve(name + ".json");
    }

    Sidecar sidecarOf(Backup backup) {
        Path file = sidecarPath(backup.id());
        try {
            return read(file);
        } catch (IOException | RuntimeException e) {
            throw new BackupFailedException(
                    "Backup " + backup.location() + " can't be used: the file " + file
                            + " that describes it is missing or damaged. Nothing was changed. Use another backup.",
                    e);
        }
    }

    Backup backup(Sidecar sidecar) {
        Path data = dataOf(sidecar);
        return new Backup(
                sidecar.id(),
                data.toString(),
                java.util.Optional.of(data),
                sidecar.database(),
                sidecar.takenAt(),
                sidecar.revisions(),
                sidecar.bytes(),
                Duration.ofMillis(sidecar.durationMillis()),
                sidecar.proof(),
                sidecar.fingerprints());
    }

    /** Of one database, newest first; what can't be read is passed over with a warning. */
    List<Sidecar> list(String database) {
        List<Sidecar> found = new ArrayList<>();
        for (Path file : files("*.json")) {
            try {
                Sidecar sidecar = read(file);
                if (!Files.exists(dataOf(sidecar))) {
                    LOG.warn("{} describes a backup that is not there: {}", file, dataOf(sidecar));
                } else if (sidecar.database().equals(database)) {
                    found.add(sidecar);
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("{} does not describe a backup, or is damaged; it is passed over", file, e);
            }
        }
        found.sort(Comparator.comparing(Sidecar::takenAt).reversed());
        return found;
    }

    private static Sidecar read(Path file) throws IOException {
        Sidecar sidecar = GSON.fromJson(Files.readString(file), Sidecar.class);
        if (sidecar == null || sidecar.version() != Sidecar.VERSION) {
            throw new JsonParseException("not a sidecar of version " + Sidecar.VERSION);
        }
        return sidecar;
    }

    /** Writes a sidecar so that at any instant the old one or the new one is there, whole. */
    void write(Sidecar sidecar) {
        Path file = sidecarPath(sidecar.id());
        Path temporary = partial(sidecar.id() + ".json");
        try {
            Files.write(temporary, (GSON.toJson(sidecar) + "\n").getBytes(StandardCharsets.UTF_8));
            Durable.sync(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Durable.sync(path);
        } catch (IOException e) {
            Durable.deleteQuietly(temporary);
            throw new BackupFailedException(
                    "The file " + file + " that describes the backup could not be written: " + DumpFailure.words(e)
                            + ". Nothing was changed in the database. Free space there, or correct its permissions.",
                    e);
        }
    }

    /** Removes what runs on this database left behind that died; only called by the one run that there is. */
    void removeLeftovers(String database) {
        Pattern ours = Pattern.compile(
                "\\." + Pattern.quote(fileName(database)) + "-\\d{8}-\\d{6}-[A-Za-z0-9_.]*\\" + PARTIAL);
        for (Path leftover : files(".*" + PARTIAL)) {
            if (ours.matcher(String.valueOf(leftover.getFileName())).matches()) {
                LOG.info("Removing {}, left behind by a backup that was not completed", leftover);
                Durable.deleteQuietly(leftover);
            }
        }
    }

    /** First under a name that tells what it is, so that a kill on the way leaves no half of a backup among the whole ones. */
    void remove(Sidecar sidecar) throws IOException {
        Path doomed = partial(sidecar.id());
        Files.move(dataOf(sidecar), doomed, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(sidecarPath(sidecar.id()));
        Durable.delete(doomed);
    }

    private List<Path> files(String glob) {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var stream = Files.newDirectoryStream(path, glob)) {
            List<Path> all = new ArrayList<>();
            stream.forEach(all::add);
            return all;
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            LOG.warn("The folder {} can't be listed", path, e);
            return List.of();
        }
    }

    /** The bytes of a file, or of all files in a directory; what vanishes meanwhile is not counted. */
    static long size(Path path) {
        try (Stream<Path> all = Files.walk(path)) {
            return all.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.debug("The size of {} can't be told now", path, e);
            return 0;
        }
    }
}
