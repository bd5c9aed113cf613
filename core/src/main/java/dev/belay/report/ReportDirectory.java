package dev.belay.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where reports are kept: {@code report-<run id>.txt}, {@code .json} and {@code .html}, and {@code audit.log}, a line
 * an event.
 *
 * <p>It lies outside of the database, so it survives a restore. Thread-safe; files are written whole or not at all.
 *
 * @param path the directory; made when it is first written to
 * @since 0.1
 */
public record ReportDirectory(Path path) {
    /** Writes the report in every format. */
    public void write(MigrationReport report) throws IOException {
        Files.createDirectories(path);
        replace("report-" + report.runId() + ".txt", report.toText());
        replace("report-" + report.runId() + ".json", report.toJson() + "\n");
        replace("report-" + report.runId() + ".html", report.toHtml());
    }

    /** Appends a line to the audit log and forces it to the disk. */
    public void audit(String line) throws IOException {
        Files.createDirectories(path);
        try (var log = java.nio.channels.FileChannel.open(
                path.resolve("audit.log"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND)) {
            var bytes =
                    java.nio.ByteBuffer.wrap((line.strip().replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                log.write(bytes);
            }
            log.force(false);
        }
    }

    private void replace(String name, String content) throws IOException {
        Path temporary = path.resolve("." + name + ".tmp");
        try {
            Files.writeString(temporary, content);
            Files.move(
                    temporary, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The locations of backups that a kept report names as the way back: those of runs that didn't end well. */
    public Set<String> neededBackups() throws IOException {
        if (!Files.isDirectory(path)) {
            return Set.of();
        }
        Set<String> needed = new TreeSet<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(ReportDirectory::isJsonReport).toList()) {
                needed.addAll(NeededBackups.in(Files.readString(file)));
            }
        }
        return needed;
    }

    private static boolean isJsonReport(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("report-") && name.endsWith(".json");
    }
}
